import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import type { QuoteBody } from '#app/domain/bids/auction-quote.ts'
import { placeQuote } from '#app/domain/bids/place-quote.server.ts'
import { showAuction } from '#app/domain/bids/show-auction.server.ts'
import { showReceipt } from '#app/domain/bids/show-receipt.server.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { findEntryProof } from '#app/domain/ledger/find-entry-proof.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { AUCTION_PERIODS, begun } from '#tests/support/auction-stage.ts'
import { test } from '#tests/support/database.ts'
import { aTender, contextsOf, offering, sequencerOf, setPeriods } from '#tests/support/tenders.ts'
import { verifyAtOnce, verifyBundle } from '../../bin/verify/at-once.ts'

const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))

const later = (at: Date, ms: number) => new Date(at.getTime() + ms)

test('an auction is quoted down round by round, every no has its code, and the lowest at the end is awarded', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, members: [one, two, three], startsAt, endsAt } = await begun(database, make, clock, 3)
  const { number } = stage
  const quote = (member: Member, yuan: number, id: string = randomUUID()) => placeQuote(make(member), { number, id, amountFen: yuan * 100 })
  expect(endsAt.getTime() - startsAt.getTime()).toBe(120_000)
  clock.set(later(startsAt, -1))
  expect(await codeOf(quote(one!, 49_000))).toBe('auction.not-started')
  clock.set(startsAt)
  expect(await codeOf(quote(one!, 50_000.01))).toBe('auction.over-ceiling')
  const first = await quote(one!, 49_000)
  expect(first).toMatchObject({ sequence: 1, round: 1 })
  expect(await codeOf(quote(one!, 48_500.01))).toBe('auction.not-lower')
  // In the first round one need not be below the others: equal prices are parted at the end.
  expect(await codeOf(quote(two!, 49_000))).toBeNull()
  expect((await showAuction(make(two!), { number })).own).toMatchObject({ rank: 1, lastFen: 49_000_00, highestFen: 48_500_00, quotesLeft: 9 })

  // The same form twice is one quote; with another price it is refused, and so it is under somebody else's hand.
  expect((await quote(one!, 49_000, first.id)).receipt).toBe(first.receipt)
  expect(await codeOf(quote(one!, 48_000, first.id))).toBe('auction.known')
  expect(await codeOf(quote(two!, 49_000, first.id))).toBe('auction.known')
  expect(await codeOf(quote(stage.owner, 40_000))).toBe('accounts.not-allowed')
  expect(await codeOf(quote(await offering(database.owner, stage.listing), 40_000))).toBe('auction.not-a-bidder')

  // The second round begins a step below the first one's best, whoever quotes.
  clock.set(later(startsAt, 40_000))
  expect(await codeOf(quote(three!, 48_500.01))).toBe('auction.not-lower')
  await quote(three!, 48_500)
  const shown = await showAuction(make(one!), { number })
  expect(shown.now).toMatchObject({ phase: 'running', bestFen: 48_500_00, quotes: 3, bidders: 3, round: { number: 2 } })
  expect(shown.own).toMatchObject({ rank: 2, lastFen: 49_000_00 })

  clock.set(later(endsAt, -1))
  await quote(two!, 40_000)
  clock.set(endsAt)
  expect(await codeOf(quote(one!, 30_000))).toBe('auction.over')
  expect(await showReceipt(make(one!), { id: first.id })).toContain('竞价报价回执')
  expect(await codeOf(showReceipt(make(two!), { id: first.id }))).toBe('tenders.no-such-bid')

  // Any number of workers end it once.
  await sequencerOf(database)()
  await Promise.all([1, 2, 3, 4].map(() => attendTender(make(stage.owner), stage.tender)))
  expect(await database.owner('ledger_entries').where({ subject: number, kind: 'auction.ended' })).toHaveLength(1)
  await sequencerOf(database)()
  clock.set((await findTender(database.owner, stage.tender))!.opening!.decidesAfter)
  await Promise.all([1, 2].map(() => attendTender(make(stage.owner), stage.tender)))
  const result = await showTender(make(stage.owner), { number })
  expect(result.state).toBe('publicity')
  expect(result.draw!.order.map(({ label, amountFen }) => [label, amountFen])).toEqual([[two!.uscc, 40_000_00], [three!.uscc, 48_500_00], [one!.uscc, 49_000_00]])
  await sequencerOf(database)()
  const bundle = await showBundle(make(stage.owner), { number })
  expect([bundle.method, bundle.winner, bundle.ledger !== null]).toEqual(['live-auction', two!.uscc, true])
  const { id } = (await database.owner('ledger_entries').where({ subject: number, kind: 'award.made' }).first('id')) as { id: string }
  const award = await findEntryProof(make(stage.owner), { id })
  const verified = verifyAtOnce({ bundle: JSON.stringify(bundle), award, receipt: first.receipt })
  expect(verified.faults).toEqual([])
  expect(verified.passed.map(({ sentence }) => sentence)).toContain('Every quote came in its round, from an eligible bidder, and was as low as it had to be.')
})

test('while the rounds run nobody reads anywhere who quotes', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, members } = await begun(database, make, clock, 2)
  await placeQuote(make(members[0]!), { number: stage.number, id: randomUUID(), amountFen: 45_000_00 })
  for (const reader of [stage.owner, members[1]!]) {
    const seen = JSON.stringify([await showTender(make(reader), { number: stage.number }), await showAuction(make(reader), { number: stage.number })])
    for (const { uscc, organisationName } of members) expect([seen.includes(uscc!), seen.includes(organisationName)]).toEqual([false, false])
  }
  const told = (await database.owner('ledger_entries').where({ subject: stage.number }).whereIn('kind', ['pool.frozen', 'quote.received', 'tender.closed']).pluck('body')).join() + JSON.stringify(await database.owner('ledger_payloads').pluck('body'))
  for (const { uscc } of members) expect(told).not.toContain(uscc!)
  expect(told).not.toContain('4500000')
})

test('twenty quotes at once in the last second are taken one after another, and each names the one before', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, members, endsAt } = await begun(database, make, clock, 20)
  clock.set(later(endsAt, -1))
  const outcomes = await Promise.all(members.map((member, place) => codeOf(placeQuote(make(member), { number: stage.number, id: randomUUID(), amountFen: (40_000 - place) * 100 }))))
  expect(outcomes).toEqual(Array(20).fill(null))
  const rows = (await database.owner('auction_quotes').where({ tender_id: stage.tender.id }).orderBy('sequence')) as { sequence: number; hash: Buffer; body: string }[]
  expect(rows.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 20 }, (_, place) => place + 1))
  const { root } = (await database.owner('draw_pools').where({ tender_id: stage.tender.id }).first('root')) as { root: Buffer }
  rows.forEach(({ body }, place) => expect((JSON.parse(body) as QuoteBody).previous).toBe((rows[place - 1]?.hash ?? root).toString('hex')))
})

test('where too few of those who registered quote, the auction fails publicly', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, members, endsAt } = await begun(database, make, clock, 3)
  await placeQuote(make(members[0]!), { number: stage.number, id: randomUUID(), amountFen: 40_000_00 })
  clock.set(endsAt)
  await attendTender(make(stage.owner), stage.tender)
  const failed = (await findTender(database.owner, stage.tender))!
  expect([statusAt(failed, endsAt), failed.opening]).toMatchObject(['failed', { outcome: 'too-few-valid', valid: 1, invalid: 2 }])
  await sequencerOf(database)()
  const { faults, passed } = verifyBundle(JSON.stringify(await showBundle(make(stage.owner), { number: stage.number })))
  expect(faults).toEqual([])
  expect(passed.at(-1)!.sentence).toMatch(/^Fewer than 2 prices are valid/)
})

test('before the freeze an auction is a plan and never runs by itself; one that failed at the close is over', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  await setPeriods(database.owner, AUCTION_PERIODS)
  const stage = await aTender(database, make, { method: 'live-auction' })
  const seen = async () => {
    const { now, ended } = await showAuction(make(stage.owner), { number: stage.number })
    return [now.phase, ended]
  }
  expect(await seen()).toEqual(['before', false])
  clock.set(later(stage.tender.publication.closesAt, 3_600_000))
  expect(await seen()).toEqual(['before', false])
  await attendTender(make(stage.owner), stage.tender)
  expect(await seen()).toEqual(['over', true])
})
