import { expect } from 'vitest'
import { SYSTEM, type Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { showAgencyDesk } from '#app/domain/desks/show-agency-desk.server.ts'
import { showAuthorityDesk } from '#app/domain/desks/show-authority-desk.server.ts'
import { showOwnerDesk } from '#app/domain/desks/show-owner-desk.server.ts'
import { deliverMessages } from '#app/domain/notices/deliver-messages.server.ts'
import { findMessages } from '#app/domain/notices/find-messages.server.ts'
import { showOperation } from '#app/domain/oversight/show-operation.server.ts'
import { showRegulatorDesk } from '#app/domain/oversight/show-regulator-desk.server.ts'
import { answerQuestion } from '#app/domain/tenders/answer-question.server.ts'
import { askQuestion } from '#app/domain/tenders/ask-question.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { handOverDraft } from '#app/domain/tenders/hand-over-draft.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { republishTender } from '#app/domain/tenders/republish-tender.server.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { testApart as test } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { aListing, aTender, contextsOf, offering, sequencerOf, setPeriods } from '#tests/support/tenders.ts'

const kindsOf = ({ today }: { today: { kind: string }[] }) => today.map(({ kind }) => kind)

test('an owner’s desk follows a tender from the draft to the failure and its republication', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const me = people(stage.owner)
  clock.advance(1000)
  await draftTender(me, { projectCode: stage.tender.projectCode, listingCode: stage.listing.code, method: 'random', title: '第二个公告', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 1_00 })
  const first = await showOwnerDesk(me)
  expect(kindsOf(first)).toEqual(['tender-open', 'draft-to-publish'])
  expect(first.today[0]).toMatchObject({ subject: stage.number, until: stage.tender.publication.closesAt, left: { unit: 'wd' } })
  expect(first.counts).toEqual({ drafts: 1, running: 1, awarded: 0, failed: 0 })
  clock.set(stage.tender.publication.closesAt)
  expect(kindsOf(await showOwnerDesk(me))).toEqual(['tender-drawing', 'draft-to-publish'])
  await attendTender({ ...me, actor: SYSTEM }, { id: stage.tender.id })
  expect(kindsOf(await showOwnerDesk(me))).toEqual(['tender-failed', 'draft-to-publish'])
  await republishTender(me, { id: stage.tender.id })
  expect(kindsOf(await showOwnerDesk(me))).toEqual(['draft-to-publish', 'draft-to-publish'])
  // Somebody else's desk has nothing of it.
  expect(await showOwnerDesk(people(await make.owner(database.owner)))).toEqual({ today: [], counts: { drafts: 0, running: 0, awarded: 0, failed: 0 } })
})

test('an agency’s desk shows what it may bid in by the rules of the bid, and its own bids until they are drawn', async ({ database, context, clock }) => {
  await setPeriods(database.owner, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' } })
  const people = contextsOf(context)
  const sequence = sequencerOf(database)
  const stage = await aTender(database, people)
  const db = database.owner
  const [agency, other, elsewhere, related] = [await offering(db, stage.listing), await offering(db, stage.listing), await offering(db, stage.listing), await offering(db, stage.listing)]
  await db('offerings').where({ agency_id: elsewhere.organisationId }).update({ service_divisions: ['220200'] })
  await db('organisations').whereIn('id', [related.organisationId, stage.owner.organisationId]).update({ phone: '0431-88886666' })
  const desk = async (member: Member) => kindsOf(await showAgencyDesk(people(member)))
  expect(await desk(agency)).toEqual(['tender-to-bid'])
  expect(await desk(elsewhere)).toEqual([])
  expect(await desk(related)).toEqual([])
  expect(await desk(await make.agency(db))).toEqual([])
  for (const member of [agency, other]) await submitBid(people(member), { number: stage.number, contribution: '' })
  expect(await desk(agency)).toEqual(['bid-standing'])
  await db('offerings').where({ agency_id: agency.organisationId }).update({ withdrawn_at: clock.now })
  expect(await desk(agency)).toEqual(['bid-standing'])
  clock.advance(60_000)
  await attendTender(people(stage.owner), { id: stage.tender.id })
  await sequence()
  expect(await desk(agency)).toEqual(['bid-drawing'])
  clock.advance(30_000)
  const awarded = await attendTender(people(stage.owner), { id: stage.tender.id })
  expect(awarded.steps).toEqual(['draw'])
  const tender = (await findTender(database.owner, { id: stage.tender.id }))!
  const desks = async () => [...(await desk(agency)), ...(await desk(other))]
  expect(await desks()).toEqual(['award-to-decline'])
  expect(await showOwnerDesk(people(stage.owner))).toMatchObject({ today: [{ kind: 'result-public', until: tender.publicityEndsAt }], counts: { awarded: 1 } })
  clock.set(tender.declineUntil!)
  expect(await desks()).toEqual(tender.declineUntil! < tender.publicityEndsAt! ? ['award-public'] : ['contract-to-file'])
  clock.set(tender.publicityEndsAt!)
  // Once the award binds both of them have a contract to file.
  expect(await desks()).toEqual(['contract-to-file'])
  expect(kindsOf(await showOwnerDesk(people(stage.owner)))).toEqual(['contract-to-file'])
})

test('a draft that a delegate hands over waits for the manager, in the inbox of managers alone', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const db = database.owner
  const [manager, listing] = [await make.owner(db), await aListing(db)]
  const delegate: Member = { ...manager, accountId: crypto.randomUUID(), duty: 'delegate' }
  await db('accounts').insert({ id: delegate.accountId, display_name: '同事', locale: 'zh', created_at: clock.now })
  await db('memberships').insert({ account_id: delegate.accountId, organisation_id: manager.organisationId, role: 'owner', duty: 'delegate', since: clock.now })
  const { code } = await make.project(db, manager)
  const { id } = await draftTender(people(delegate), { projectCode: code, listingCode: listing.code, method: 'random', title: '水土保持监测', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 1_00 })
  await handOverDraft(people(delegate), { id })
  expect(kindsOf(await showOwnerDesk(people(manager)))).toEqual(['draft-handed-over'])
  while ((await deliverMessages(people(manager), 100)).events);
  const inbox = async (member: Member) => (await findMessages({ ...people(member), actor: member }, {})).messages.map(({ kind, subject }) => `${kind} ${subject}`)
  expect(await inbox(manager)).toEqual([`draft-handed-over ${id}`])
  expect(await inbox(delegate)).toEqual([])
})

test('a direct selection is on the desk and in the inbox of the agency that it names, and of no other', async ({ database, context }) => {
  const people = contextsOf(context)
  const db = database.owner
  const [buyer, listing] = [await make.owner(db), await aListing(db)]
  const [named, other] = [await offering(db, listing), await offering(db, listing)]
  const { code } = await make.project(db, buyer)
  const { id } = await draftTender(people(buyer), { projectCode: code, listingCode: listing.code, method: 'direct', title: '续做水土保持监测', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 30_000_00, namedAgency: `${named.organisationName} ${named.uscc}`, directReason: '同一项目前一阶段由该机构完成，资料齐全。' })
  await publishTender(people(buyer), { id })
  while ((await deliverMessages(people(buyer), 100)).events);
  const inbox = async (member: Member) => (await findMessages({ ...people(member), actor: member }, {})).messages.map(({ kind }) => kind)
  expect(kindsOf(await showAgencyDesk(people(named)))).toEqual(['direct-to-accept'])
  expect(kindsOf(await showAgencyDesk(people(other)))).toEqual([])
  expect(await inbox(named)).toEqual(['named-in-tender'])
  expect(await inbox(other)).toEqual([])
})

test('a question stands first on the owner’s desk, and on the regulator’s once it is late; the clockwork is not blamed for it', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const [agency, governor, runner] = [await offering(database.owner, stage.listing), await make.regulator(database.owner), await make.operator(database.owner)]
  const question = await askQuestion(people(agency), { number: stage.number, question: '成果需要几份？' })
  const desk = await showOwnerDesk(people(stage.owner))
  expect(desk.today).toMatchObject([{ kind: 'question-to-answer', count: 1, until: question.answerBy }])
  expect(kindsOf(await showRegulatorDesk(people(governor)))).toEqual([])
  clock.set(new Date(Math.max(question.answerBy.getTime(), stage.tender.publication.closesAt.getTime()) + 10 * 60_000))
  expect(kindsOf(await showRegulatorDesk(people(governor)))).toEqual(['question-overdue'])
  expect(kindsOf(await showOperation(people(runner)))).not.toContain('tenders-overdue')
  await answerQuestion(people(stage.owner), { number: stage.number, id: question.id, answer: '两份。' })
  expect(kindsOf(await showOwnerDesk(people(stage.owner)))).toEqual(['tender-drawing'])
  expect(kindsOf(await showRegulatorDesk(people(governor)))).toEqual(['tender-stuck'])
})

test('a desk is for its own role', async ({ database, context }) => {
  const people = contextsOf(context)
  const [agency, owner] = [await make.agency(database.owner), await make.owner(database.owner)]
  const forbidden = { kind: 'forbidden', code: 'accounts.not-allowed' }
  await expect(showOwnerDesk(people(agency))).rejects.toMatchObject(forbidden)
  for (const show of [showAgencyDesk, showAuthorityDesk, showRegulatorDesk, showOperation]) await expect(show(people(owner))).rejects.toMatchObject(forbidden)
})
