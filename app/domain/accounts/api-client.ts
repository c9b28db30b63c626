import { z } from 'zod'
import type { Scope } from './permissions.ts'
import { text } from './text.ts'

/** Everything that an authority's machine may be let do. */
export const API_SCOPES = ['guard:decide', 'guard:validate', 'guard:read', 'catalogue:read', 'project:write', 'case:write', 'case:read', 'webhooks:manage', 'feed:read', 'events:send'] as const satisfies readonly Scope[]

/** How long the old secret is taken beside the new one where no one has learnt it: a working day to carry it over. */
export const OVERLAP_HOURS = 24

/** A client as an operator sees it; its secret is never among it. */
export type ShownClient = {
  id: string
  name: string
  authority: { uscc: string; name: string }
  divisionCode: string
  scopes: Scope[]
  version: number
  createdAt: Date
  /** When it last took a token, to the minute. */
  lastTokenAt: Date | null
  /** Until when the secret before is taken too. */
  previousUntil: Date | null
  revokedAt: Date | null
}

/** What an operator did with a client, or with what that registered for its authority. */
export type ClientDeed = 'made' | 'rotated' | 'narrowed' | 'revoked' | 'webhook-ended' | 'source-ended'

const one = <T>(value: T | T[] | undefined) => (value === undefined ? [] : Array.isArray(value) ? value : [value])
const Scopes = z
  .union([z.string(), z.array(z.string())]).optional()
  .transform((given) => [...new Set(one(given).filter(Boolean))])
  .pipe(z.array(z.enum(API_SCOPES, 'clients.scope')).min(1, 'clients.scopes'))
const Version = z.unknown().transform((given) => (typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : 0))

export const NewClientForm = z.object({ authority: z.string('clients.authority').min(1, 'clients.authority').max(100, 'clients.authority'), name: text({ least: 2, most: 60 }).transform((given) => given.trim()), scopes: Scopes })
export type NewClientForm = z.output<typeof NewClientForm>

/** The acts on one client, each with the version that the operator saw. */
export const ClientAct = z.discriminatedUnion(
  'act',
  [
    z.object({ act: z.literal('rotate'), version: Version, overlap: z.enum(['overlap', 'at-once'], 'clients.overlap') }),
    z.object({ act: z.literal('narrow'), version: Version, scopes: Scopes }),
    z.object({ act: z.literal('revoke'), version: Version }),
  ],
  'forms.custom',
)
export type ClientAct = z.output<typeof ClientAct>
