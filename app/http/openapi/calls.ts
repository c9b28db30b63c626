import { z } from 'zod'
import type { Scope } from '#app/domain/accounts/permissions.ts'
import { CaseDemandInput } from '#app/domain/guard/case-demand.ts'
import { CaseInput, CaseNumber, ProjectInput } from '#app/domain/cases/case.ts'
import { IncomingEvent } from '#app/domain/events/cloud-event.ts'
import { NothingMore, SourceInput, WebhookInput } from '#app/domain/events/endpoint.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { UpholdInput } from '#app/domain/guard/report.ts'
import { ProjectCodeText } from '#app/domain/projects/project-code.ts'
import * as answers from './answers.ts'
import { CasesQuery, CatalogueQuery, DeliveriesQuery, EventsQuery, FeedQuery, ItemsQuery } from './queries.ts'

/** The shapes that the document names: what calls take, and behind it what they answer. */
export const SHAPES = { DemandInput, UpholdInput, ProjectInput, CaseInput, CaseDemandInput, WebhookInput, NothingMore, SourceInput, IncomingEvent, ...answers } satisfies Record<string, z.ZodType>
export type ShapeName = keyof typeof SHAPES

/** One call of the contract. `scope` null: no token is asked for. `once`: it takes an Idempotency-Key. `tagged`: it answers with an ETag. `conditional`: it writes only if what stands there has the tag that the caller says. */
export type ApiCall = {
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  since: string
  scope: Scope | null
  once?: boolean
  tagged?: boolean
  conditional?: boolean
  /** The names in the address. */
  names?: Record<string, z.ZodType>
  query?: z.ZodObject
  takes?: ShapeName
  /** The shape of each answer; null where it has no body. */
  answers: Partial<Record<number, ShapeName | null>>
  /** The statuses with a problem that it can answer with, beside those of every call (app/http/openapi/document.ts). */
  refuses?: readonly number[]
}

const ofCase = { caseNumber: CaseNumber }
const ofId = { id: z.uuid() }
const WRITES = [409, 415, 422] as const

/** Every call, in the order in which a case system meets them. The routes hold what each does; a test walks both. */
export const CALLS: readonly ApiCall[] = [
  { id: 'token', method: 'POST', path: '/oauth/token', since: '1.0', scope: null, takes: 'TokenForm', answers: { 200: 'Token' } },
  { id: 'versions', method: 'GET', path: '/api/versions', since: '1.1', scope: null, answers: { 200: 'Versions' } },
  { id: 'catalogue', method: 'GET', path: '/api/v1/catalogue', since: '1.0', scope: null, tagged: true, query: CatalogueQuery, answers: { 200: 'Catalogue' }, refuses: [404] },
  { id: 'approvalItems', method: 'GET', path: '/api/v1/approval-items', since: '1.5', scope: null, tagged: true, query: ItemsQuery, answers: { 200: 'ApprovalItems' }, refuses: [404] },
  { id: 'decide', method: 'POST', path: '/api/v1/guard/decisions', since: '1.0', scope: 'guard:decide', once: true, takes: 'DemandInput', answers: { 201: 'Decision' }, refuses: WRITES },
  { id: 'decision', method: 'GET', path: '/api/v1/guard/decisions/{id}', since: '1.0', scope: 'guard:read', tagged: true, names: ofId, answers: { 200: 'ProvenDecision' }, refuses: [404] },
  { id: 'uphold', method: 'POST', path: '/api/v1/guard/decisions/{id}/uphold', since: '1.2', scope: 'guard:decide', once: true, names: ofId, takes: 'UpholdInput', answers: { 201: 'Upheld' }, refuses: [404, ...WRITES] },
  { id: 'validate', method: 'POST', path: '/api/v1/guard/validations', since: '1.0', scope: 'guard:validate', takes: 'DemandInput', answers: { 200: 'Validation' }, refuses: [415, 422] },
  { id: 'putProject', method: 'PUT', path: '/api/v1/projects/{projectCode}', since: '1.1', scope: 'project:write', once: true, conditional: true, names: { projectCode: ProjectCodeText }, takes: 'ProjectInput', answers: { 200: 'Project', 201: 'Project' }, refuses: WRITES },
  { id: 'cases', method: 'GET', path: '/api/v1/cases', since: '1.1', scope: 'case:read', query: CasesQuery, answers: { 200: 'Cases' } },
  { id: 'putCase', method: 'PUT', path: '/api/v1/cases/{caseNumber}', since: '1.1', scope: 'case:write', once: true, conditional: true, names: ofCase, takes: 'CaseInput', answers: { 200: 'Case', 201: 'Case' }, refuses: WRITES },
  { id: 'case', method: 'GET', path: '/api/v1/cases/{caseNumber}', since: '1.1', scope: 'case:read', tagged: true, names: ofCase, answers: { 200: 'Case' }, refuses: [404] },
  { id: 'demand', method: 'POST', path: '/api/v1/cases/{caseNumber}/demands', since: '1.1', scope: 'guard:decide', once: true, names: ofCase, takes: 'CaseDemandInput', answers: { 201: 'Decision' }, refuses: [404, ...WRITES] },
  { id: 'services', method: 'GET', path: '/api/v1/cases/{caseNumber}/services', since: '1.1', scope: 'case:read', tagged: true, names: ofCase, answers: { 200: 'Services' }, refuses: [404] },
  { id: 'deliverable', method: 'GET', path: '/api/v1/deliverables/{id}', since: '1.2', scope: 'case:read', tagged: true, names: ofId, answers: { 200: 'Deliverable' }, refuses: [404] },
  { id: 'deliverableFile', method: 'GET', path: '/api/v1/deliverables/{id}/file', since: '1.2', scope: 'case:read', names: ofId, answers: { 200: null }, refuses: [404] },
  { id: 'webhooks', method: 'GET', path: '/api/v1/webhooks', since: '1.2', scope: 'webhooks:manage', answers: { 200: 'Webhooks' } },
  { id: 'subscribe', method: 'POST', path: '/api/v1/webhooks', since: '1.2', scope: 'webhooks:manage', once: true, takes: 'WebhookInput', answers: { 201: 'NewWebhook' }, refuses: WRITES },
  { id: 'webhook', method: 'GET', path: '/api/v1/webhooks/{id}', since: '1.2', scope: 'webhooks:manage', tagged: true, names: ofId, answers: { 200: 'Webhook' }, refuses: [404] },
  { id: 'deliveries', method: 'GET', path: '/api/v1/webhooks/{id}/deliveries', since: '1.2', scope: 'webhooks:manage', names: ofId, query: DeliveriesQuery, answers: { 200: 'Deliveries' }, refuses: [404] },
  { id: 'replay', method: 'POST', path: '/api/v1/webhooks/{id}/deliveries/{delivery}/replay', since: '1.2', scope: 'webhooks:manage', once: true, names: { ...ofId, delivery: z.string().regex(/^\d{1,15}$/) }, takes: 'NothingMore', answers: { 202: 'Delivery' }, refuses: [404, ...WRITES] },
  { id: 'resume', method: 'POST', path: '/api/v1/webhooks/{id}/resume', since: '1.2', scope: 'webhooks:manage', once: true, names: ofId, takes: 'NothingMore', answers: { 200: 'Webhook' }, refuses: [404, ...WRITES] },
  { id: 'unsubscribe', method: 'DELETE', path: '/api/v1/webhooks/{id}', since: '1.2', scope: 'webhooks:manage', conditional: true, names: ofId, answers: { 204: null }, refuses: [404] },
  { id: 'feed', method: 'GET', path: '/api/v1/feed', since: '1.2', scope: 'feed:read', query: FeedQuery, answers: { 200: 'Feed' }, refuses: [422] },
  { id: 'eventSchema', method: 'GET', path: '/api/v1/schemas/{type}', since: '1.2', scope: null, names: { type: z.string() }, answers: { 200: 'EventSchema' }, refuses: [404] },
  { id: 'sources', method: 'GET', path: '/api/v1/event-sources', since: '1.2', scope: 'events:send', answers: { 200: 'Sources' } },
  { id: 'registerSource', method: 'POST', path: '/api/v1/event-sources', since: '1.2', scope: 'events:send', once: true, takes: 'SourceInput', answers: { 201: 'NewSource' }, refuses: WRITES },
  { id: 'sendEvent', method: 'POST', path: '/api/v1/events', since: '1.2', scope: null, takes: 'IncomingEvent', answers: { 200: 'EventTaken', 202: 'EventTaken' }, refuses: [401, 415, 422] },
  { id: 'events', method: 'GET', path: '/api/v1/events', since: '1.5', scope: 'events:send', query: EventsQuery, answers: { 200: 'SentEvents' } },
  { id: 'endSource', method: 'DELETE', path: '/api/v1/event-sources/{id}', since: '1.2', scope: 'events:send', conditional: true, names: ofId, answers: { 204: null }, refuses: [404] },
]
