import { expect } from 'vitest'
import { API_SCOPES } from '#app/domain/accounts/api-client.ts'
import { CALLS } from '#app/http/openapi/calls.ts'
import { API_ROWS, callRow, machineOf, type ApiRow, type Ids, type Machine } from '#tests/support/api-rows.ts'
import { test as base } from '#tests/support/api-stage.ts'
import * as make from '#tests/support/factories.ts'
import { aForeignCase, type ForeignCase } from '#tests/support/foreign-case.ts'
import { routePatterns } from '#tests/support/route-patterns.ts'
import { signedIn } from '#tests/support/world.ts'

/**
 * What a call that names a foreign case, or something of it, comes to. `status` is what its whole scope gets; nothing of the case is in
 * any answer, whatever the status. `names`: what of the case the caller says itself, and may read back.
 */
type Row = { status: number; names?: (keyof Ids)[]; given?: Partial<ApiRow>; path?: (ids: Ids) => string }

const inBody = (more: (ids: Ids) => object): Partial<ApiRow> => ({ body: (ids) => ({ ...more(ids), approvalItem: 'A10', demanded: { item: 'R28' }, demandedOn: '2026-11-20' }) })
const ofProject = ({ projectCode, caseNumber, authority }: Ids) => ({ projectCode, caseNumber, authority })

/** Every call of the contract; one without a row fails. Those that write a case of the caller's own stand behind those that look for one. */
const TABLE: Record<string, Row[]> = {
  token: [{ status: 200 }],
  versions: [{ status: 200 }],
  catalogue: [{ status: 200 }],
  approvalItems: [{ status: 200 }],
  eventSchema: [{ status: 200 }],
  decision: [{ status: 404 }],
  uphold: [{ status: 404 }],
  case: [{ status: 404 }],
  demand: [{ status: 404 }],
  services: [{ status: 404 }],
  deliverable: [{ status: 404 }],
  deliverableFile: [{ status: 404 }],
  webhook: [{ status: 404 }],
  deliveries: [{ status: 404 }],
  replay: [{ status: 404 }],
  resume: [{ status: 404 }],
  unsubscribe: [{ status: 404 }],
  endSource: [{ status: 404 }],
  cases: [
    { status: 200, path: () => '/api/v1/cases' },
    { status: 200, path: ({ caseNumber }) => `/api/v1/cases?q=${caseNumber}` },
    { status: 200, path: ({ projectCode }) => `/api/v1/cases?q=${projectCode}` },
    { status: 200, path: () => '/api/v1/cases?before=999999999' },
  ],
  webhooks: [{ status: 200 }],
  sources: [{ status: 200 }],
  events: [{ status: 200, path: () => '/api/v1/events' }],
  feed: [
    { status: 200, path: () => '/api/v1/feed?after=0&limit=500' },
    { status: 200, path: () => '/api/v1/feed?after=0&limit=500&type=marketplace.case.registered.v1' },
  ],
  // Speaking for the other authority is refused; a demand of one's own may name the number and the project, and learns which of its facts counted.
  decide: [{ status: 403, given: inBody(ofProject) }, { status: 201, names: ['caseNumber', 'projectCode'], given: inBody((ids) => ({ ...ofProject(ids), authority: undefined })) }],
  validate: [{ status: 403, given: inBody(({ projectCode, authority }) => ({ projectCode, authority })) }, { status: 200, given: inBody(({ projectCode }) => ({ projectCode })) }, { status: 200, given: inBody(({ projectCode }) => ({ projectCode, facts: { 'site.park': '某园区', 'site.hazardZone': false } })) }],
  subscribe: [{ status: 201 }],
  registerSource: [{ status: 201 }],
  // The secret of the other's source is not known here.
  sendEvent: [{ status: 401, given: { headers: () => ({ 'webhook-id': 'x', 'webhook-timestamp': String(Math.floor(Date.now() / 1000)), 'webhook-signature': 'v1,AAAA' }) } }],
  putProject: [{ status: 201, names: ['projectCode', 'applicant'], given: { fill: ({ projectCode }) => ({ projectCode }) } }],
  putCase: [{ status: 201, names: ['projectCode', 'caseNumber', 'applicant'], given: { fill: ({ caseNumber }) => ({ caseNumber }) } }],
}

const test = base
  .extend('foreign', { scope: 'file' }, async ({ site, mine }): Promise<ForeignCase[]> => {
    const db = site.database.owner
    // Of another office of the same city, and of an office elsewhere; `mine` has published before, so the feed has both.
    void mine
    return [await aForeignCase(site, await make.authority(db)), await aForeignCase(site, await make.authority(db, { divisionCode: '130100' }))]
  })
  .extend('outsider', { scope: 'file' }, async ({ site, world, foreign }) => machineOf(site, world.people.otherAuthority, foreign[0]!.machine.ids))

test('every call has its row here', () => {
  expect(Object.keys(TABLE).sort()).toEqual(CALLS.map(({ id }) => id).sort())
})

test('the keeper itself reads the marker, so that its absence says something', async ({ site, foreign }) => {
  for (const { machine, marker } of foreign) {
    for (const id of ['case', 'decision', 'deliverable']) {
      const { method, path } = CALLS.find((call) => call.id === id)!
      const { status, body } = await callRow(site, [method, path], API_ROWS[`${method} ${path}`]!, machine)
      expect([id, status, body.includes(marker)]).toEqual([id, 200, true])
    }
  }
})

test('no call gives anything of a foreign case: with its scope, with every other scope, with no token', async ({ site, foreign, outsider }) => {
  const faults: string[] = []
  for (const { machine: theirs, secrets } of foreign) {
    const caller: Machine = { ...outsider, ids: { ...theirs.ids } }
    for (const [id, rows] of Object.entries(TABLE)) {
      const { method, path, scope } = CALLS.find((call) => call.id === id)!
      for (const { status, names = [], given, path: at } of rows) {
        const plain = { ...API_ROWS[`${method} ${path}`]!, ...given }
        const row: ApiRow = { ...plain, ...(plain.body && { body: (ids) => ({ ...plain.body!(ids), ...(status < 300 && 'demandedOn' in plain.body!(ids) && { authority: outsider.ids.authority }) }) }) }
        const sent = at ? { path: at(caller.ids) } : {}
        const answers = [
          { wanted: status, answer: await callRow(site, [method, path], row, caller, sent) },
          ...(scope ? [{ wanted: 403, answer: await callRow(site, [method, path], row, caller, { ...sent, headers: { authorization: await outsider.bearer(API_SCOPES.filter((one) => one !== scope)) } }) }, { wanted: 401, answer: await callRow(site, [method, path], row, caller, { ...sent, headers: { authorization: '' } }) }] : []),
        ]
        const said = names.map((name) => theirs.ids[name])
        for (const { wanted, answer } of answers) {
          if (answer.status !== wanted) faults.push(`${id}: ${answer.status} for ${wanted}: ${answer.body.slice(0, 200)}`)
          const leaked = secrets.filter((secret) => !said.includes(secret) && answer.body.includes(secret))
          if (leaked.length) faults.push(`${id}: ${answer.status} gives away ${leaked}`)
        }
      }
    }
  }
  expect(faults).toEqual([])
})

test('no page, list, search, export or document gives anything of it to anybody else', async ({ site, world, foreign }) => {
  const db = site.database.owner
  const { people } = world
  const elsewhere = await make.regulator(db, { divisionCode: '110100' })
  const sessions = { visitor: null, agency: people.otherAgency, owner: people.otherOwner, delegate: people.delegate, authority: await make.authority(db), regulator: elsewhere, operator: people.operator }
  // What waits for a stream, and what ends the session, is nobody's page; whatever needs no name is walked, so that a new page is too.
  const plain = routePatterns().map(({ pattern }) => pattern).filter((pattern) => !/[:*]|sign-out|^\/language$|^\/oauth|^\/api\/v1/.test(pattern))
  const files = ['/catalogue/files/catalogue.json', '/agencies/files/agencies.json', '/supervision/files/service-times.json', '/supervision/files/service-times.xlsx', '/operator/exchange/files/exchange.xlsx']
  // By design: a decision's page is everybody's without its words, a project's national code stands in the ledger, and whoever runs the deliveries sees what they are about.
  const isPublic = (secret: string, path: string, name: string) => foreign.some(({ machine: { ids } }) => secret === ids.decision || (secret === ids.projectCode && path === '/ledger') || (name === 'operator' && path === '/operator/events' && [ids.caseNumber, ids.webhook].includes(secret)))
  // What anybody gets by name alone is the same for everybody, and is walked once.
  const open = new Set<string>()
  for (const path of plain) if ((await site.visitor().send(path, { redirect: 'manual' })).status === 200) open.add(path)
  const faults: string[] = []
  for (const [name, member] of Object.entries(sessions)) {
    const person = member ? await signedIn(site, member) : site.visitor()
    for (const { id, marker, machine: { ids } } of foreign) {
      const hidden = [`/cases/${id}`, `/authority/cases/${id}`, `/deliverables/${ids.deliverable}/file`]
      const asked = [`/search?q=${marker}`, `/search/suggest?q=${marker}`, `/cases?q=${ids.caseNumber}`, `/cases?q=${ids.projectCode}`, `/decisions/${ids.decision}`, `/authority/demands/new?caseNumber=${ids.caseNumber}`, `/projects/${ids.projectCode}`, `/ask?project=${ids.projectCode}&service=R28&item=A10`]
      for (const path of [...hidden, ...asked, ...(id === foreign[0]!.id ? [...(member ? plain.filter((one) => !open.has(one)) : open), ...files] : [])]) {
        const { status, text } = await person.get(path)
        if (status >= 500) faults.push(`${name} ${path}: ${status}`)
        if (hidden.includes(path) && status === 200 && !text.includes('signInName')) faults.push(`${name} ${path}: ${status}`)
        const leaked = foreign.flatMap((one) => one.secrets).filter((secret) => !path.includes(secret) && !isPublic(secret, path, name) && text.includes(secret))
        if (leaked.length) faults.push(`${name} ${path}: ${status} gives away ${leaked}`)
      }
    }
  }
  expect(faults).toEqual([])
})
