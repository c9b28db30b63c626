import { expect, vi } from 'vitest'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { roundFrom, timeOfRound } from '#app/domain/draw/drand.ts'
import { fetchRounds } from '#app/domain/draw/fetch-rounds.server.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { takeRound } from '#app/domain/draw/take-round.server.ts'
import { showOperation } from '#app/domain/oversight/show-operation.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { findBeaconOf } from '#db/repositories/beacons.ts'
import { findTender, listDueSteps } from '#db/repositories/tenders.ts'
import { aSetting, codeOf, frozen, stateOf } from '#tests/support/beacons.ts'
import { test } from '#tests/support/database.ts'
import { operator } from '#tests/support/factories.ts'
import { aMirror, ownRound } from '#tests/support/own-drand.ts'
import { served } from '#tests/support/served.ts'
import { offering, withBidders } from '#tests/support/tenders.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'

vi.mock('#app/domain/draw/drand.ts', async (original) => {
  const real = await original<typeof import('#app/domain/draw/drand.ts')>()
  return { ...real, QUICKNET: { ...real.QUICKNET, get publicKey() { return ownKey } } }
})
vi.mock('../../bin/verify/quicknet.ts', async (original) => {
  const real = await original<typeof import('../../bin/verify/quicknet.ts')>()
  return { QUICKNET: { ...real.QUICKNET, get publicKey() { return ownPoint } } }
})
const { OWN_KEY: ownKey, OWN_POINT: ownPoint } = await import('#tests/support/own-drand.ts')

test('a tender is drawn by the round that was fixed at publication, brought by the first mirror that is true', async ({ database, context, clock }) => {
  const setting = await aSetting(database, context, clock, { drawSource: 'drand' })
  const { stage, make, system, sequence } = setting
  const { number, tender } = stage
  await withBidders(database, make, stage, 3)
  const round = roundFrom(tender.publication.drawsAfter)
  const published = JSON.parse((await database.owner('ledger_entries').where({ id: tender.publicationEntry }).first()).body)
  expect(published.facts.draw).toMatchObject({ source: 'drand', round })
  expect((await showTender(system, { number })).awaited).toMatchObject({ source: 'drand', round, moved: false, covered: false })
  await frozen(setting, clock)
  expect((await showTender(system, { number })).awaited).toMatchObject({ round, moved: false, covered: true, late: false })

  const [honest, wrong, broken, slow, long] = await Promise.all([
    aMirror((asked) => ({ body: JSON.stringify(ownRound(asked)) })),
    aMirror((asked) => ({ body: JSON.stringify({ ...ownRound(asked + 1), round: asked }) })),
    aMirror(() => ({ body: '{"round":', status: 200 })),
    aMirror(() => null),
    aMirror(() => ({ body: JSON.stringify({ padding: 'x'.repeat(100_000) }) })),
  ])
  const mirrors = ['http://127.0.0.1:1', wrong.address, broken.address, slow.address, long.address, honest.address]
  clock.set(new Date(timeOfRound(round).getTime() - 1))
  expect(await fetchRounds(system, { mirrors, patience: 2_000 })).toEqual({ taken: 0, missing: [] })
  clock.set(timeOfRound(round))
  expect(await attendTender(system, tender)).toEqual({ steps: [] })
  expect((await listDueSteps(database.owner, clock.now, 50)).map(({ id }) => id)).not.toContain(tender.id)
  const { taken, missing } = await fetchRounds(system, { mirrors, patience: 2_000 })
  expect([taken, missing.map(({ why }) => why)]).toEqual([1, ['fetch failed', 'a false signature', expect.any(String), 'too slow', 'not an answer of drand']])
  expect(await findBeaconOf(database.owner, tender.id)).toMatchObject({ broughtBy: honest.address, beacon: { round, signature: ownRound(round).signature } })
  expect(await fetchRounds(system, { mirrors })).toEqual({ taken: 0, missing: [] })
  expect(honest.asked).toEqual([round])
  await Promise.all([honest, wrong, broken, slow, long].map(({ close }) => close()))

  expect((await listDueSteps(database.owner, clock.now, 50)).map(({ id }) => id)).toContain(tender.id)
  expect(await attendTender(system, tender)).toEqual({ steps: ['draw'] })
  expect(await stateOf(database, stage, clock)).toBe('publicity')
  await sequence()
  const { faults, passed } = verifyBundle(JSON.stringify(await showBundle(system, { number })), { keys: [] })
  expect(faults).toEqual([])
  expect(passed.map(({ value }) => value)).toContain(`round ${round} at ${timeOfRound(round).toISOString()}`)
})

test('any other round is refused, and so is a false or an early one; while the round is late nothing is hurried and the operator sees it', async ({ database, context, clock }) => {
  const setting = await aSetting(database, context, clock, { drawSource: 'drand' })
  const { stage, make, system } = setting
  const { tender, number } = stage
  await withBidders(database, make, stage, 2)
  const round = roundFrom(tender.publication.drawsAfter)
  const bring = (which: number, signature = ownRound(which).signature) => codeOf(takeRound(system, { id: tender.id, round: which, signature, from: 'test' }))
  expect(await takeRound(system, { id: tender.id, round, signature: ownRound(round).signature, from: 'test' }), 'nothing is frozen yet').toBe(false)
  await frozen(setting, clock)
  expect(await bring(round)).toBe('beacon.too-early')
  clock.set(new Date(tender.publication.drawsAfter.getTime() + 3 * 60_000))
  expect([await bring(round - 1), await bring(round + 1), await bring(round, ownRound(round + 1).signature), await bring(round, '00')]).toEqual(['beacon.other-round', 'beacon.other-round', 'beacon.not-signed', 'beacon.not-signed'])

  expect(await attendTender(system, tender)).toEqual({ steps: [] })
  expect(await stateOf(database, stage, clock)).toBe('frozen')
  expect((await showTender(system, { number })).awaited).toMatchObject({ late: true, round })
  const desk = await showOperation(make(await operator(database.owner)))
  expect(desk.today.find(({ subject }) => subject === number)).toMatchObject({ kind: 'beacon-late' })

  expect(await bring(round)).toBeNull()
  expect(await takeRound(system, { id: tender.id, round, signature: ownRound(round).signature, from: 'test' }), 'it was taken once').toBe(false)
  expect(await attendTender(system, tender)).toEqual({ steps: ['draw'] })
  expect((await showTender(system, { number })).awaited).toBeNull()
})

test('where the checkpoint over the freeze comes late the round moves on behind it, by rule', async ({ database, context, clock }) => {
  const { stage, make, system, sequence } = await aSetting(database, context, clock, { drawSource: 'drand' })
  const { tender, number } = stage
  await withBidders(database, make, stage, 2)
  clock.set(tender.publication.closesAt)
  await attendTender(system, tender)
  const planned = roundFrom(tender.publication.drawsAfter)
  clock.set(new Date(timeOfRound(planned).getTime() + 60_000))
  expect(await takeRound(system, { id: tender.id, round: planned, signature: ownRound(planned).signature, from: 'test' }), 'nothing covers the freeze').toBe(false)
  await sequence()
  expect(await codeOf(takeRound(system, { id: tender.id, round: planned, signature: ownRound(planned).signature, from: 'test' }))).toBe('beacon.other-round')
  expect((await showTender(system, { number })).awaited).toMatchObject({ round: planned + 21, moved: true })
  clock.advance(3_000)
  expect(await takeRound(system, { id: tender.id, round: planned + 21, signature: ownRound(planned + 21).signature, from: 'test' })).toBe(true)
  await attendTender(system, tender)
  await sequence()
  const { faults, passed } = verifyBundle(JSON.stringify(await showBundle(system, { number })))
  expect(faults).toEqual([])
  expect(passed.some(({ value }) => value?.includes(`Not the published round ${planned}`))).toBe(true)
})

test('equal prices are put in order by a round that comes after the opening and its checkpoint', async ({ database, context, clock }) => {
  const setting = await aSetting(database, context, clock, { drawSource: 'drand' }, 'lowest-price')
  const { stage, make, system, sequence } = setting
  const { tender, number } = stage
  for (const fen of [30_000_00, 30_000_00, 35_000_00]) await sealBidAtDoor(make(await offering(database.owner, stage.listing)), { number, quote: { kind: 'money', fen }, contribution: '' })
  await frozen(setting, clock)
  expect(await attendTender(system, tender)).toEqual({ steps: ['open'] })
  const { opening } = (await findTender(database.owner, tender))!
  await sequence()
  const round = roundFrom(opening!.decidesAfter, clock.now)
  clock.set(timeOfRound(round))
  expect(await attendTender(system, tender)).toEqual({ steps: [] })
  expect(await takeRound(system, { id: tender.id, round, signature: ownRound(round).signature, from: 'test' })).toBe(true)
  expect(await attendTender(system, tender)).toEqual({ steps: ['rank'] })
  expect(await stateOf(database, stage, clock)).toBe('publicity')
  const entry = await database.owner('ledger_entries').where({ subject: number, kind: 'bids.ranked' }).first()
  expect(JSON.parse(entry.body).facts.result).toMatchObject({ beacon: { source: 'drand', round }, covered: expect.any(String) })
})

test('where policy says so an order is made by RFC 3797, and it needs numbers from outside', async ({ database, context, clock }) => {
  const setting = await aSetting(database, context, clock, { drawSource: 'drand', drawAlgorithm: 'rfc3797' })
  const { stage, make, system, sequence } = setting
  const { tender, number } = stage
  await withBidders(database, make, stage, 4)
  await frozen(setting, clock)
  const round = roundFrom(tender.publication.drawsAfter)
  clock.set(timeOfRound(round))
  await takeRound(system, { id: tender.id, round, signature: ownRound(round).signature, from: 'test' })
  expect(await attendTender(system, tender)).toEqual({ steps: ['draw'] })
  await sequence()
  const bundle = await showBundle(system, { number })
  expect(JSON.stringify(bundle)).toContain('"rules":"rfc3797"')
  expect(verifyBundle(JSON.stringify(bundle)).faults).toEqual([])
  expect(await codeOf(aSetting(database, context, clock, { drawSource: 'local', drawAlgorithm: 'rfc3797' }))).toBe('tenders.algorithm-needs-numbers')
})

test('an outage over deadline and round gives everybody the time back, and a later round draws: the one that everybody has seen decides nothing', async ({ database, context, clock }) => {
  const { stage, make, system, sequence } = await aSetting(database, context, clock, { drawSource: 'drand' })
  const { tender, number } = stage
  await withBidders(database, make, stage, 2)
  const { closesAt, drawsAfter } = tender.publication
  const from = (minutes: number) => new Date(closesAt.getTime() + minutes * 60_000)
  await served(database, [[from(-600), from(-20)], [from(30), from(31)]])
  clock.set(from(31))
  expect(clock.now > drawsAfter, 'the round of publication is out').toBe(true)
  await attendTender(system, tender)
  const moved = (await findTender(database.owner, tender))!
  expect([moved.closing, moved.publication!.closesAt > clock.now]).toEqual([null, true])

  await served(database, [[from(-600), from(-20)], [from(30), moved.publication!.closesAt]])
  clock.set(moved.publication!.closesAt)
  await attendTender(system, tender)
  await sequence()
  const [first, round] = [roundFrom(drawsAfter), roundFrom(moved.publication!.drawsAfter!)]
  expect(round).toBeGreaterThan(first)
  clock.set(moved.publication!.drawsAfter!)
  clock.advance(60_000)
  expect(await codeOf(takeRound(system, { id: tender.id, round: first, signature: ownRound(first).signature, from: 'test' }))).toBe('beacon.other-round')
  await takeRound(system, { id: tender.id, round, signature: ownRound(round).signature, from: 'test' })
  expect(await attendTender(system, tender)).toEqual({ steps: ['draw'] })
  await sequence()
  expect(verifyBundle(JSON.stringify(await showBundle(system, { number }))).faults).toEqual([])
})
