import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { dayOf, endOf, periodBefore, startOf, workingDaysBetween } from '#app/domain/calendar.ts'
import { warnOfLimits } from '#app/domain/contracts/warn-of-limits.server.ts'
import { deliverResult } from '#app/domain/contracts/deliver-result.server.ts'
import { acceptResult } from '#app/domain/contracts/answer-result.server.ts'
import { showAfterAward } from '#app/domain/contracts/show-after-award.server.ts'
import { showProjectTimes } from '#app/domain/contracts/show-project-times.server.ts'
import { exportServiceTimes, showServiceTimes } from '#app/domain/contracts/show-service-times.server.ts'
import { showAgencyDesk } from '#app/domain/desks/show-agency-desk.server.ts'
import { showAuthorityDesk } from '#app/domain/desks/show-authority-desk.server.ts'
import { showOwnerDesk } from '#app/domain/desks/show-owner-desk.server.ts'
import { showRegulatorDesk } from '#app/domain/oversight/show-regulator-desk.server.ts'
import { deliverMessages } from '#app/domain/notices/deliver-messages.server.ts'
import { findMessages } from '#app/domain/notices/find-messages.server.ts'
import { prepareTender } from '#app/domain/tenders/prepare-tender.server.ts'
import { aCaseFor, aFile, boundTender, contracted } from '#tests/support/contracts.ts'
import { testApart as test, type TestContext } from '#tests/support/database.ts'
import { authority, regulator } from '#tests/support/factories.ts'
import { contextsOf } from '#tests/support/tenders.ts'

const HOUR = 3_600_000
const kindsOf = ({ today }: { today: { kind: string }[] }) => today.map(({ kind }) => kind)
const inbox = async (make: (member: Member) => TestContext, member: Member) => {
  await deliverMessages(make(member), 500)
  return (await findMessages({ ...make(member), actor: member }, { unread: false })).messages.map(({ kind, params }) => `${kind}${'limit' in params ? ` ${params.limit}` : ''}`)
}

test('whoever has to act is warned before, on and after a limit, once each; both desks show the same clock', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const { number, owner, winner } = stage
  const desks = async () => [kindsOf(await showOwnerDesk(make(owner))), kindsOf(await showAgencyDesk(make(winner)))]
  expect(await desks()).toEqual([['contract-to-file'], ['contract-to-file']])
  await contracted(make, clock, stage, { days: 10 })
  expect(await desks()).toEqual([['result-awaited'], ['result-to-deliver']])
  const { due } = (await showAfterAward(make(winner), { number })).award!.limits[0]!
  expect(await warnOfLimits(make(winner))).toBe(0)
  clock.set(new Date(due.getTime() - 40 * HOUR))
  expect(await Promise.all([warnOfLimits(make(winner)), warnOfLimits(make(winner))])).toContain(1)
  clock.set(new Date(due.getTime() - 1))
  expect(await warnOfLimits(make(winner))).toBe(1)
  clock.set(due)
  expect([await warnOfLimits(make(winner)), await warnOfLimits(make(winner))]).toEqual([1, 0])
  expect((await inbox(make, winner)).filter((kind) => kind.startsWith('limit'))).toEqual(['limit-over deliver', 'limit-last-day deliver', 'limit-near deliver'])
  expect((await inbox(make, owner)).filter((kind) => kind.startsWith('limit'))).toEqual(['limit-over-there deliver'])
  expect((await showAfterAward(make(winner), { number })).award!.limits).toMatchObject([{ name: 'deliver', level: 'over', party: 'agency' }])

  // Who looks on has a line of it while it lasts: the regulator, and the office whose case waits for the result.
  const [office, other, governor] = [await authority(database.owner), await authority(database.owner), await regulator(database.owner)]
  await aCaseFor(database.owner, stage, office, { at: clock.now })
  const watched = async () => [await showRegulatorDesk(make(governor)), await showAuthorityDesk(make(office)), await showAuthorityDesk(make(other))].map(({ today }) => today.flatMap(({ kind, subject }) => (kind.startsWith('service-') ? `${kind} ${subject}` : [])))
  expect(await watched()).toEqual([[`service-over ${number}`], [`service-over ${number}`], []])
  const { id } = await deliverResult(make(winner), { number, name: '报告书', document: aFile(), handover: null })
  expect(await desks()).toEqual([['result-to-accept'], ['result-waiting']])
  expect(await watched()).toEqual([[], [], []])
  expect(await inbox(make, owner)).toContain('result-to-accept')
  await acceptResult(make(owner), { number, id })
  expect(await desks()).toEqual([[], []])
  expect(await warnOfLimits(make(winner))).toBe(0)
  expect(await inbox(make, winner)).toContain('result-accepted')

  const times = await showServiceTimes(make(owner))
  const { divisionCode } = stage.tender
  expect(times).toMatchObject({ total: 1, division: null, divisions: [{ code: divisionCode, count: 1 }], services: [{ code: stage.listing.code, count: 1 }] })
  expect(await showServiceTimes(make(owner), { divisionCode })).toMatchObject({ total: 1, division: { code: divisionCode }, services: times.services })
  expect(await showServiceTimes(make(owner), { divisionCode: '210100' })).toMatchObject({ total: 1, division: null })
  expect((await exportServiceTimes(make(owner))).items).toEqual([{ division: divisionCode, divisionName: expect.any(String), ...times.services[0] }])
  expect([times.latest, (await exportServiceTimes(make(owner), { most: 1 })).latest]).toEqual([null, null])
  expect([(await showServiceTimes(make(owner), { most: 0 })).latest, (await exportServiceTimes(make(owner), { most: 0 })).latest], 'the year had more than it may average').toEqual([0, 0])
  const { clock: split } = (await showAfterAward(make(owner), { number })).award!
  expect(times.services[0]).toMatchObject({ whole: split.whole, parties: split.totals })
  expect((await prepareTender(make(owner), { projectCode: stage.tender.projectCode, listingCode: stage.listing.code })).onFile).toMatchObject([{ id, number, validUntil: null }])
})

test('an office is warned of its own days in a case, which a hearing does not count', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const office = await authority(database.owner)
  const accepted = clock.now
  const { number } = await aCaseFor(database.owner, stage, office, { promisedDays: 5, states: [{ state: 3, at: accepted }, { state: 9, at: new Date(accepted.getTime() + 24 * HOUR) }], at: accepted })
  clock.set(new Date(accepted.getTime() + 30 * 24 * HOUR))
  const told = () => database.owner('limit_warnings').where({ about: 'case' }).orderBy('told_at').select('name', 'level')
  await warnOfLimits(make(office))
  expect(await told()).toEqual([])
  const caseKinds = async () => kindsOf(await showAuthorityDesk(make(office))).filter((kind) => kind.startsWith('case-'))
  expect(await caseKinds()).toEqual([])
  await database.owner('case_states').insert({ case_id: (await database.owner('cases').where({ number }).first('id')).id, place: 2, state: 10, at: clock.now })
  clock.advance(8 * 24 * HOUR)
  await warnOfLimits(make(office))
  await warnOfLimits(make(office))
  expect((await told()).map(({ name, level }: { name: string; level: string }) => `${name} ${level}`)).toContain('authority-promised over')
  expect(await database.owner('outbox').where({ type: 'marketplace.case-limit.warned.v1', subject: number })).toHaveLength((await told()).length)
  expect(await caseKinds()).toHaveLength(1)
  expect(await inbox(make, office)).toContain('case-limit-over authority-promised')
  // The regulator of the place has a line of it, and of another place none.
  const lineOf = async (given: object) => (await showRegulatorDesk(make(await regulator(database.owner, given)))).today.filter(({ kind }) => kind.startsWith('case-'))
  expect(await lineOf({})).toMatchObject([{ kind: 'case-promised', note: `${office.organisationName} · ${number}`, left: { unit: 'late' } }])
  expect(await lineOf({ divisionCode: '210100' })).toEqual([])
  // Its clock counts the same days on the page of the contract, and nobody else is warned of them.
  const { award } = await showAfterAward(make(office), { number: stage.number })
  expect(award).toMatchObject({ reader: 'authority', landing: { caseNumber: number } })
  expect(award!.clock.totals.special).toBeGreaterThan(15)
})

test('a limit that a hearing or a new promise moves is warned of again, once', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const office = await authority(database.owner)
  const accepted = clock.now
  const { id } = await aCaseFor(database.owner, stage, office, { promisedDays: 5, states: [{ state: 3, at: accepted }], at: accepted })
  const told = async () => (await database.owner('limit_warnings').where({ about_id: id, name: 'authority-promised' }).orderBy('told_at').select('level', 'due_at')).map(({ level, due_at }: { level: string; due_at: Date }) => `${level} ${dayOf(new Date(due_at.getTime() - 1))}`)
  const due = (n: number, from = accepted) => dayOf(new Date(endOf(from, { n, unit: 'wd' }).at.getTime() - 1))
  const warn = async () => Promise.all([warnOfLimits(make(office)), warnOfLimits(make(office))])
  clock.set(periodBefore(endOf(accepted, { n: 5, unit: 'wd' }).at, { n: 2, unit: 'wd' }))
  await warn()
  expect(await told()).toEqual([`near ${due(5)}`])
  const heard = clock.now
  clock.advance(20 * 24 * HOUR)
  await database.owner('case_states').insert([{ case_id: id, place: 1, state: 9, at: heard }, { case_id: id, place: 2, state: 10, at: clock.now }])
  await warn()
  const left = due(5 - workingDaysBetween(dayOf(accepted), dayOf(heard)), clock.now)
  expect(await told()).toEqual([`near ${due(5)}`, `near ${left}`])
  clock.advance(HOUR)
  await warn()
  expect(await told()).toHaveLength(2)
  await database.owner('cases').where({ id }).update({ promised_days: 6 })
  clock.set(startOf(left))
  await warn()
  expect((await told()).at(-1)).toMatch(/^near /)
  expect(new Set(await told()).size).toBe(3)
  expect(await database.owner('outbox').where({ type: 'marketplace.case-limit.warned.v1' }).whereRaw(`data ->> 'limit' = 'authority-promised'`)).toHaveLength(3)
})

test('a completed service ends with its accepted result, however long its case goes on', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const { number, owner, winner } = stage
  const office = await authority(database.owner)
  await contracted(make, clock, stage, { days: 10 })
  clock.advance(2 * 24 * HOUR)
  const { id: caseId } = await aCaseFor(database.owner, stage, office, { states: [{ state: 3, at: clock.now }], at: clock.now })
  clock.advance(5 * 24 * HOUR)
  const { id } = await deliverResult(make(winner), { number, name: '报告书', document: aFile(), handover: null })
  await acceptResult(make(owner), { number, id })
  const { clock: split } = (await showAfterAward(make(owner), { number })).award!
  const times = async () => (await showServiceTimes(make(owner))).services[0]!
  const first = await times()
  // What the office used while the service went on is part of it.
  expect(first).toMatchObject({ whole: split.whole, parties: split.totals })
  expect(first.parties.authority).toBeGreaterThan(0)
  clock.advance(30 * 24 * HOUR)
  expect((await showAfterAward(make(owner), { number })).award!.clock.whole).toBeGreaterThan(first.whole)
  expect(await times()).toEqual(first)
  await database.owner('case_states').insert([{ case_id: caseId, place: 1, state: 9, at: clock.now }, { case_id: caseId, place: 2, state: 11, at: clock.now }])
  expect(await times()).toEqual(first)
  expect(Object.values(first.parties).reduce((sum, days) => sum + days, 0)).toBe(first.whole)
})

test('a project’s whole time is warned of before, on and after its last day, once each, to applicant, offices at work and regulator', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const { owner, tender: { projectCode } } = stage
  const [office, other, decided] = [await authority(database.owner), await authority(database.owner), await authority(database.owner)]
  const [governor, elsewhere] = [await regulator(database.owner), await regulator(database.owner, { divisionCode: '210100' })]
  const accepted = clock.now
  for (const add of [
    () => aCaseFor(database.owner, stage, office, { states: [{ state: 3, at: accepted }], at: accepted }),
    () => aCaseFor(database.owner, stage, other, { states: [{ state: 3, at: accepted }], at: accepted, tied: false }),
    () => aCaseFor(database.owner, stage, decided, { states: [{ state: 3, at: accepted }, { state: 11, at: new Date(accepted.getTime() + HOUR) }], at: accepted, tied: false }),
  ]) await add()
  await database.owner('cases').where({ project_code: projectCode }).update({ applicant_uscc: owner.uscc })
  const { limit } = (await showProjectTimes({ ...make(owner), actor: owner }, { code: projectCode }))!.total!
  const { at: due } = endOf(accepted, { n: limit, unit: 'wd' })
  const kinds = async (member: Member) => (await inbox(make, member)).filter((kind) => kind.startsWith('project-limit'))
  const levels = async () => (await database.owner('project_limit_warnings').where({ project_code: projectCode }).orderBy('told_at').select('level', 'due_at')).map(({ level, due_at }: { level: string; due_at: Date }) => [level, due_at])
  const warn = async () => Promise.all([warnOfLimits(make(office)), warnOfLimits(make(office))])
  clock.set(new Date(periodBefore(due, { n: 2, unit: 'wd' }).getTime() - 1))
  await warn()
  expect(await levels()).toEqual([])
  for (const at of [clock.now.getTime() + 1, due.getTime() - 1, due.getTime(), due.getTime() + 1]) {
    clock.set(new Date(at))
    await warn()
  }
  expect(await levels()).toEqual([['near', due], ['last-day', due], ['over', due]])
  const all = ['project-limit-over', 'project-limit-last-day', 'project-limit-near']
  expect([await kinds(owner), await kinds(office), await kinds(other), await kinds(governor)]).toEqual([all, all, all, all])
  expect([await kinds(decided), await kinds(elsewhere), await kinds(stage.winner)]).toEqual([[], [], []])
  const { messages: [message] } = await findMessages({ ...make(owner), actor: owner }, { unread: false })
  expect(message).toMatchObject({ subject: projectCode, params: { code: projectCode, project: expect.any(String), days: limit, dueAt: due.toISOString() } })
  expect((await showProjectTimes({ ...make(owner), actor: owner }, { code: projectCode }))!.total).toMatchObject({ used: limit + 1, level: 'over' })
  // While papers are awaited nobody's time runs.
  await database.owner('case_states').insert((await database.owner('cases').where({ project_code: projectCode }).whereNot({ authority_id: decided.organisationId }).pluck('id')).map((case_id: string) => ({ case_id, place: 2, state: 6, at: clock.now })))
  clock.advance(40 * 24 * HOUR)
  await warn()
  expect(await levels()).toHaveLength(3)
})
