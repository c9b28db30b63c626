import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { placeQuote } from '#app/domain/bids/place-quote.server.ts'
import { showAuction, watchAuction } from '#app/domain/bids/show-auction.server.ts'
import { tellAuctionStart } from '#app/domain/bids/tell-auction-start.server.ts'
import { showAgencyDesk } from '#app/domain/desks/show-agency-desk.server.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { approveOutage } from '#app/domain/oversight/approve-outage.server.ts'
import { proposeOutage } from '#app/domain/oversight/propose-outage.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { suspendTender } from '#app/domain/tenders/suspend-tender.server.ts'
import { dueStep, statusAt } from '#app/domain/tenders/tender.ts'
import { listUntoldStarts } from '#db/repositories/auctions.ts'
import { listDueSteps } from '#db/repositories/tenders.ts'
import { test } from '#tests/support/database.ts'
import { operator, regulator } from '#tests/support/factories.ts'
import { interrupted, later } from '#tests/support/interrupted.ts'
import { sequencerOf } from '#tests/support/tenders.ts'
import { verifyAtOnce } from '../../bin/verify/at-once.ts'

const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))
const REASON = '运营商线路中断，外部无法访问。'

test('an outage in the second round gives that round again instead of an end, once with twenty at a time; then it ends, and anybody counts it again', async ({ database, context, clock }) => {
  const { make, number, owner, members: [one, two, three], tender, startsAt, endsAt, quote, find, end, silent, told } = await interrupted(database, context, clock)
  await quote(one!, 49_000)
  clock.set(later(startsAt, 45))
  await quote(two!, 48_000)
  await silent([[48, 75]], later(endsAt, 5))
  clock.set(later(endsAt, 5))
  // Until somebody looks for outages nothing is shown that was not shown before, and no quote is taken.
  expect(await showAuction(make(one!), { number })).toMatchObject({ ended: false, now: { phase: 'over', bestFen: 48_000_00, next: null, quotes: 2 }, own: { rank: 2 } })
  expect(await codeOf(quote(three!, 40_000))).toBe('auction.over')
  await Promise.all(Array.from({ length: 20 }, end))
  const [extended, ...others] = await told()
  expect(others).toEqual([])
  const [start, last] = [later(endsAt, 65), later(endsAt, 105)]
  expect(extended).toMatchObject({ kind: 'auction.extended', facts: { extension: { number: 1, cause: 'outage', gap: { from: later(startsAt, 48).toISOString(), until: later(startsAt, 75).toISOString() }, fromEndsAt: endsAt.toISOString(), startsAt: start.toISOString(), endsAt: last.toISOString() } } })
  const held = await find()
  expect(held.publication!.announceBy).toEqual(later(tender.publication.announceBy!, 105))
  expect([held.auction, held.opening, statusAt(held, clock.now), dueStep(held, clock.now)]).toEqual([{ startsAt, endsAt: last, further: [{ startsAt: start, endsAt: last }] }, null, 'auction', null])
  expect((await listDueSteps(database.app, clock.now, 1000)).filter(({ id }) => id === tender.id)).toEqual([])

  // Between the rounds: nobody is named, nothing may be quoted or held, and whoever bids sees when it goes on.
  expect(await codeOf(quote(three!, 40_000))).toBe('auction.paused')
  const seen = await showAuction(make(two!), { number })
  expect(seen).toMatchObject({ ended: false, stopped: null, endsAt: last, now: { phase: 'paused', round: null, rounds: 4, next: { number: 4, startsAt: start }, bestFen: 48_000_00 }, own: { rank: 1, highestFen: 47_500_00, quotesLeft: 10 } })
  expect(await watchAuction(context(), tender.id)).toMatchObject({ ended: false, times: { endsAt: last, further: [{ startsAt: start }] } })
  for (const reader of [owner, one!]) {
    const page = await showTender(make(reader), { number })
    expect(page.furtherRounds).toMatchObject([{ ordinal: 1, cause: 'outage', reason: '' }])
    for (const { uscc, organisationName } of [two!, three!]) expect([JSON.stringify(page).includes(uscc!), JSON.stringify(page).includes(organisationName)]).toEqual([false, false])
  }
  expect((await showAgencyDesk({ ...make(two!), actor: two! })).today).toContainEqual(expect.objectContaining({ kind: 'auction-coming', until: start }))
  expect(await codeOf(suspendTender(make(await regulator(database.owner)), { number, lasting: { n: 5, unit: 'd' }, reason: REASON, basis: '政府采购法第五十七条' }))).toBe('changes.suspend-auction')
  expect([(await listUntoldStarts(database.app, start, 50)).filter(({ id }) => id === tender.id), await tellAuctionStart(make(owner), tender)]).toEqual([[], false])

  // A further round is one like the others: a step below the best of all before, and one's own.
  clock.set(later(start, -0.001))
  expect(await codeOf(quote(three!, 40_000))).toBe('auction.paused')
  clock.set(start)
  expect(await codeOf(quote(three!, 47_500.01))).toBe('auction.not-lower')
  expect(await quote(three!, 47_500)).toMatchObject({ round: 4, sequence: 3 })
  clock.set(later(last, -0.001))
  expect(await quote(one!, 40_000)).toMatchObject({ round: 4 })
  clock.set(last)
  expect(await codeOf(quote(two!, 30_000))).toBe('auction.over')
  await silent([[48, 75]], last)
  await Promise.all(Array.from({ length: 5 }, end))
  expect((await told()).map(({ kind }) => kind)).toEqual(['auction.extended', 'auction.ended'])
  await sequencerOf(database)()
  clock.set((await find()).opening!.decidesAfter)
  await attendTender(make(owner), tender)
  await sequencerOf(database)()
  const bundle = await showBundle(make(owner), { number })
  expect([bundle.winner, bundle.method === 'live-auction' && bundle.steps.extensions?.length]).toEqual([one!.uscc, 1])
  const { faults, passed } = verifyAtOnce({ bundle: JSON.stringify(bundle) })
  expect(faults).toEqual([])
  expect(passed.map(({ sentence }) => sentence)).toContainEqual(expect.stringMatching(/^Further rounds were given once/))
})

test('further rounds that an outage takes are given again, and each outage once', async ({ database, context, clock }) => {
  const { make, number, owner, members: [one, two], tender, startsAt, endsAt, quote, find, end, silent, told } = await interrupted(database, context, clock)
  const id = randomUUID()
  await quote(one!, 49_000)
  await silent([[35, 70]], endsAt)
  clock.set(endsAt)
  await end()
  // Rounds four and five; of the fifth and what follows nobody sees anything.
  const last = (await find()).auction!.endsAt
  expect(last).toEqual(later(endsAt, 60 + 80))
  clock.set(later(last, -80))
  const receipt = (await placeQuote(make(two!), { number, id, amountFen: 48_000_00 })).receipt
  await silent([[35, 70], [225, 300]], later(startsAt, 301))
  clock.set(later(startsAt, 301))
  await end()
  expect(await told()).toMatchObject([{ facts: { extension: { number: 1 } } }, { facts: { extension: { number: 2, fromEndsAt: last.toISOString(), startsAt: later(startsAt, 361).toISOString(), endsAt: later(startsAt, 401).toISOString() } } }])
  clock.set(later(startsAt, 361))
  expect(await quote(one!, 47_000)).toMatchObject({ round: 6 })
  clock.set(later(startsAt, 401))
  await silent([[35, 70], [225, 300]], clock.now)
  await end()
  expect((await told()).map(({ kind }) => kind)).toEqual(['auction.extended', 'auction.extended', 'auction.ended'])
  await sequencerOf(database)()
  clock.set((await find()).opening!.decidesAfter)
  await attendTender(make(owner), tender)
  await sequencerOf(database)()
  const bundle = JSON.stringify(await showBundle(make(owner), { number }))
  expect(verifyAtOnce({ bundle, receipt }).faults).toEqual([])
})

test('an outage that the rule bears gives nothing; while one lasts nothing is decided; and what publication did not promise is not given', async ({ database, context, clock }) => {
  const short = await interrupted(database, context, clock)
  await short.silent([[10, 30], [100, 118]], short.endsAt)
  clock.set(short.endsAt)
  await short.end()
  expect((await short.told()).map(({ kind }) => kind)).toEqual(['tender.failed'])

  const lasting = await interrupted(database, context, clock)
  await lasting.silent([], later(lasting.startsAt, 90))
  clock.set(later(lasting.endsAt, 30))
  await lasting.end()
  expect(await lasting.told()).toEqual([])
  expect(dueStep(await lasting.find(), clock.now)).toBe('end')
  await lasting.silent([[90, 160]], later(lasting.endsAt, 45))
  clock.set(later(lasting.endsAt, 45))
  await attendTender(lasting.system, lasting.tender)
  expect(await lasting.told()).toMatchObject([{ kind: 'auction.extended', facts: { extension: { startsAt: later(lasting.endsAt, 105).toISOString(), endsAt: later(lasting.endsAt, 145).toISOString() } } }])

  // Two that both count are answered together, without a break between their rounds.
  const twice = await interrupted(database, context, clock)
  await twice.silent([[10, 35], [90, 115]], twice.endsAt)
  clock.set(twice.endsAt)
  await twice.end()
  expect((await twice.find()).auction!.further).toEqual([{ startsAt: later(twice.endsAt, 60), endsAt: later(twice.endsAt, 100) }, { startsAt: later(twice.endsAt, 100), endsAt: later(twice.endsAt, 140) }])

  const before = await interrupted(database, context, clock)
  await database.owner('tenders').where({ id: before.tender.id }).update({ procedure: database.owner.raw(`procedure #- '{auction,outage}'`) })
  await before.silent([[10, 90]], before.endsAt)
  clock.set(before.endsAt)
  await before.end()
  expect((await before.told()).map(({ kind }) => kind)).toEqual(['tender.failed'])
})

test('what two operators say gives rounds while the auction runs, not twice, and not once its end is on record', async ({ database, context, clock }) => {
  const { make, members: [one, two], startsAt, endsAt, quote, find, end, silent, told, number } = await interrupted(database, context, clock)
  const [first, second] = [await operator(database.owner), await operator(database.owner)]
  const say = async (from: number, until: number) => approveOutage(make(second), await proposeOutage(make(first), { gap: { from: later(startsAt, from), until: later(startsAt, until) }, reason: REASON }))
  await quote(one!, 49_000)
  clock.set(later(startsAt, 80))
  expect(await say(5, 20)).toEqual({ extended: [] })
  expect(await say(10, 45)).toEqual({ extended: [number] })
  expect(await say(30, 70)).toEqual({ extended: [] })
  const [start, last] = [later(startsAt, 140), later(startsAt, 220)]
  expect(await told()).toMatchObject([{ kind: 'auction.extended', facts: { extension: { cause: 'operator', startsAt: start.toISOString(), endsAt: last.toISOString() } } }])
  expect((await find()).auction).toEqual({ startsAt, endsAt: last, further: [{ startsAt: start, endsAt: last }] })
  // The third round runs on meanwhile, to its own end.
  expect(await quote(two!, 48_000)).toMatchObject({ round: 3 })
  clock.set(endsAt)
  expect(await codeOf(quote(one!, 40_000))).toBe('auction.paused')
  expect((await showTender(make(one!), { number })).furtherRounds).toMatchObject([{ cause: 'operator', reason: REASON }])
  clock.set(last)
  // What was measured of the same time is answered already.
  await silent([[12, 44]], last)
  await end()
  expect((await told()).map(({ kind }) => kind)).toEqual(['auction.extended', 'auction.ended'])
  expect(await say(150, 190)).toEqual({ extended: [] })
  await expect(database.app('auction_extensions').insert({ tender_id: (await find()).id, ordinal: 2, cause: 'operator', reason: REASON, from_ends_at: last, starts_at: later(last, 60), ends_at: later(last, 100), gap_from: startsAt, gap_until: start, extended_at: last, ledger_entry_id: (await find()).publicationEntry })).rejects.toThrow(/has ended/)
})

test('the end in force moves by an extension alone, and from the end that stands', async ({ database, context, clock }) => {
  const { startsAt, endsAt, find, tender } = await interrupted(database, context, clock)
  await expect(database.app('tender_auctions').where({ tender_id: tender.id }).update({ ends_at: later(endsAt, 60) })).rejects.toThrow(/permission denied/)
  const row = { tender_id: tender.id, ordinal: 1, cause: 'outage', reason: '', from_ends_at: later(endsAt, -1), starts_at: later(endsAt, 60), ends_at: later(endsAt, 100), gap_from: startsAt, gap_until: later(startsAt, 30), extended_at: endsAt, ledger_entry_id: (await find()).publicationEntry }
  await expect(database.app('auction_extensions').insert(row)).rejects.toThrow(/not in force/)
  await database.app('auction_extensions').insert({ ...row, from_ends_at: endsAt })
  for (const change of [database.app('auction_extensions').where({ tender_id: tender.id }).update({ ends_at: endsAt }), database.app('auction_extensions').where({ tender_id: tender.id }).delete()]) await expect(change).rejects.toThrow(/permission denied/)
})

test('an owner may end it before the further rounds are over; after the last one nothing is given that nobody could quote in', async ({ database, context, clock }) => {
  const paused = await interrupted(database, context, clock)
  await paused.silent([[10, 60]], paused.endsAt)
  clock.set(paused.endsAt)
  await paused.end()
  expect((await cancelTender(paused.make(paused.owner), { number: paused.number, reason: REASON })).cancellation).toMatchObject({ afterValue: false })
  expect(await showAuction(paused.make(paused.members[0]!), { number: paused.number })).toMatchObject({ ended: true, now: { phase: 'over' } })

  const over = await interrupted(database, context, clock)
  await over.silent([[10, 60]], over.endsAt)
  clock.set(over.endsAt)
  expect((await cancelTender(over.make(over.owner), { number: over.number, reason: REASON })).cancellation).toMatchObject({ afterValue: true })
  await over.end()
  expect((await over.told()).map(({ kind }) => kind)).toEqual(['tender.failed'])
})
