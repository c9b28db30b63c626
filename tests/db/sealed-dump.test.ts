import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { declareJudge } from '#app/domain/awards/declare-judge.server.ts'
import { releaseShares } from '#app/domain/bids/release-shares.server.ts'
import { sealBid } from '#app/domain/bids/seal.ts'
import { sealBidAtDoor, submitSealedBid } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { test, type TestContext, type TestDatabase } from '#tests/support/database.ts'
import { pricesIn, searchDump, tablesOf } from '#tests/support/dump.ts'
import { aJudge } from '#tests/support/judges.ts'
import { aTender, contextsOf, offering, sequencerOf, setPeriods, type Stage } from '#tests/support/tenders.ts'
import { bidInShares, heldTender, sharesOf } from '#tests/support/two-keys.ts'

type Make = (member: Member) => TestContext
type Ground = { database: TestDatabase; make: Make }
/** A way of sealing: prices that stand nowhere else, how its tender is published, how the nth price comes in, and what lets its bids be opened. */
type Sealing = { fens: number[]; stage: (ground: Ground) => Promise<Stage>; bid: (context: TestContext, stage: Stage, member: Member, given: { fen: number; nth: number }) => Promise<unknown>; letOpen?: (ground: Ground, stage: Stage) => Promise<unknown> }

const money = (fen: number) => ({ kind: 'money' as const, fen })
const PLAN = '三阶段实施，每阶段一个检查点。'

/** The first at the door, as from a browser without scripts; the others as browsers seal them. */
async function byPlatform(context: TestContext, { number, tender }: Stage, { uscc }: Member, { fen, nth }: { fen: number; nth: number }): Promise<void> {
  const { sealing, procedure } = tender.publication
  const plan = procedure.method === 'merit' ? PLAN : undefined
  if (nth === 0) return void (await sealBidAtDoor(context, { number, quote: money(fen), contribution: '', ...(plan && { plan }) }))
  const about = { tender: number, bid: randomUUID(), uscc: uscc! }
  const parts = { offer: { ...about, quote: money(fen), contribution: '', salt: '0'.repeat(40) }, ...(plan && { plan: { ...about, text: plan, salt: 'a'.repeat(64) } }) }
  await submitSealedBid(context, { number, bid: about.bid, envelope: await sealBid(parts, { ...about, rules: procedure.rules, holders: sealing!.holders }) })
}

const SEALINGS: Record<string, Sealing> = {
  'to the platform': { fens: [31_415_92, 40_123_45, 45_678_91], stage: ({ database, make }) => aTender(database, make, { method: 'lowest-price' }), bid: byPlatform },
  'with a plan': {
    fens: [27_182_81, 36_787_94, 48_169_21],
    stage: ({ database, make }) => aTender(database, make, { method: 'merit', categoryCode: '0404' }),
    bid: byPlatform,
    letOpen: async ({ database, make }, stage) => {
      for (const seat of [1, 2, 3]) await declareJudge(make(await aJudge(database, make, stage, seat)), { number: stage.number })
    },
  },
  'in shares': {
    fens: [16_180_33, 26_457_51, 38_729_83],
    stage: ({ database, make }) => heldTender(database, make),
    bid: (context, stage, member, { fen }) => bidInShares(context, stage, member, money(fen)),
    letOpen: async ({ database, make }, stage) => {
      const { owner, number, keys } = stage as Awaited<ReturnType<typeof heldTender>>
      await releaseShares(make(owner), { number, shares: await sharesOf(database, stage, 'owner', keys.owner) })
    },
  },
}

test.for(Object.entries(SEALINGS))('no table names a price that was sealed %s before its opening, in whatever spelling; afterwards every one is found', async ([, { fens, stage: publish, bid, letOpen }], { database, context, clock }) => {
  const make = contextsOf(context)
  await setPeriods(database.owner, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, lowQuoteExplanation: { n: 40, unit: 's' }, scoring: { n: 300, unit: 's' }, publicity: { n: 40, unit: 's' }, decline: { n: 20, unit: 's' }, shareRelease: { n: 90, unit: 's' } })
  const stage = await publish({ database, make })
  const sent = fens.map((fen) => ({ tender: stage.number, fen }))
  for (const [nth, fen] of fens.entries()) {
    const member = await offering(database.owner, stage.listing)
    await bid(make(member), stage, member, { fen, nth })
  }
  const search = () => searchDump(database.owner, { sent })
  const nothing = { looked: fens.length, violations: [] }
  expect(await search()).toEqual(nothing)
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), stage.tender)
  await sequencerOf(database)()
  expect(await search()).toEqual(nothing)
  // Nobody has opened anything, and what lets the platform do so is there already.
  await letOpen?.({ database, make }, stage)
  expect(await search()).toEqual(nothing)

  await attendTender(make(stage.owner), stage.tender)
  expect((await findTender(database.owner, stage.tender))!.opening).toMatchObject({ valid: fens.length })
  const found = new Set<number>()
  for await (const { text } of tablesOf(database.owner)) for (const { fen } of pricesIn(text, sent)) found.add(fen)
  expect([...found].sort()).toEqual(fens)
})
