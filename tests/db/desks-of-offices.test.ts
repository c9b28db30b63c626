import { expect } from 'vitest'
import { SYSTEM, type Member } from '#app/domain/accounts/actor.ts'
import { answerCheck } from '#app/domain/agencies/answer-check.server.ts'
import { checkAgency } from '#app/domain/agencies/check-agency.server.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { showAgencyDesk } from '#app/domain/desks/show-agency-desk.server.ts'
import { showAuthorityDesk } from '#app/domain/desks/show-authority-desk.server.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { deliverMessages } from '#app/domain/notices/deliver-messages.server.ts'
import { findMessages } from '#app/domain/notices/find-messages.server.ts'
import { showOperation } from '#app/domain/oversight/show-operation.server.ts'
import { showRegulatorDesk } from '#app/domain/oversight/show-regulator-desk.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { testApart as test, type TestContext } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { aListing, aTender, contextsOf, offering, sequencerOf } from '#tests/support/tenders.ts'

const kindsOf = ({ today }: { today: { kind: string }[] }) => today.map(({ kind }) => kind)

/** An office that asks for a service in its own words. */
async function demandOf(context: TestContext & { actor: { uscc?: string | null } }, text: string, at: Date): Promise<void> {
  const demand = DemandInput.parse({ caseNumber: null, projectCode: null, authority: context.actor.uscc, approvalItem: 'A01', demanded: { text }, demandedOn: dayOf(at) })
  await decide(context, { demand, say: ({ code }) => ({ text: code, source: '' }) })
}

test('an authority sees its refused demands and what it buys; its regulator sees them too, and nobody from elsewhere', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const db = database.owner
  const [office, governor, elsewhere] = [await make.authority(db, { divisionCode: '220106' }), await make.regulator(db), await make.regulator(db, { divisionCode: '220200' })]
  await demandOf(people(office) as never, '没有的服务', clock.now)
  const { code } = await make.project(db, office)
  const listing = await aListing(db)
  await draftTender(people(office), { projectCode: code, listingCode: listing.code, method: 'random', title: '本部门的采购', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 1_00 })
  const desk = await showAuthorityDesk(people(office))
  expect(kindsOf(desk)).toEqual(['demand-refused', 'draft-to-publish'])
  expect(desk).toMatchObject({ demands: { refused: 1, 'needs-facts': 0, allowed: 0 }, purchases: { drafts: 1 } })
  const watching = await showRegulatorDesk(people(governor))
  // Words that the list does not know are for the regulator to decide, beside the demand that they were used in.
  expect(watching.today).toMatchObject([{ kind: 'words-to-decide', note: office.organisationName }, { kind: 'demand-refused', note: office.organisationName, until: null }])
  expect(kindsOf(await showRegulatorDesk(people(elsewhere)))).toEqual([])
  clock.advance(15 * 86_400_000)
  expect(kindsOf(await showAuthorityDesk(people(office)))).toEqual(['draft-to-publish'])
  expect(kindsOf(await showRegulatorDesk(people(governor)))).toEqual(['words-to-decide'])
})

test('a regulator sees a list before it takes effect, and a tender that nobody closed', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const db = database.owner
  const governor = await make.regulator(db)
  const stage = await aTender(database, people)
  const { number } = (await db('catalogue_versions').where({ division_code: make.CHANGCHUN }).max({ number: 'number' }).first()) as { number: number }
  await db('catalogue_versions').where({ division_code: make.CHANGCHUN, number }).update({ effective_on: '2027-01-01', note: '新年清单' })
  clock.set(new Date(stage.tender.publication.closesAt.getTime() + 10 * 60_000))
  const { today, versions } = await showRegulatorDesk(people(governor))
  expect(today).toMatchObject([
    { kind: 'tender-stuck', subject: stage.number, left: { unit: 'late' } },
    { kind: 'list-upcoming', subject: String(number), title: '新年清单', left: { unit: 'wd' } },
  ])
  expect(versions[0]).toMatchObject({ number, effectiveOn: '2027-01-01' })
})

test('an operator sees what the machinery owes, and nothing where it owes nothing', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const runner = await make.operator(database.owner)
  const sequence = sequencerOf(database)
  const stage = await aTender(database, people)
  clock.set(new Date(stage.tender.publication.closesAt.getTime() + 1))
  expect(kindsOf(await showOperation(people(runner)))).toEqual(['ledger-late', 'tenders-overdue', 'messages-late'])
  while (((await sequence()) as { added: number }).added);
  await attendTender({ ...people(stage.owner), actor: SYSTEM }, { id: stage.tender.id })
  await database.owner('outbox_pending').delete()
  while (((await sequence()) as { added: number }).added);
  expect(kindsOf(await showOperation(people(runner)))).toEqual([])
})

test('an agency in want of a check is on the operator’s desk, a returned check and an old certificate on its own', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const db = database.owner
  const stage = await aTender(database, people)
  const [agency, runner] = [await offering(db, stage.listing), await make.operator(db)]
  const kind = (await db('qualification_kinds').first('code', 'name')) as { code: string; name: string }
  await db('agency_qualifications').insert({ id: crypto.randomUUID(), agency_id: agency.organisationId, kind: kind.code, issuer: '住建部门', number: 'A1', valid_until: dayOf(clock.now), added_at: clock.now })
  const operator = async () => (await showOperation(people(runner))).today.filter(({ subject }) => subject === agency.uscc).map((item) => item.kind)
  expect(await operator()).toEqual(['agency-to-check'])
  expect(kindsOf(await showAgencyDesk(people(agency)))).toEqual(['qualification-expiring', 'tender-to-bid'])
  await checkAgency(people(runner), { uscc: agency.uscc!, verdict: 'returned', reasons: ['licence-missing'], note: '' })
  expect(await operator()).toEqual([])
  // Nothing new may be bid for before the answer, so no tender is offered either.
  expect(kindsOf(await showAgencyDesk(people(agency)))).toEqual(['qualification-expiring', 'check-to-answer'])
  await answerCheck(people(agency), { answer: '已补传执照。' })
  expect(await operator()).toEqual(['check-answered'])
  while ((await deliverMessages(people(runner), 100)).events);
  const inbox = async (member: Member) => (await findMessages({ ...people(member), actor: member }, {})).messages.map((message) => message.kind)
  expect((await inbox(agency))[0]).toBe('check-returned')
  expect((await inbox(runner))[0]).toBe('check-answered')
  clock.advance(2 * 86_400_000)
  expect(kindsOf(await showAgencyDesk(people(agency)))).toContain('qualification-expired')
})
