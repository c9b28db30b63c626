import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { expect, vi } from 'vitest'
import { SYSTEM, type Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import type { PolicyName } from '#app/domain/divisions/policy.ts'
import { roundFrom, timeOfRound } from '#app/domain/draw/drand.ts'
import { fetchRounds } from '#app/domain/draw/fetch-rounds.server.ts'
import { readLottery, showReading } from '#app/domain/draw/read-lottery.server.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { takeRound } from '#app/domain/draw/take-round.server.ts'
import { makeSequencer } from '#app/domain/ledger/sequence.server.ts'
import { showOperation } from '#app/domain/oversight/show-operation.server.ts'
import { showRegulatorDesk } from '#app/domain/oversight/show-regulator-desk.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { findBeaconOf, listReadings } from '#db/repositories/beacons.ts'
import { findTender, listDueSteps } from '#db/repositories/tenders.ts'
import { test, type MakeContext, type TestClock, type TestContext, type TestDatabase } from '#tests/support/database.ts'
import { CHANGCHUN, operator, regulator } from '#tests/support/factories.ts'
import { aMirror, ownRound } from '#tests/support/own-drand.ts'
import { aTender, KEYRING, offering, setPeriods, withBidders, type Stage } from '#tests/support/tenders.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'

vi.mock('#app/domain/draw/drand.ts', async (original) => {
  const real = await original<typeof import('#app/domain/draw/drand.ts')>()
  return { ...real, QUICKNET: { ...real.QUICKNET, get publicKey() { return ownKey } } }
})
vi.mock('../../bin/verify/quicknet.ts', async (original) => {
  const real = await original<typeof import('../../bin/verify/quicknet.ts')>()
  return { QUICKNET: { ...real.QUICKNET, get publicKey() { return ownKey } } }
})
const { OWN_KEY: ownKey } = await import('#tests/support/own-drand.ts')

const PERIODS = { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, lowQuoteExplanation: { n: 5, unit: 's' }, publicity: { n: 40, unit: 's' }, decline: { n: 20, unit: 's' } } as const
const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))

async function setPolicy(db: Knex, values: Partial<Record<PolicyName, unknown>>): Promise<void> {
  for (const [name, value] of Object.entries({ drawSource: 'local', lotteryGame: 'ssq', drawAlgorithm: 'mingdan-draw/v1', ...values })) {
    await db('policy_parameters').where({ division_code: CHANGCHUN, name }).delete()
    await db('policy_parameters').insert({ division_code: CHANGCHUN, name, value: JSON.stringify(value), source: 'test', from_on: '2026-01-01' })
  }
}

/** A tender under a source, with a ledger whose checkpoints are signed by the standing clock. */
async function aSetting(database: TestDatabase, context: MakeContext, clock: TestClock, values: Partial<Record<PolicyName, unknown>>, method: 'random' | 'lowest-price' = 'random') {
  await setPeriods(database.owner, PERIODS)
  await setPolicy(database.owner, values)
  const make = (member: Member): TestContext => ({ ...context(member), keyring: KEYRING, mirrors: ['http://127.0.0.1:1'] })
  const stage = await aTender(database, make, { method })
  const system: TestContext = { ...context(SYSTEM), keyring: KEYRING }
  return { make, stage, system, sequence: makeSequencer({ db: database.ledger, keyring: KEYRING, clock, log: { warn: () => {} } }) }
}

/** Close and freeze, and the freeze under a checkpoint at the deadline. */
async function frozen({ system, sequence, stage }: Awaited<ReturnType<typeof aSetting>>, clock: TestClock): Promise<void> {
  clock.set(stage.tender.publication.closesAt)
  await attendTender(system, stage.tender)
  await sequence()
}

const stateOf = async (database: TestDatabase, { tender }: Stage, clock: TestClock) => statusAt((await findTender(database.owner, tender))!, clock.now)

async function colleagueOf(db: Knex, member: Member): Promise<Member> {
  const accountId = randomUUID()
  await db('accounts').insert({ id: accountId, display_name: '另一名人员', locale: 'zh', created_at: new Date('2026-01-05T01:00:00Z') })
  await db('memberships').insert({ account_id: accountId, organisation_id: member.organisationId, role: 'regulator', duty: 'delegate', since: new Date('2026-01-05T01:00:00Z') })
  return { ...member, accountId, duty: 'delegate' }
}

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
  expect(await fetchRounds(system, { mirrors, patience: 200 })).toEqual({ taken: 0, missing: [] })
  clock.set(timeOfRound(round))
  expect(await attendTender(system, tender)).toEqual({ steps: [] })
  expect((await listDueSteps(database.owner, clock.now, 50)).map(({ id }) => id)).not.toContain(tender.id)
  const { taken, missing } = await fetchRounds(system, { mirrors, patience: 200 })
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
