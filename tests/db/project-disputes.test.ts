import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { CaseInput } from '#app/domain/cases/case.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import type { Decision } from '#app/domain/guard/decision.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { findProjectDemands } from '#app/domain/guard/find-project-demands.server.ts'
import { showPublicDecision } from '#app/domain/guard/show-decision.server.ts'
import { DISPUTE_OUTCOMES, speaksFor, STAYS } from '#app/domain/projects/dispute.ts'
import { findDisputes, showDispute } from '#app/domain/projects/find-disputes.server.ts'
import { registerProject } from '#app/domain/projects/register-project.server.ts'
import { settleDispute } from '#app/domain/projects/settle-dispute.server.ts'
import { showProject } from '#app/domain/projects/show-project.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { prepareTender } from '#app/domain/tenders/prepare-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { listDisputes } from '#db/repositories/project-disputes.ts'
import { readGuardFacts } from '#db/views/guard-facts.ts'
import { aCase, ground, once } from '#tests/support/cases.ts'
import { testApart as test, type MakeContext, type TestDatabase } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { as, deliverAll, kindsOf } from '#tests/support/inbox.ts'
import { aListing, anEntry } from '#tests/support/tenders.ts'
import { say } from '#tests/support/inquiries.ts'

const REASON = '立项批复写明业主是申请人。'
const GOES_TO = JSON.stringify({ uscc: null, name: '赵某' })

/** A stranger registers a code; then an office names another as the applicant of a case of it. */
async function disputed(database: TestDatabase, context: MakeContext) {
  const db = database.owner
  const { machine, office, applicant, number } = await ground(database, context)
  const [stranger, operator] = [await make.owner(db), await make.operator(db)]
  const input = aCase(applicant, { materials: [] })
  const code = input.projectCode
  const form = { code, name: '绿园区厂房', divisionCode: '220106', flowType: 'industrial', moneySource: 'private', investmentFen: null } as const
  const register = (member: Member, facts: Record<string, boolean> = {}) => registerProject(context(member), { ...form, facts })
  await register(stranger, { 'site.hazardZone': true })
  const put = (named: Member, key: string = number) => putCase(machine, { number: key, input: CaseInput.parse({ ...aCase(named, { materials: [], projectCode: code }), receivedAt: '2026-01-04T09:00:00+08:00', states: [{ state: 1, at: '2026-01-04T09:00:00+08:00' }] }), say, idempotency: once() })
  const factsFor = async (authorityId: string) => (await readGuardFacts(database.app, { divisionCode: '220106', on: '2026-01-05', code: 'R28', material: null, approvalItem: 'A01', projectCode: code, caseNumber: null, agency: null, authorityId, idempotency: null })).onRecord
  return { db, machine, office, applicant, stranger, operator, code, register, put, factsFor, settle: (goesTo: string) => settleDispute(context(operator), { code, goesTo, reason: REASON }) }
}

test('a stranger who registered a code before any office spoke of it speaks for it no more once a case names another, and hears and reads nothing of it', async ({ database, context, clock }) => {
  const { db, office, applicant, stranger, operator, code, put, factsFor } = await disputed(database, context)
  const { organisationId: elsewhere } = await make.authority(db)
  expect(await factsFor(elsewhere)).toMatchObject([{ source: 'owner', facts: { 'site.hazardZone': true } }])
  await put(applicant)
  expect(await factsFor(elsewhere)).toEqual([])
  expect(await showProject(context(stranger), { code })).toMatchObject({ dispute: 'open' })
  const demand = DemandInput.parse({ caseNumber: null, projectCode: code, authority: office.uscc, approvalItem: 'A01', demanded: { text: '没有的服务' }, demandedOn: dayOf(clock.now) })
  const { id } = JSON.parse((await decide(context(office), { demand, say: ({ code: reason }) => ({ text: reason, source: '' }) })).body) as Decision
  await deliverAll(context(office))
  expect(await kindsOf(as(context, stranger))).toEqual(['project-disputed'])
  expect(await kindsOf(as(context, operator))).toEqual(['project-to-settle'])
  expect(await findProjectDemands(context(stranger), { code })).toEqual([])
  expect((await showPublicDecision(context(stranger), id)).told).toBeNull()
  expect((await findDisputes(context(operator))).open).toMatchObject([{ code, registrant: { uscc: stranger.uscc }, others: [{ uscc: applicant.uscc }], said: [{ office: office.organisationName, as: 'applicant' }] }])
  // Once only, however often the office writes.
  await put(applicant, 'AJ-AGAIN')
  expect(await listDisputes(db, code)).toHaveLength(1)
})

test('an operator gives the project to the applicant, who alone can take its code; the stranger’s tenders go on and say who registered it', async ({ database, context }) => {
  const { db, applicant, stranger, operator, code, register, put, settle } = await disputed(database, context)
  const listing = await aListing(db)
  const draft = { projectCode: code, listingCode: listing.code, method: 'random', title: '绿园区厂房岩土勘察', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00 } as const
  const { id } = await draftTender(context(stranger), draft)
  const { id: later } = await draftTender(context(stranger), draft)
  const { publication } = await publishTender(context(stranger), { id })
  await put(applicant)
  await expect(register(applicant)).rejects.toMatchObject({ code: 'projects.registered-already' })
  expect((await showTender(context(), { number: publication!.number })).project).toMatchObject({ dispute: 'open' })

  for (const goesTo of ['', '91220100MA00000000', stranger.uscc!]) await expect(settle(goesTo)).rejects.toMatchObject({ code: 'disputes.goes-to', field: 'goesTo' })
  const offered = async () => (await prepareTender(context(stranger), {})).projects.map((one) => one.code)
  expect(await offered()).toEqual([code])
  const { ledger } = await settle(applicant.uscc!)
  expect(await offered()).toEqual([])
  await expect(settle(applicant.uscc!)).rejects.toMatchObject({ kind: 'missing', code: 'disputes.none' })
  const { body } = await db('ledger_entries').where({ id: ledger.entry }).first()
  expect(JSON.parse(body)).toMatchObject({ kind: 'project.dispute-settled', subject: code, facts: { registrant: stranger.uscc, outcome: 'applicant' } })
  for (const hidden of [applicant.organisationName, applicant.uscc, REASON]) expect(body).not.toContain(hidden)
  expect(await db('audits').where({ act: 'settle:project', subject: code }).first()).toMatchObject({ account_id: operator.accountId, details: { reason: REASON, goesTo: { uscc: applicant.uscc } } })

  for (const draftOf of [() => draftTender(context(stranger), draft), () => publishTender(context(stranger), { id: later })]) await expect(draftOf()).rejects.toMatchObject({ code: 'disputes.given-away' })
  const other = await make.owner(db)
  await expect(register(other)).rejects.toMatchObject({ code: 'projects.of-another' })
  await expect(register(stranger)).rejects.toMatchObject({ code: 'projects.of-another' })
  expect((await register(applicant)).project.ownerId).toBe(applicant.organisationId)
  expect(await showProject(context(applicant), { code })).toMatchObject({ dispute: null, facts: {} })
  await expect(showProject(context(stranger), { code })).rejects.toMatchObject({ code: 'projects.unknown' })
  await expect(publishTender(context(stranger), { id: later })).rejects.toMatchObject({ code: 'disputes.given-away' })
  expect(await showTender(context(), { number: publication!.number })).toMatchObject({ state: 'open', owner: stranger.organisationName, project: { dispute: 'applicant' } })

  await deliverAll(context(applicant))
  expect((await kindsOf(as(context, stranger)))[0]).toBe('project-given-away')
  expect((await kindsOf(as(context, applicant)))[0]).toBe('project-given')
})

test('where it stays with its registrant they speak for it again, and the same name raises no dispute again; another name does', async ({ database, context }) => {
  const { db, office, applicant, stranger, operator, code, put, factsFor, settle } = await disputed(database, context)
  await put(applicant)
  await settle(STAYS)
  expect(await factsFor(office.organisationId)).toMatchObject([{ source: 'owner', statedBy: { uscc: stranger.uscc } }])
  await put(applicant, 'AJ-AGAIN')
  expect(await listDisputes(db, code)).toMatchObject([{ outcome: 'registrant', reason: REASON }])
  await deliverAll(context(office))
  expect((await kindsOf(as(context, stranger)))[0]).toBe('project-kept')
  expect(await kindsOf(as(context, applicant))).toContain('project-not-given')
  const third = await make.owner(db)
  await put(third, 'AJ-THIRD')
  expect(await listDisputes(db, code)).toMatchObject([{ outcome: null }, { outcome: 'registrant' }])
  const { others } = await showDispute(context(operator), { code })
  expect(others.map(({ uscc }) => uscc).sort()).toEqual([third.uscc, applicant.uscc].sort())
})

test('an office that names the registrant after all ends the dispute by itself', async ({ database, context }) => {
  const { db, office, applicant, stranger, code, put, factsFor } = await disputed(database, context)
  await put(applicant)
  await put(stranger)
  expect(await listDisputes(db, code)).toMatchObject([{ outcome: 'mended', reason: null }])
  expect(await factsFor(office.organisationId)).toMatchObject([{ source: 'owner' }])
  await deliverAll(context(office))
  expect((await kindsOf(as(context, stranger)))[0]).toBe('project-kept')
  expect(await kindsOf(as(context, applicant))).not.toContain('project-not-given')
})

test('a project that was given away is in doubt again where offices name a third, and stays where they name its registrant', async ({ database, context }) => {
  const { db, applicant, stranger, code, put, settle } = await disputed(database, context)
  await put(applicant)
  await settle(applicant.uscc!)
  await put(await make.owner(db))
  expect(await listDisputes(db, code)).toMatchObject([{ outcome: null }, { outcome: 'mended' }])
  await settle(STAYS)
  expect(await showProject(context(stranger), { code })).toMatchObject({ dispute: null })
  await put(applicant)
  await settle(applicant.uscc!)
  await put(stranger)
  expect(await showProject(context(stranger), { code })).toMatchObject({ dispute: null })
})

test('nobody but an operator’s manager sees and settles whose a project is', async ({ database, context }) => {
  const { db, office, applicant, stranger, code, put } = await disputed(database, context)
  await put(applicant)
  for (const member of [office, applicant, stranger, await make.regulator(db), await make.operator(db, { duty: 'delegate' })]) {
    await expect(settleDispute(context(member), { code, goesTo: STAYS, reason: REASON })).rejects.toMatchObject({ code: 'accounts.not-allowed' })
    await expect(findDisputes(context(member))).rejects.toMatchObject({ code: 'accounts.not-allowed' })
    await expect(showDispute(context(member), { code })).rejects.toMatchObject({ code: 'accounts.not-allowed' })
  }
  const untouched = await make.project(db, applicant)
  await expect(showDispute(context(await make.operator(db)), { code: untouched.code })).rejects.toMatchObject({ kind: 'missing', code: 'disputes.none' })
})

test('the view of owned projects and the rule say the same of every course that disputes can take', async ({ database }) => {
  const db = database.owner
  const [registrant, other] = [await make.owner(db), await make.owner(db)]
  const over = DISPUTE_OUTCOMES.map((outcome) => ({ outcome, settledAt: new Date('2026-02-02T01:00:00Z') }))
  const open = { outcome: null, settledAt: null }
  const courses = [[], ...[open, ...over].map((one) => [one]), ...over.flatMap((first) => [open, ...over].map((then) => [first, then]))]
  const said: [spoken: boolean, owned: boolean][] = []
  for (const course of courses) {
    const { code } = await make.project(db, registrant)
    for (const [place, { outcome, settledAt }] of course.entries()) {
      const raised = { id: randomUUID(), project_code: code, registrant_id: registrant.organisationId, named: '[]', raised_at: new Date(`2026-01-0${1 + place}T01:00:00Z`), ledger_entry_id: await anEntry(db) }
      await db('project_disputes').insert({ ...raised, settled_at: settledAt, outcome, goes_to: outcome === 'applicant' ? GOES_TO : null, ...(settledAt && outcome !== 'mended' && { reason: REASON, settled_by: registrant.accountId }) })
    }
    // What became of somebody else's registration of the same code says nothing of this one.
    await db('project_disputes').insert({ id: randomUUID(), project_code: code, registrant_id: other.organisationId, named: '[]', raised_at: new Date('2026-01-01T01:00:00Z'), ledger_entry_id: await anEntry(db), settled_at: new Date('2026-01-01T02:00:00Z'), outcome: 'applicant', goes_to: GOES_TO, reason: REASON, settled_by: other.accountId })
    said.push([course.every(speaksFor), (await db('owned_projects').where({ code })).length === 1])
  }
  expect(said.map(([spoken]) => spoken)).toEqual(said.map(([, owned]) => owned))
  expect(new Set(said.map(([spoken]) => spoken)).size).toBe(2)
})
