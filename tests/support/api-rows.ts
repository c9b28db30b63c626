import { randomUUID } from 'node:crypto'
import { grantToken } from '#app/domain/accounts/access-token.server.ts'
import type { Member } from '#app/domain/accounts/actor.ts'
import { API_SCOPES } from '#app/domain/accounts/api-client.ts'
import { makeApiClient } from '#app/domain/accounts/make-api-client.server.ts'
import type { Scope } from '#app/domain/accounts/permissions.ts'
import { signWebhook } from '#app/domain/events/standard-webhook.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { databaseClock } from '#db/client.ts'
import { makeProjectCode } from './factories.ts'
import { rawRequest, type RawAnswer } from './raw-request.ts'
import type { Site } from './site.ts'

type Body = Record<string, unknown>
export type Ids = Record<'decision' | 'caseNumber' | 'projectCode' | 'authority' | 'applicant' | 'deliverable' | 'webhook' | 'endedWebhook' | 'delivery' | 'source' | 'sourceId' | 'sourceSecret' | 'endedSource', string>

/** How one call of the document is made well, and where it can be spoilt. Names of the address are filled from `ids`. */
export type ApiRow = {
  fill?: (ids: Ids) => Record<string, string>
  query?: string
  body?: (ids: Ids) => Body
  form?: Record<string, string>
  /** What goes with the body beside the token: an event is signed. */
  headers?: (body: string, ids: Ids) => Record<string, string>
  /** Names that nobody knows are allowed in the body, after a rule of their own. */
  open?: boolean
  status: number
  /** A text in the body into which a million signs are put, as a path. */
  text?: string[]
  /** `hidden`: to another authority it is not there. `own`: the address names something of the caller's own. `open`: everybody's. */
  foreign: 'hidden' | 'own' | 'open'
}

const DAY = '2026-11-20'
const ofCase = ({ caseNumber }: Ids) => ({ caseNumber })
const ofWebhook = ({ webhook: id }: Ids) => ({ id })
const ofDeliverable = ({ deliverable: id }: Ids) => ({ id })
const nothing = () => ({})

/** Every call of the document by `METHOD path`; a call without a row fails, and so does a row without a call. */
export const API_ROWS: Record<string, ApiRow> = {
  'POST /oauth/token': { form: { grant_type: 'client_credentials' }, status: 200, foreign: 'open' },
  'GET /api/versions': { status: 200, foreign: 'open' },
  'GET /api/v1/catalogue': { query: 'division=220100&on=2026-11-20&limit=2', status: 200, foreign: 'open' },
  'GET /api/v1/approval-items': { query: 'division=220106&stage=completion', status: 200, foreign: 'open' },
  'POST /api/v1/guard/decisions': { body: ({ authority, projectCode }) => ({ caseNumber: 'AJ-1', projectCode, authority, approvalItem: 'A10', demanded: { text: '林木采伐作业设计' }, demandedOn: DAY }), status: 201, text: ['demanded', 'text'], foreign: 'own' },
  'GET /api/v1/guard/decisions/{id}': { fill: ({ decision }) => ({ id: decision }), status: 200, foreign: 'hidden' },
  'POST /api/v1/guard/decisions/{id}/uphold': { fill: ({ decision }) => ({ id: decision }), body: () => ({ reason: '现场条件复杂，本部门认为仍然需要这份材料，依据另行说明。' }), status: 201, text: ['reason'], foreign: 'hidden' },
  'POST /api/v1/guard/validations': { body: ({ authority, projectCode }) => ({ projectCode, authority, approvalItem: 'A10', demanded: { item: 'R28' }, demandedOn: DAY }), status: 200, text: ['demanded', 'item'], foreign: 'own' },
  'PUT /api/v1/projects/{projectCode}': {
    fill: () => ({ projectCode: makeProjectCode() }),
    body: ({ applicant }) => ({ name: '绿园区示例厂房', divisionCode: '220106', owner: { uscc: applicant, name: '长春示例制造有限公司' }, flowType: 'industrial', moneySource: 'private', investmentFen: 3_200_000_00, facts: { 'site.hazardZone': false } }),
    status: 201, text: ['name'], foreign: 'own',
  },
  'GET /api/v1/cases': { query: 'q=AJ-2026-0117', status: 200, foreign: 'own' },
  'PUT /api/v1/cases/{caseNumber}': {
    fill: () => ({ caseNumber: `AJ-${randomUUID().slice(0, 8)}` }),
    body: ({ applicant, projectCode }) => ({
      projectCode, approvalItem: 'A10', flowType: 'industrial', applicant: { uscc: applicant, name: '长春示例制造有限公司' }, statutoryDays: 12, promisedDays: 5, receivedAt: '2026-11-16T09:00:00+08:00',
      states: [{ state: 1, at: '2026-11-16T09:00:00+08:00' }, { state: 3, at: '2026-11-17T10:30:00+08:00', note: '材料齐全' }],
      materials: [{ code: 'M1', name: '水土保持方案报告书', source: 'service', service: 'S0701' }, { code: 'M2', name: '审批申请', state: 'submitted' }, { code: 'M3', name: '建设项目交通影响评价报告', source: 'service', service: 'S0203', state: 'submitted' }],
    }),
    status: 201, text: ['applicant', 'name'], foreign: 'own',
  },
  'GET /api/v1/cases/{caseNumber}': { fill: ofCase, status: 200, foreign: 'hidden' },
  'POST /api/v1/cases/{caseNumber}/demands': { fill: ofCase, body: () => ({ demanded: { text: '林木采伐作业设计' }, demandedOn: DAY }), status: 201, text: ['demanded', 'text'], foreign: 'hidden' },
  'GET /api/v1/cases/{caseNumber}/services': { fill: ofCase, status: 200, foreign: 'hidden' },
  'GET /api/v1/deliverables/{id}': { fill: ofDeliverable, status: 200, foreign: 'hidden' },
  'GET /api/v1/deliverables/{id}/file': { fill: ofDeliverable, status: 200, foreign: 'hidden' },
  'GET /api/v1/webhooks': { status: 200, foreign: 'own' },
  'POST /api/v1/webhooks': { body: () => ({ url: 'https://cases.example/events', types: ['marketplace.demand.decided.v1'] }), status: 201, text: ['url'], foreign: 'own' },
  'GET /api/v1/webhooks/{id}': { fill: ofWebhook, status: 200, foreign: 'hidden' },
  'GET /api/v1/webhooks/{id}/deliveries': { fill: ofWebhook, query: 'limit=2', status: 200, foreign: 'hidden' },
  'POST /api/v1/webhooks/{id}/deliveries/{delivery}/replay': { fill: ({ webhook: id, delivery }) => ({ id, delivery }), body: nothing, status: 202, foreign: 'hidden' },
  'POST /api/v1/webhooks/{id}/resume': { fill: ofWebhook, body: nothing, status: 200, foreign: 'hidden' },
  'DELETE /api/v1/webhooks/{id}': { fill: ({ endedWebhook: id }) => ({ id }), status: 204, foreign: 'hidden' },
  'GET /api/v1/feed': { query: 'type=marketplace.case.registered.v1&limit=1', status: 200, foreign: 'own' },
  'GET /api/v1/schemas/{type}': { fill: () => ({ type: 'marketplace.demand.decided.v1' }), status: 200, foreign: 'open' },
  'GET /api/v1/event-sources': { status: 200, foreign: 'own' },
  'POST /api/v1/event-sources': { body: () => ({ source: `urn:cases:${randomUUID()}` }), status: 201, text: ['source'], foreign: 'own' },
  'POST /api/v1/events': {
    body: ({ source, caseNumber }) => ({ specversion: '1.0', id: randomUUID(), source, type: 'case.state-entered.v1', subject: caseNumber, time: '2026-11-18T15:00:00+08:00', data: { state: 6, note: '总平面图缺签章' } }),
    headers: (body, { sourceSecret: secret }) => signWebhook({ id: idOf(body), at: new Date(), body }, { secret, keys: [] }),
    open: true, status: 202, text: ['type'], foreign: 'own',
  },
  'GET /api/v1/events': { query: 'limit=1', status: 200, foreign: 'own' },
  'DELETE /api/v1/event-sources/{id}': { fill: ({ endedSource: id }) => ({ id }), status: 204, foreign: 'hidden' },
}

function idOf(body: string): string {
  return /"id":"([^"]*)"/.exec(body)?.[1] ?? 'none'
}

export type Machine = { id: string; secret: string; ids: Ids; bearer: (scopes?: readonly Scope[]) => Promise<string> }
export type Sent = { method?: string; headers?: Record<string, string>; body?: string; key?: string | null; path?: string }

/** A machine of an authority. */
export async function machineOf({ database, config }: Site, office: Member, ids: Omit<Ids, 'authority'>): Promise<Machine> {
  const keyring = openKeyring(config.keyring, { origin: 'unused', makeIfMissing: false })
  const [id, secret] = [`machine-${office.accountId}`, 'a secret of a test']
  await makeApiClient({ db: database.app, clock: databaseClock }, { id, secret, name: 'test', organisationId: office.organisationId })
  const bearer = async (scopes: readonly Scope[] = API_SCOPES) => {
    const grant = await grantToken({ db: database.app, clock: databaseClock, keyring }, { id, secret, scopes: [...scopes] })
    if ('fault' in grant) throw new Error(grant.fault)
    return `Bearer ${grant.accessToken}`
  }
  return { id, secret, ids: { ...ids, authority: office.uscc! }, bearer }
}

/** One well-made call, with what a test changes of it. */
export async function callRow(site: Site, [method, pattern]: [string, string], row: ApiRow, machine: Machine, sent: Sent = {}): Promise<RawAnswer> {
  const filled = row.fill?.(machine.ids) ?? {}
  const path = sent.path ?? pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(filled[name]!)) + (row.query ? `?${row.query}` : '')
  const body = sent.body ?? (row.body ? JSON.stringify(row.body(machine.ids)) : row.form ? new URLSearchParams(row.form).toString() : undefined)
  const signed = body === undefined ? {} : row.headers?.(body, machine.ids)
  const credentials = row.form ? `Basic ${Buffer.from(`${machine.id}:${machine.secret}`).toString('base64')}` : (sent.headers?.authorization ?? (await machine.bearer()))
  const key = sent.key === undefined ? `"${randomUUID()}"` : sent.key
  const headers: Record<string, string> = { accept: 'application/json', authorization: credentials, ...(body !== undefined && { 'content-type': row.form ? 'application/x-www-form-urlencoded' : 'application/json' }), ...(key && row.body && { 'idempotency-key': key }), ...signed, ...sent.headers }
  for (const [name, value] of Object.entries(headers)) if (value === '') delete headers[name]
  return rawRequest(site.address, { method: sent.method ?? method, path, headers, ...(body !== undefined && { body }) })
}
