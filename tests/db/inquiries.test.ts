import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { upholdDemand, withdrawDemand } from '#app/domain/guard/uphold-demand.server.ts'
import { showAuthorityDesk } from '#app/domain/desks/show-authority-desk.server.ts'
import { answerContest, contestFinding } from '#app/domain/oversight/contest-finding.server.ts'
import { decideInquiry } from '#app/domain/oversight/decide-inquiry.server.ts'
import { findInquiries } from '#app/domain/oversight/find-inquiries.server.ts'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import { inquiryStateAt } from '#app/domain/oversight/inquiry.ts'
import { openInquiry } from '#app/domain/oversight/open-inquiry.server.ts'
import { publishViolations } from '#app/domain/oversight/publish-violation.server.ts'
import { judgeRectification, submitRectification } from '#app/domain/oversight/rectify.server.ts'
import { replyToInquiry } from '#app/domain/oversight/reply-to-inquiry.server.ts'
import { showInquiry } from '#app/domain/oversight/show-inquiry.server.ts'
import { showRegulatorDesk } from '#app/domain/oversight/show-regulator-desk.server.ts'
import { showPatterns, showViolations } from '#app/domain/oversight/show-violations.server.ts'
import { findInquiry } from '#db/repositories/inquiries.ts'
import { listViolations } from '#db/views/violations.ts'
import { testApart as test } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { as, deliverAll, kindsOf } from '#tests/support/inbox.ts'
import { decidedFile, openedFile, REASON, refusedDemand } from '#tests/support/inquiries.ts'
import { contextsOf } from '#tests/support/tenders.ts'

const DAY = 86_400_000
const FINDING = { outcome: 'violation' as const, bases: ['boe-43-1' as const], reason: '没有法律、法规或者国务院决定作为依据。', referredTo: '' }
const code = (code: string) => expect.objectContaining({ code })

test('a refused demand that is kept up goes from lead to final violation, each heard, each in the ledger, and named only at the end', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const db = database.owner
  const [owner, office, governor] = [await make.owner(db), await make.authority(db), await make.regulator(db)]
  const { code: project } = await make.project(db, owner)
  const { number, decision } = await openedFile(people, { office, governor }, { project })
  await deliverAll(people(governor))
  expect((await kindsOf(as(people, owner)))[0]).toBe('demand-upheld')
  expect(await kindsOf(as(people, governor))).toContain('demand-upheld-lead')
  expect((await kindsOf(as(people, office)))[0]).toBe('inquiry-to-answer')
  expect((await showAuthorityDesk(people(office))).today[0]).toMatchObject({ kind: 'inquiry-to-answer', subject: number, left: { unit: 'wd' } })
  // The five working days of the policy from a Friday: the next Friday's end.
  expect((await showInquiry(people(office), { number })).replyBy).toEqual(new Date('2026-11-27T16:00:00Z'))

  await expect(decideInquiry(people(governor), { number, ...FINDING })).rejects.toThrow(code('inquiries.reply-first'))
  await replyToInquiry(people(office), { number, words: '这是沿用的旧清单，已经停止要求。' })
  expect((await showRegulatorDesk(people(governor))).today.find(({ subject }) => subject === number)).toMatchObject({ kind: 'inquiry-to-decide' })
  await decideInquiry(people(governor), { number, ...FINDING })
  await submitRectification(people(office), { number, words: '已修改办事指南，删去这一项。' })
  await judgeRectification(people(governor), { number, accepted: false, reason: '网上的办事指南还没有改。' })
  expect((await showAuthorityDesk(people(office))).today[0]).toMatchObject({ kind: 'violation-to-rectify', subject: number })
  await submitRectification(people(office), { number, words: '网上的办事指南已改，附截图。' })
  await judgeRectification(people(governor), { number, accepted: true, reason: '已经核对。' })
  expect((await showViolations(context())).items).toEqual([])
  expect(await publishViolations({ ...people(governor), actor: SYSTEM })).toEqual([])

  clock.advance(62 * DAY)
  expect((await showViolations(context())).items).toMatchObject([{ number, respondent: office.organisationName, bases: ['boe-43-1'], rectified: true }])
  expect(await publishViolations({ ...people(governor), actor: SYSTEM })).toEqual([number])
  expect(await publishViolations({ ...people(governor), actor: SYSTEM })).toEqual([])
  await deliverAll(people(governor))
  expect((await kindsOf(as(people, office))).slice(0, 3)).toEqual(['violation-final', 'rectification-accepted', 'rectification-returned'])

  const entries = (await db('ledger_entries').where({ subject: number }).orderBy('ordinal').select('kind', 'body')) as { kind: string; body: string }[]
  expect(entries.map(({ kind }) => kind)).toEqual(['inquiry.opened', 'inquiry.replied', 'inquiry.decided', 'inquiry.rectified', 'inquiry.rectification-judged', 'inquiry.rectified', 'inquiry.rectification-judged', 'violation.final'])
  for (const { kind, body } of entries) expect([kind, body.includes(office.uscc!)]).toEqual([kind, kind === 'violation.final'])
  const upheld = await db('ledger_entries').where({ subject: decision, kind: 'demand.upheld' }).first('body')
  expect(upheld.body).not.toContain('内部规定')
})

test('a demand is kept up once, with its own reason; taken back, it is kept up no more', async ({ database, context }) => {
  const people = contextsOf(context)
  const [office, other] = [await make.authority(database.owner), await make.authority(database.owner)]
  const { id } = await refusedDemand(people, office)
  await expect(upholdDemand(people(other), { decision: id, reason: REASON })).rejects.toThrow(code('guard.no-such-decision'))
  await expect(upholdDemand(people(await make.owner(database.owner)), { decision: id, reason: REASON })).rejects.toThrow(code('accounts.not-allowed'))
  await expect(upholdDemand(context(), { decision: id, reason: REASON })).rejects.toThrow(code('accounts.sign-in-first'))
  const [one, again] = await Promise.all([upholdDemand(people(office), { decision: id, reason: REASON }), upholdDemand(people(office), { decision: id, reason: REASON })])
  expect(one).toEqual(again)
  await expect(upholdDemand(people(office), { decision: id, reason: `${REASON}还有一条。` })).rejects.toThrow(code('reports.upheld-already'))
  await withdrawDemand(people(office), { decision: id, reason: '经核实没有依据。' })
  await expect(withdrawDemand(people(office), { decision: id, reason: '再次撤回。' })).rejects.toThrow(code('reports.withdrawn-already'))
  const second = await refusedDemand(people, office)
  await withdrawDemand(people(office), { decision: second.id, reason: '经核实没有依据。' })
  await expect(upholdDemand(people(office), { decision: second.id, reason: REASON })).rejects.toThrow(code('reports.withdrawn-already'))
})

test('of two regulators who open one lead, and of two findings at once, the second is refused; one that repeats later is a lead again', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const db = database.owner
  const [office, governor, colleague] = [await make.authority(db), await make.regulator(db), await make.regulator(db)]
  const { id } = await refusedDemand(people, office, { text: '用电容量证明' })
  await upholdDemand(people(office), { decision: id, reason: REASON })
  const open = (member: Member) => openInquiry(people(member), { kind: 'demand-upheld', key: id, respondent: office.organisationId, allegation: '请说明依据哪一部法律要求这份报告。' })
  await expect(openInquiry(people(governor), { kind: 'demand-upheld', key: id, respondent: governor.organisationId, allegation: '请说明依据。请说明依据。' })).rejects.toThrow(code('inquiries.respondent'))
  const opened = await Promise.allSettled([open(governor), open(colleague)])
  expect(opened.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const { number } = (opened.find(({ status }) => status === 'fulfilled') as PromiseFulfilledResult<{ number: string }>).value
  expect((await findLeads(people(governor), { kind: 'demand-upheld' })).items).toEqual([])
  await expect(open(governor)).rejects.toThrow(code('inquiries.no-such-lead'))

  await replyToInquiry(people(office), { number, words: '经办人员理解有误，已经停止要求。' })
  const decided = await Promise.allSettled([decideInquiry(people(governor), { number, ...FINDING }), decideInquiry(people(colleague), { number, ...FINDING, outcome: 'unfounded', bases: [] })])
  expect(decided.map((one) => (one.status === 'rejected' ? one.reason.code : 'done')).sort()).toEqual(['done', 'inquiries.decided-already'])
  expect(await db('inquiry_findings').where({ inquiry_id: (await findInquiry(database.app, number))!.id })).toHaveLength(1)

  // A repetition after the opening is a new fact, and a lead of its own kind.
  clock.advance(DAY)
  for (let times = 0; times < 2; times++) await refusedDemand(people, office, { text: '用电容量证明' })
  const [insisted] = (await findLeads(people(governor), { kind: 'demand-insisted' })).items
  const again = await openInquiry(people(governor), { kind: 'demand-insisted', key: insisted!.key, respondent: office.organisationId, allegation: '同一事项又被要求两次，请说明。' })
  expect(again.number).not.toBe(number)
  expect((await findLeads(people(governor), { kind: 'demand-insisted' })).items).toEqual([])
  clock.advance(DAY)
  await refusedDemand(people, office, { text: '用电容量证明' })
  expect((await findLeads(people(governor), { kind: 'demand-insisted' })).items).toHaveLength(1)
})

test('nobody but the regulator of the place and whom it is about learns that a file is there', async ({ database, context }) => {
  const people = contextsOf(context)
  const db = database.owner
  const [office, other, governor, elsewhere, owner, agency, operator] = [await make.authority(db), await make.authority(db), await make.regulator(db), await make.regulator(db, { divisionCode: '220200' }), await make.owner(db), await make.agency(db), await make.operator(db)]
  const delegate: Member = { ...governor, duty: 'delegate' }
  const { number, decision } = await openedFile(people, { office, governor })
  for (const member of [other, elsewhere, owner, agency]) {
    await expect(showInquiry(people(member), { number })).rejects.toThrow(code('inquiries.no-such-inquiry'))
    expect((await findInquiries(people(member))).items).toEqual([])
  }
  await expect(showInquiry(people(operator), { number })).rejects.toThrow(code('accounts.not-allowed'))
  await expect(showInquiry(context(), { number })).rejects.toThrow(code('accounts.sign-in-first'))
  for (const member of [other, agency, owner]) await expect(replyToInquiry(people(member), { number, words: '冒名顶替的答复，不应当收。' })).rejects.toThrow(code('inquiries.no-such-inquiry'))
  await expect(replyToInquiry(people(governor), { number, words: '替对方作出的答复，不应当收。' })).rejects.toThrow(code('accounts.not-allowed'))
  await expect(decideInquiry(people(elsewhere), { number, ...FINDING })).rejects.toThrow(code('inquiries.no-such-inquiry'))
  await expect(decideInquiry(people(office), { number, ...FINDING })).rejects.toThrow(code('accounts.not-allowed'))
  await expect(decideInquiry(people(delegate), { number, ...FINDING })).rejects.toThrow(code('accounts.not-allowed'))
  await expect(openInquiry(people(elsewhere), { kind: 'demand-upheld', key: decision, respondent: office.organisationId, allegation: '外地监管部门的核查，不应当开。' })).rejects.toThrow(code('inquiries.no-such-lead'))
  // The office that is asked buys as an owner, too: in that role the file is not its.
  await expect(showInquiry(people({ ...office, role: 'owner' }), { number })).rejects.toThrow(code('inquiries.no-such-inquiry'))
  for (const odd of ['', "HC-1' or 1=1", 'HC-220100-2026-999999', '__proto__']) await expect(showInquiry(people(governor), { number: odd })).rejects.toThrow(code('inquiries.no-such-inquiry'))
})

test('what is final is said the same by the rule and by the query; a review holds it, a revoked finding is never public', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const [office, governor] = [await make.authority(database.owner), await make.regulator(database.owner)]
  const who = { office, governor }
  const numbers = { plain: await decidedFile(people, who), kept: await decidedFile(people, who), revoked: await decidedFile(people, who), waiting: await decidedFile(people, who), unfounded: await decidedFile(people, who, 'unfounded', []), referred: await decidedFile(people, who, 'referred', []) }
  for (const number of [numbers.kept, numbers.revoked, numbers.waiting]) await contestFinding(people(office), { number, words: '本部门认为有依据，请求复核。' })
  await expect(contestFinding(people(office), { number: numbers.unfounded, words: '本部门认为有依据，请求复核。' })).rejects.toThrow(code('inquiries.not-contestable'))
  await answerContest(people(governor), { number: numbers.kept, outcome: 'kept', reason: '引用的文件不是法定依据。' })
  await answerContest(people(governor), { number: numbers.revoked, outcome: 'revoked', reason: '地方性法规确有规定。' })
  const start = clock.now
  for (const days of [0, 59, 60, 61, 62, 400]) {
    clock.set(new Date(start.getTime() + days * DAY))
    const at = clock.now
    const byQuery = (await listViolations(database.app, { at, before: null, limit: 50 })).map(({ number }) => number).sort()
    const all = await Promise.all(Object.values(numbers).map(async (number) => ({ number, state: inquiryStateAt((await findInquiry(database.app, number))!.facts, at) })))
    expect([days, byQuery]).toEqual([days, all.filter(({ state }) => state === 'final').map(({ number }) => number).sort()])
  }
  const { items, repeats } = await showViolations(context())
  expect(items.map(({ number }) => number).sort()).toEqual([numbers.plain, numbers.kept].sort())
  expect(repeats).toMatchObject([{ respondent: office.organisationName, listing: null, count: 2 }])
  expect((await showPatterns(people(governor))).repeats).toMatchObject([{ count: 2 }])
  // Page by page nothing is lost and nothing comes twice.
  const first = await showViolations(context(), { limit: 1 })
  expect([first.items[0]!.number, (await showViolations(context(), { limit: 1, before: first.next })).items[0]!.number].sort()).toEqual([numbers.plain, numbers.kept].sort())
})

test('violations over what is not listed repeat by their approval, and are one matter only where the approval is not ours', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const db = database.owner
  const who = { office: await make.authority(db), governor: await make.regulator(db) }
  const items = (await db('approval_items').orderBy('code').limit(2).select('code', 'name')) as { code: string; name: string }[]
  const [one, two] = [items[0]!, items[1]!]
  for (const item of [one.code, one.name, two.code, '某科长点名要的审批']) await decidedFile(people, who, 'violation', ['boe-43-1'], { item })
  clock.advance(62 * DAY)
  const repeated = [{ respondent: who.office.organisationName, listing: null, item: one.name, count: 2 }]
  const shown = await showViolations(context())
  expect(shown.repeats).toMatchObject(repeated)
  expect((await showPatterns(people(who.governor))).repeats).toMatchObject(repeated)
  expect(shown.items.map(({ item }) => item).sort()).toEqual([one.name, one.name, two.name, null].sort())
  expect(JSON.stringify(shown)).not.toContain('某科长')
})
