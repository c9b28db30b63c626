import { expect } from 'vitest'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { readLottery, showReading } from '#app/domain/draw/read-lottery.server.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { showRegulatorDesk } from '#app/domain/oversight/show-regulator-desk.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { listReadings } from '#db/repositories/beacons.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { aSetting, codeOf, colleagueOf, frozen, setPolicy } from '#tests/support/beacons.ts'
import { test } from '#tests/support/database.ts'
import { CHANGCHUN, regulator } from '#tests/support/factories.ts'
import { served } from '#tests/support/served.ts'
import { aTender, KEYRING, withBidders } from '#tests/support/tenders.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'

test('a lottery decides when two officers read the same, each without seeing the other’s; what differs is read again', async ({ database, context, clock }) => {
  const setting = await aSetting(database, context, clock, { drawSource: 'lottery' })
  const { stage, make, system, sequence } = setting
  const { tender, number } = stage
  await withBidders(database, make, stage, 3)
  const one = await regulator(database.owner)
  const other = await colleagueOf(database.owner, one)
  const good = { number, issue: '2026123', day: '2026-11-22', numbers: [[33, 1, 5, 18, 9, 26], [7]], pause: '' }
  expect(await codeOf(readLottery(make(one), good))).toBe('beacon.not-awaited')
  await frozen(setting, clock)
  expect((await showTender(system, { number })).awaited).toMatchObject({ source: 'lottery', game: 'ssq', day: '2026-11-22' })
  expect(await codeOf(readLottery(make(one), good))).toBe('beacon.too-early')
  expect((await showReading(make(one), { number })).state).toBe('too-early')

  clock.set('2026-11-22T22:00')
  expect((await showRegulatorDesk(make(one))).today.find(({ subject }) => subject === number)).toMatchObject({ kind: 'lottery-to-read' })
  expect(await codeOf(readLottery(make(await regulator(database.owner, { divisionCode: '210100' })), good))).toBe('tenders.no-such-tender')
  expect(await codeOf(readLottery(make(stage.owner), good))).toBe('accounts.not-allowed')
  expect(await codeOf(readLottery(make(one), { ...good, day: '2026-11-24', pause: '财政部公告' }))).toBe('beacon.too-early')
  expect(await readLottery(make(one), good)).toEqual({ outcome: 'first' })
  expect(await codeOf(readLottery(make(one), good))).toBe('beacon.same-officer')
  // Until the second has read nothing public, and no page of the second, says what the first typed.
  const page = await showReading(make(other), { number })
  expect([page.state, JSON.stringify(page)]).toEqual(['other-is-in', expect.not.stringContaining('2026123')])
  const bodies = (await database.owner('ledger_entries').where({ subject: number }).pluck('body')) as string[]
  expect(bodies.join()).not.toContain('2026123')

  expect(await readLottery(make(other), { ...good, numbers: [[33, 1, 5, 18, 9, 26], [8]] })).toEqual({ outcome: 'disputed' })
  expect(await attendTender(system, tender)).toEqual({ steps: [] })
  expect((await showReading(make(one), { number })).disputed).toHaveLength(2)
  expect(await readLottery(make(other), good)).toEqual({ outcome: 'first' })
  expect(await readLottery(make(one), { ...good, numbers: [[1, 5, 9, 18, 26, 33], [7]] })).toEqual({ outcome: 'accepted' })
  expect(await codeOf(readLottery(make(one), good))).toBe('beacon.not-awaited')
  expect(await listReadings(database.owner, tender.id)).toHaveLength(4)

  expect(await attendTender(system, tender)).toEqual({ steps: ['draw'] })
  await sequence()
  const bundle = await showBundle(system, { number })
  expect(verifyBundle(JSON.stringify(bundle)).faults).toEqual([])
  const kinds = (await database.owner('ledger_entries').where({ subject: number }).orderBy('ordinal').pluck('kind')) as string[]
  expect(kinds.filter((kind) => /lottery|beacon/.test(kind))).toEqual(['lottery.read', 'lottery.read', 'beacon.disputed', 'lottery.read', 'lottery.read', 'beacon.accepted'])
  const accepted = JSON.parse((await database.owner('ledger_entries').where({ subject: number, kind: 'beacon.accepted' }).first()).body)
  expect(accepted.facts.readings.map(({ duty }: { duty: string }) => duty)).toEqual(['delegate', 'manager'])
  expect(JSON.stringify(accepted)).not.toContain(one.displayName)
})

test('two officers who press at once are two readings, and the value is taken once', async ({ database, context, clock }) => {
  const setting = await aSetting(database, context, clock, { drawSource: 'lottery', lotteryGame: 'dlt' })
  const { stage, make } = setting
  await withBidders(database, make, stage, 2)
  await frozen(setting, clock)
  clock.set('2026-11-21T22:00')
  const one = await regulator(database.owner)
  const other = await colleagueOf(database.owner, one)
  const reading = { number: stage.number, issue: '26123', day: '2026-11-21', numbers: [[1, 2, 3, 4, 5], [11, 12]], pause: '' }
  const outcomes = await Promise.all([one, other, one].map((member) => readLottery(make(member), reading).then(({ outcome }) => outcome, (error) => error.code as string)))
  expect(outcomes.filter((outcome) => outcome === 'first' || outcome === 'accepted').sort()).toEqual(['accepted', 'first'])
  expect(await listReadings(database.owner, stage.tender.id)).toHaveLength(2)
})

test('no tender promises a source that cannot be read, and a large sum is published under one that nobody here moves', async ({ database, context }) => {
  await setPolicy(database.owner, { drawSource: 'drand' })
  expect(await codeOf(aTender(database, (member) => ({ ...context(member), keyring: KEYRING })))).toBe('tenders.source-not-available')
  await setPolicy(database.owner, { drawSource: 'lottery', localDrawCeiling: 100 })
  await database.owner('marketplaces').where({ division_code: CHANGCHUN }).update({ demo: false })
  const { tender } = await aTender(database, (member) => ({ ...context(member), keyring: KEYRING }))
  expect(tender.publication.procedure).toMatchObject({ randomness: { source: 'lottery', game: 'ssq' } })
  await setPolicy(database.owner, { localDrawCeiling: 100 })
  expect(await codeOf(aTender(database, (member) => ({ ...context(member), keyring: KEYRING })))).toBe('tenders.source-too-weak')
})

test('an outage over deadline and drawing gives everybody the time back, and a later drawing is awaited', async ({ database, context, clock }) => {
  const { stage, make, system } = await aSetting(database, context, clock, { drawSource: 'lottery' })
  const { tender, number } = stage
  await withBidders(database, make, stage, 2)
  const { closesAt } = tender.publication
  const days = (count: number) => new Date(closesAt.getTime() + count * 86_400_000)
  const before = (await showTender(system, { number })).awaited
  await served(database, [[days(-5), new Date(closesAt.getTime() - 20 * 60_000)], [days(5), days(6)]])
  clock.set(days(6))
  await attendTender(system, tender)
  const moved = (await findTender(database.owner, tender))!
  expect([moved.closing, moved.publication!.closesAt > clock.now]).toEqual([null, true])
  const awaited = (await showTender(system, { number })).awaited
  expect([before, awaited]).toMatchObject([{ source: 'lottery' }, { source: 'lottery' }])
  expect(String((awaited as { day: string }).day) > String((before as { day: string }).day)).toBe(true)
})
