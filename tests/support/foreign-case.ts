import { randomUUID } from 'node:crypto'
import type { Member } from '#app/domain/accounts/actor.ts'
import { publishEvents } from '#app/domain/events/publish-events.server.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { databaseClock } from '#db/client.ts'
import { API_ROWS, callRow, machineOf, type ApiRow, type Ids, type Machine } from './api-rows.ts'
import { makeTraffic } from './events.ts'
import * as make from './factories.ts'
import type { Site } from './site.ts'

/** A case that is none of the caller's: its keeper, its id, and a word that stands in everything that was said of it. */
export type ForeignCase = { keeper: Member; machine: Machine; id: string; marker: string; secrets: string[] }

/**
 * Everything that one authority can say by its machine, each with the marker in it: a project with its owner and facts, a case with its
 * applicant, states and documents, a demand in words, an accepted result, a receiver, a source of events, and what the feed tells of it.
 */
export async function aForeignCase(site: Site, keeper: Member): Promise<ForeignCase> {
  const { database, config } = site
  const keyring = openKeyring(config.keyring, { origin: 'unused', makeIfMissing: false })
  const marker = `外案${randomUUID().slice(0, 8)}`
  const traffic = await makeTraffic({ database, keyring, officer: keeper, at: new Date() })
  const applicant = make.makeUscc()
  const known: Omit<Ids, 'authority'> = { caseNumber: `WA-${randomUUID().slice(0, 8)}`, projectCode: make.makeProjectCode(), applicant, webhook: traffic.webhook, delivery: traffic.delivery, decision: '', deliverable: '', endedWebhook: '', source: '', sourceId: '', sourceSecret: '', endedSource: '' }
  const machine = await machineOf(site, keeper, known)
  const { ids } = machine
  const said = async (name: string, given: Partial<ApiRow> = {}) => {
    const [method, path] = name.split(' ') as [string, string]
    const { status, body } = await callRow(site, [method, path], { ...API_ROWS[name]!, ...given }, machine)
    if (status >= 300) throw new Error(`${name} of the foreign case was answered with ${status}: ${body}`)
    return JSON.parse(body) as { id: string; source: string; secret: string }
  }
  await said('PUT /api/v1/projects/{projectCode}', {
    fill: ({ projectCode }) => ({ projectCode }),
    body: () => ({ name: `${marker}项目`, divisionCode: keeper.divisionCode, owner: { uscc: applicant, name: `${marker}业主` }, flowType: 'industrial', moneySource: 'private', investmentFen: 1_00, facts: { 'site.hazardZone': true, 'site.park': `${marker}园区` } }),
  })
  await said('PUT /api/v1/cases/{caseNumber}', {
    fill: ({ caseNumber }) => ({ caseNumber }),
    body: ({ projectCode }) => ({
      projectCode, approvalItem: 'A10', flowType: 'industrial', applicant: { uscc: applicant, name: `${marker}申请人` }, receivedAt: '2026-11-16T09:00:00+08:00',
      states: [{ state: 1, at: '2026-11-16T09:00:00+08:00', note: `${marker}备注` }], materials: [{ code: 'M1', name: `${marker}材料`, state: 'submitted' }],
    }),
  })
  const demand = await said('POST /api/v1/cases/{caseNumber}/demands', { body: () => ({ demanded: { text: `${marker}专项报告` }, demandedOn: '2026-11-20', facts: { 'site.park': `${marker}园区` } }) })
  const source = await said('POST /api/v1/event-sources', { body: () => ({ source: `urn:${randomUUID()}` }) })
  const { id } = (await database.owner('cases').where({ number: ids.caseNumber }).first<{ id: string }>('id'))!
  Object.assign(ids, { decision: demand.id, source: source.source, sourceId: source.id, sourceSecret: source.secret, endedSource: source.id, endedWebhook: traffic.webhook, deliverable: await landed(site, id, marker) })
  while ((await publishEvents({ db: database.app, clock: databaseClock }, 200)).events > 0);
  return { keeper, machine, id, marker, secrets: [marker, ids.caseNumber, ids.projectCode, id, ids.deliverable, ids.decision, ids.sourceId, ids.webhook] }
}

/** An accepted result of the town that no other case has, as if it had been bought for this one. */
async function landed({ database: { owner: db } }: Site, caseId: string, marker: string): Promise<string> {
  const { id, tender } = (await db('deliverables').join('contracts', 'contracts.id', 'deliverables.contract_id').whereNotNull('deliverables.accepted_at').whereNotIn('contracts.tender_id', db('case_tenders').select('tender_id')).first<{ id: string; tender: string } | undefined>({ id: 'deliverables.id', tender: 'contracts.tender_id' }))!
  await db('case_tenders').insert({ tender_id: tender, case_id: caseId, material_code: 'M1', opened_at: new Date() })
  await db('deliverables').where({ id }).update({ name: `${marker}成果` })
  return id
}
