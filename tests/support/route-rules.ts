import type { Permission } from '#app/domain/accounts/permissions.ts'
import type { Person, World } from './world.ts'

type Ids = World['ids']

/** Whose page it is: everybody's, the signed-in's, or those whom the permission table lets; `of` is the only one who finds the thing there. */
export type Rule = { may: 'everybody' | 'members' | Permission; of?: Person | Person[]; status?: number | `302 ${string}`; fill?: (ids: Ids, name: string) => string }

export const EVERYBODY: Rule = { may: 'everybody' }

/** The addresses of machines, of which a browser that comes by learns only that it needs a token or another method. */
export const API_RULES: Record<string, Rule> = {
  '/oauth/token': { may: 'everybody', status: 405 },
  '/api': EVERYBODY,
  '/api/openapi.json': EVERYBODY,
  '/api/versions': EVERYBODY,
  '/api/*': { may: 'everybody', status: 404, fill: () => 'v1/nowhere' },
  '/api/v1/catalogue': EVERYBODY,
  '/api/v1/approval-items': EVERYBODY,
  '/api/v1/guard/decisions': { may: 'everybody', status: 405 },
  '/api/v1/guard/decisions/:id': { may: 'everybody', status: 401, fill: ({ decision }) => decision },
  '/api/v1/guard/validations': { may: 'everybody', status: 405 },
  '/api/v1/projects/:code': { may: 'everybody', status: 405, fill: ({ project }) => project },
  '/api/v1/cases': { may: 'everybody', status: 401 },
  '/api/v1/cases/:number': { may: 'everybody', status: 401, fill: () => 'AJ-1' },
  '/api/v1/cases/:number/demands': { may: 'everybody', status: 405, fill: () => 'AJ-1' },
  '/api/v1/cases/:number/services': { may: 'everybody', status: 401, fill: () => 'AJ-1' },
  '/api/v1/deliverables/:id': { may: 'everybody', status: 401, fill: ({ decision }) => decision },
  '/api/v1/deliverables/:id/file': { may: 'everybody', status: 401, fill: ({ decision }) => decision },
  '/api/v1/webhooks': { may: 'everybody', status: 401 },
  '/api/v1/webhooks/:id': { may: 'everybody', status: 401, fill: ({ decision }) => decision },
  '/api/v1/webhooks/:id/resume': { may: 'everybody', status: 405, fill: ({ decision }) => decision },
  '/api/v1/webhooks/:id/deliveries': { may: 'everybody', status: 401, fill: ({ decision }) => decision },
  '/api/v1/webhooks/:id/deliveries/:delivery/replay': { may: 'everybody', status: 405, fill: ({ decision }) => decision },
  '/api/v1/feed': { may: 'everybody', status: 401 },
  '/api/v1/schemas/:type': { ...EVERYBODY, fill: () => 'marketplace.demand.decided.v1' },
  '/api/v1/events': { may: 'everybody', status: 401 },
  '/api/v1/event-sources': { may: 'everybody', status: 401 },
  '/api/v1/event-sources/:id': { may: 'everybody', status: 405, fill: ({ decision }) => decision },
}
