import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { showProjectTimes } from '#app/domain/contracts/show-project-times.server.ts'
import { showTimedCase } from '#app/domain/contracts/show-timed-case.server.ts'
import { acceptResult } from '#app/domain/contracts/answer-result.server.ts'
import { deliverResult } from '#app/domain/contracts/deliver-result.server.ts'
import { aCaseFor, aFile, boundTender, contracted } from '#tests/support/contracts.ts'
import { testApart as test } from '#tests/support/database.ts'
import { authority, regulator } from '#tests/support/factories.ts'
import { queriesOf } from '#tests/support/queries.ts'
import { contextsOf } from '#tests/support/tenders.ts'

const DAY = 86_400_000

test('a case and its service have their bars, the service holds the case up, and the office’s days stand against its limits', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const as = (actor: Member) => ({ ...make(actor), actor })
  const stage = await boundTender(database, make, clock)
  const { number, owner, winner, tender } = stage
  const [office, governor] = [await authority(database.owner), await regulator(database.owner)]
  const received = new Date(clock.now.getTime() - 20 * DAY)
  const { id } = await aCaseFor(database.owner, stage, office, { promisedDays: 3, at: received, states: [{ state: 1, at: received }, { state: 6, at: received }] })
  await database.owner('cases').where({ id }).update({ applicant_uscc: owner.uscc })
  const { projectCode: code } = tender
  const times = async (who: Member) => (await showProjectTimes(as(who), { code }))!

  await contracted(make, clock, stage, { days: 10 })
  clock.advance(8 * DAY)
  const running = await times(owner)
  expect(running.cases).toMatchObject([{ id, used: 0, promised: 3, isOver: false, waiting: [{ milestone: 'to-deliver' }] }])
  expect(running.bars).toMatchObject([{ kind: 'case', goesOn: true }, { kind: 'service', tender: number, goesOn: true, spare: null }])
  const [file, service] = running.bars
  expect(service!.criticalDays).toBeGreaterThan(0)
  expect(file!.criticalDays + service!.criticalDays).toBe(running.path.whole)
  expect(running.path.whole).toBe(running.whole)
  expect(service!.parts.reduce((sum, { days }) => sum + days, 0)).toBe(service!.days)
  expect(running.total).toMatchObject({ used: 0, level: 'running' })

  const { id: result } = await deliverResult(make(winner), { number, name: '报告书', document: aFile(), handover: null })
  await acceptResult(make(owner), { number, id: result })
  const accepted = clock.now
  await database.owner('case_states').insert([{ case_id: id, place: 2, state: 7, at: accepted }, { case_id: id, place: 3, state: 3, at: accepted }])
  clock.advance(10 * DAY)
  const after = await times(owner)
  expect(after.bars).toMatchObject([{ goesOn: true }, { goesOn: false, milestone: 'landed' }])
  expect(after.path.totals).toMatchObject({ service: service!.criticalDays, between: 0 })
  expect(after.path.totals.case).toBe(after.cases[0]!.used)
  expect(after.cases[0]).toMatchObject({ limits: [{ name: 'authority-promised', level: 'over' }, expect.anything()].slice(0, after.cases[0]!.limits.length), waiting: [] })
  expect(after.total!.used).toBe(after.cases[0]!.used)

  // The regulator sees the same; the office its own cases, and so no total; anybody else nothing.
  expect(await times(governor)).toEqual(after)
  expect(await times(office)).toEqual({ ...after, total: null })
  for (const stranger of [winner, await authority(database.owner), await regulator(database.owner, { divisionCode: '210100' })]) expect(await showProjectTimes(as(stranger), { code })).toBeNull()

  const shown = await showTimedCase(as(office), id)
  expect(shown).toMatchObject({ clock: { running: 'authority' }, office: { promised: 3, used: after.cases[0]!.used }, services: [{ milestone: 'landed', clock: { running: 'authority' }, limits: [] }] })
  expect(shown.services[0]!.clock!.totals.agency).toBeGreaterThan(0)
})

test('a year of which nobody has said the holidays is said aloud', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const office = await authority(database.owner)
  const { id } = await aCaseFor(database.owner, stage, office, { at: clock.now, states: [{ state: 3, at: clock.now }] })
  const times = async () => (await showProjectTimes({ ...make(office), actor: office }, { code: stage.tender.projectCode }))!
  expect((await times()).uncovered).toEqual([])
  clock.advance(365 * DAY)
  expect((await times()).uncovered).toEqual([clock.now.getUTCFullYear()])
  expect((await showTimedCase({ ...make(office), actor: office }, id)).clock.uncovered).toEqual([clock.now.getUTCFullYear()])
})

test('a project of many cases is asked for in as many statements as one of a single case', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const office = await authority(database.owner)
  const by = { ...make(office), actor: office }
  const asked = () => queriesOf(by.db, () => showProjectTimes(by, { code: stage.tender.projectCode }))
  await aCaseFor(database.owner, stage, office)
  const one = await asked()
  for (let more = 0; more < 4; more++) await aCaseFor(database.owner, stage, office, { tied: false })
  expect(await showProjectTimes(by, { code: stage.tender.projectCode })).toMatchObject({ cases: Array(5).fill({ number: expect.any(String) }) })
  expect(await asked()).toHaveLength(one.length)
})
