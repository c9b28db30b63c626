import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { StoredDocument } from '#app/domain/agencies/document.ts'
import { decideWords } from '#app/domain/guard/decide-words.server.ts'
import { findWords, showWords } from '#app/domain/guard/find-words.server.ts'
import { newReceipt, reportDemand } from '#app/domain/guard/report-demand.server.ts'
import { FollowForm, ReportForm, TurnedAwayForm } from '#app/domain/guard/report.ts'
import { showDecision, showPublicDecision } from '#app/domain/guard/show-decision.server.ts'
import { showStanding, showToUphold } from '#app/domain/guard/show-standing.server.ts'
import { recordTurnedAway } from '#app/domain/guard/turn-away.server.ts'
import { upholdDemand } from '#app/domain/guard/uphold-demand.server.ts'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import { followReport } from '#app/domain/oversight/follow-report.server.ts'
import { openInquiry, showLeadToOpen } from '#app/domain/oversight/open-inquiry.server.ts'
import { showBehindLead, showEvidence, showInquiry } from '#app/domain/oversight/show-inquiry.server.ts'
import { showRegulatorDesk } from '#app/domain/oversight/show-regulator-desk.server.ts'
import { listReferencedFiles } from '#db/repositories/clean-up.ts'
import { testApart as test } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { as, deliverAll, kindsOf } from '#tests/support/inbox.ts'
import { REASON, refusedDemand, say } from '#tests/support/inquiries.ts'
import { contextsOf } from '#tests/support/tenders.ts'

const PAPER: StoredDocument = { sha256: 'ab'.repeat(32), name: '短信截图.png', mediaType: 'image/png', bytes: 1234 }
const WORDS = '窗口口头要求委托他们指定的公司做评估，不做不收件。'
const code = (code: string) => expect.objectContaining({ code })
const reportOf = (given: object) => ReportForm.parse({ receipt: newReceipt(), asked: '收获面积勘查', words: WORDS, ...given })
const ip = '203.0.113.7'

test('who reports anonymously is nowhere: not in the report, not in audit, ledger or outbox, whatever they sent along', async ({ database, context }) => {
  const people = contextsOf(context)
  const db = database.owner
  const [owner, office, governor] = [await make.owner(db), await make.authority(db), await make.regulator(db)]
  const { code: project } = await make.project(db, owner)
  const { id: decision } = await refusedDemand(people, office, { project })
  const before = await db('audits').max({ last: 'id' }).first()
  const fields = reportOf({ authority: office.organisationName, as: 'anonymous', project, decision })
  const { receipt, isNamed } = await reportDemand(people(owner), { fields, files: [PAPER], ip })
  expect(isNamed).toBe(false)

  const report = await db('demand_reports').first()
  expect(report).toMatchObject({ reporter_id: null, reporter_role: null, reporter_account: null, project_code: null, decision_id: null, authority_id: office.organisationId })
  const audits = await db('audits').where('id', '>', (before as { last: number | null }).last ?? 0)
  expect(audits).toMatchObject([{ act: 'report:demand', account_id: null, organisation_id: null, client_id: null }])
  expect(audits[0].trace_id).not.toBe(people(owner).traceId)
  const written = JSON.stringify([report, audits, await db('ledger_entries').where({ kind: 'demand.reported' }), await db('outbox').where({ type: 'marketplace.demand.reported.v1' })])
  for (const secret of [owner.accountId, owner.organisationId, owner.organisationName, owner.uscc!, project, receipt, fields.receipt!]) expect(written).not.toContain(secret)
  const { body } = await db('ledger_entries').where({ kind: 'demand.reported' }).first('body')
  for (const said of [office.uscc!, '收获面积', '窗口']) expect(body).not.toContain(said)

  await deliverAll(people(governor))
  expect((await kindsOf(as(people, governor)))[0]).toBe('demand-reported')
  expect(await kindsOf(as(people, office))).not.toContain('demand-reported')
  // The same form again is the same report, and the receipt leads to it.
  await reportDemand(people(owner), { fields, files: [PAPER], ip })
  expect(await db('demand_reports')).toHaveLength(1)
  const typed = FollowForm.parse({ receipt: ` ${receipt.toLowerCase()} ` }).receipt
  expect(await followReport(context(), { receipt: typed, ip })).toMatchObject({ authority: office.organisationName, state: null })
  await expect(followReport(context(), { receipt: 'A'.repeat(20), ip })).rejects.toThrow(code('reports.no-such-receipt'))

  const lead = await showLeadToOpen(people(governor), { kind: 'demand-reported', key: report.id })
  const behind = await showBehindLead(people(governor), lead)
  expect(behind.report).toMatchObject({ words: WORDS, reporter: null, projectCode: null, files: [{ name: PAPER.name }] })
  const { number } = await openInquiry(people(governor), { kind: 'demand-reported', key: report.id, respondent: office.organisationId, allegation: '请说明窗口是否要求申请人委托指定的公司。' })
  expect(await followReport(context(), { receipt: typed, ip })).toMatchObject({ state: 'awaiting-reply' })
  const forOffice = JSON.stringify(await showInquiry(people(office), { number }))
  for (const said of [WORDS, PAPER.name, 'reporter_id']) expect(forOffice).not.toContain(said)
  const file = behind.report!.files[0]!.id
  expect(await showEvidence(people(governor), { id: file })).toMatchObject({ sha256: PAPER.sha256 })
  for (const member of [office, owner, await make.regulator(db, { divisionCode: '220200' })]) await expect(showEvidence(people(member), { id: file })).rejects.toThrow(code('inquiries.no-such-file'))
  await expect(showEvidence(context(), { id: file })).rejects.toThrow(code('accounts.sign-in-first'))
  // What evidence names is not swept away.
  expect([...(await listReferencedFiles(database.app, [PAPER.sha256, 'cd'.repeat(32)]))]).toEqual([PAPER.sha256])
})

test('who signs a report is named to the regulator alone; a visitor never is, and one address is stopped after twelve', async ({ database, context }) => {
  const people = contextsOf(context)
  const db = database.owner
  const [owner, office, governor] = [await make.owner(db), await make.authority(db), await make.regulator(db)]
  const { code: project } = await make.project(db, owner)
  const { id: decision } = await refusedDemand(people, office, { project })
  expect(await reportDemand(people(owner), { fields: reportOf({ authority: office.uscc, as: 'named', project, decision }), ip: '198.51.100.1' })).toMatchObject({ isNamed: true })
  expect(await reportDemand(context(), { fields: reportOf({ authority: office.uscc, as: 'named' }), ip: '198.51.100.1' })).toMatchObject({ isNamed: false })
  const [named] = await db('demand_reports').whereNotNull('reporter_id')
  expect(named).toMatchObject({ reporter_id: owner.organisationId, project_code: project, decision_id: decision })
  expect((await showBehindLead(people(governor), await showLeadToOpen(people(governor), { kind: 'demand-reported', key: named.id }))).report).toMatchObject({ reporter: owner.organisationName })
  const { number } = await openInquiry(people(governor), { kind: 'demand-reported', key: named.id, respondent: office.organisationId, allegation: '请说明窗口是否要求申请人委托指定的公司。' })
  const forOffice = await showInquiry(people(office), { number })
  expect(JSON.stringify(forOffice)).not.toContain(owner.organisationName)
  expect([forOffice.decisionId, forOffice.leadParams]).toEqual([null, null])

  await expect(reportDemand(context(), { fields: reportOf({ authority: '没有这个局', as: 'anonymous' }), ip })).rejects.toThrow(code('reports.no-such-authority'))
  await expect(reportDemand(context(), { fields: reportOf({ authority: office.uscc }), files: [PAPER, PAPER, PAPER, PAPER], ip })).rejects.toThrow(code('reports.too-many-files'))
  const many = () => reportDemand(context(), { fields: reportOf({ authority: office.uscc }), ip: '198.51.100.2' })
  for (let times = 0; times < 12; times++) await many()
  await expect(many()).rejects.toThrow(code('accounts.too-many'))
})

test('a self-written paper that was turned away is a lead, told by the office or by the owner; where the law wants an agency it is none', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const db = database.owner
  const [owner, office, governor] = [await make.owner(db), await make.authority(db), await make.regulator(db)]
  const { code: project } = await make.project(db, owner)
  const told = (given: object) => TurnedAwayForm.parse({ id: randomUUID(), service: 'S0701', material: '水土保持方案报告书', reason: '不是机构编制的，不收。', ...given })
  const byOffice = told({ project })
  await Promise.all([recordTurnedAway(people(office), byOffice), recordTurnedAway(people(office), byOffice)])
  await recordTurnedAway(people(owner), told({ authority: office.organisationName, project }))
  expect((await findLeads(people(governor), { kind: 'document-turned-away' })).items.map(({ params }) => (params as { told: string }).told).sort()).toEqual(['authority', 'owner'])
  const entries = (await db('ledger_entries').where({ kind: 'document.turned-away' }).pluck('body')) as string[]
  expect(entries.map((body) => body.includes(office.uscc!)).sort()).toEqual([false, true])
  await deliverAll(people(governor))
  expect(await kindsOf(as(people, owner))).toEqual(['document-turned-away'])
  expect(await kindsOf(as(people, office))).toEqual([])

  await expect(recordTurnedAway(people(owner), told({ authority: '没有这个局' }))).rejects.toThrow(code('reports.no-such-authority'))
  await expect(recordTurnedAway(people(office), told({ on: '2026-11-21' }))).rejects.toThrow(code('guard.day-ahead'))
  await expect(recordTurnedAway(people(governor), told({}))).rejects.toThrow(code('accounts.not-allowed'))
  const [strict] = await db('listings').whereRaw(`rules ->> 'selfPrepare' = 'false'`).whereNull('in_force_until').where('division_code', '220100').limit(1)
  if (strict) await expect(recordTurnedAway(people(office), told({ service: strict.code }))).rejects.toThrow(code('reports.agency-needed'))
  clock.advance(400 * 86_400_000)
  expect((await findLeads(people(governor), { kind: 'document-turned-away' })).items).toEqual([])
})

test('words near to no listing wait for a regulator with a clock; the answer is a new signed decision, once, and is no second demand', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const db = database.owner
  const [office, governor, elsewhere] = [await make.authority(db), await make.regulator(db), await make.regulator(db, { divisionCode: '220200' })]
  const old = await refusedDemand(people, office, { text: '请出具业主自行委托之外的某种说明文件' })
  const other = await refusedDemand(people, office, { text: '另一种没有人听说过的意见书' })
  const [first] = await findWords(people(governor))
  // Two working days from a Friday: Tuesday's end.
  expect(first).toMatchObject({ id: old.id, words: '请出具业主自行委托之外的某种说明文件', until: new Date('2026-11-24T16:00:00Z'), left: { unit: 'wd', n: 2 } })
  expect(await findWords(people(elsewhere))).toEqual([])
  await expect(showWords(people(elsewhere), old.id)).rejects.toThrow(code('reports.no-such-words'))
  await expect(decideWords(people(elsewhere), { decision: old.id, listing: null, say })).rejects.toThrow(code('reports.no-such-words'))
  await expect(decideWords(people(office), { decision: old.id, listing: null, say })).rejects.toThrow(code('accounts.not-allowed'))
  await expect(decideWords(people(governor), { decision: old.id, listing: 'Z9999', say })).rejects.toThrow(code('reports.no-such-listing'))

  clock.set('2026-11-25T09:00')
  expect((await showRegulatorDesk(people(governor))).today.find(({ subject }) => subject === old.id)).toMatchObject({ kind: 'words-to-decide', left: { unit: 'late' } })
  const answered = await Promise.allSettled([decideWords(people(governor), { decision: old.id, listing: 'S0701', say }), decideWords(people(governor), { decision: old.id, listing: null, say })])
  expect(answered.map((one) => (one.status === 'rejected' ? one.reason.code : 'done')).sort()).toEqual(['done', 'reports.words-decided'])
  const { answeredBy } = await showStanding(context(), { id: old.id, whole: false })
  const answer = await showDecision(people(office), answeredBy!.id)
  expect(answer).toMatchObject({ answers: old.id, demand: { authority: office.uscc, demandedOn: old.demand.demandedOn } })
  expect(await showPublicDecision(context(), old.id)).toMatchObject({ verdict: 'refused', signature: old.signature })
  expect((await findWords(people(governor))).map(({ id }) => id)).toEqual([other.id])
  await expect(decideWords(people(governor), { decision: answeredBy!.id, listing: null, say })).rejects.toThrow(code('reports.no-such-words'))

  // Confirmed as not listed: the same words are no repetition of the demand.
  const confirmed = await decideWords(people(governor), { decision: other.id, listing: null, say })
  expect(confirmed.verdict).toBe('refused')
  expect((await findLeads(people(governor), { kind: 'demand-insisted' })).items).toEqual([])
  expect((await showRegulatorDesk(people(governor))).figures.verdicts.refused).toBe(2)
  await deliverAll(people(governor))
  expect((await kindsOf(as(people, office))).filter((kind) => kind === 'words-decided')).toHaveLength(2)
  // The reading stands in the place of what it answers, whatever it says.
  for (const [decision, reading, verdict] of [[old.id, answeredBy!.id, answer.verdict], [other.id, confirmed.id, 'refused']] as const) {
    expect((await showToUphold(people(office), decision)).standing.answeredBy).toMatchObject({ id: reading })
    await expect(upholdDemand(people(office), { decision, reason: REASON })).rejects.toMatchObject({ kind: 'conflict', code: 'reports.read-as', params: { decision: reading, verdict } })
  }
  await upholdDemand(people(office), { decision: confirmed.id, reason: REASON })
})
