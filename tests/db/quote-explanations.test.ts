import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { explainQuote } from '#app/domain/bids/explain-quote.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { test, type TestClock, type TestContext, type TestDatabase } from '#tests/support/database.ts'
import { aTender, contextsOf, offering, sequencerOf, setPeriods, type Stage } from '#tests/support/tenders.ts'

const PERIODS = { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, lowQuoteExplanation: { n: 40, unit: 's' }, publicity: { n: 40, unit: 's' }, decline: { n: 20, unit: 's' } } as const
const WORDS = '本机构在当地有两支外业队伍，已有同一流域的基础资料，成本只含人工和打印。'

const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))

/** A tender whose bids are opened: one abnormally low price, and two that are not. */
async function openedStage(database: TestDatabase, make: (member: Member) => TestContext, clock: TestClock): Promise<Stage & { low: Member; fair: Member }> {
  await setPeriods(database.owner, PERIODS)
  const stage = await aTender(database, make, { method: 'lowest-price' })
  const members: Member[] = []
  for (const fen of [10_000_00, 40_000_00, 45_000_00]) {
    members.push(await offering(database.owner, stage.listing))
    await sealBidAtDoor(make(members.at(-1)!), { number: stage.number, quote: { kind: 'money', fen }, contribution: '' })
  }
  const [low, fair] = members as [Member, Member]
  expect((await showTender(make(low), stage)).prices).toBeNull()
  expect(await codeOf(explainQuote(make(low), { number: stage.number, words: WORDS }))).toBe('pricing.not-marked')
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), stage.tender)
  await sequencerOf(database)()
  await attendTender(make(stage.owner), stage.tender)
  return { ...stage, low, fair }
}

test('a low price is explained once, in public words that the ledger has, and nothing is hurried by it', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { number, tender, owner, low, fair } = await openedStage(database, make, clock)
  const { opening } = (await findTender(database.owner, tender))!
  expect(await showTender(make(low), { number })).toMatchObject({ prices: [{ label: low.uscc, low: ['of-mean', 'of-next', 'of-ceiling'], explanation: null }, { low: [] }, {}] })
  expect(await codeOf(explainQuote(make(fair), { number, words: WORDS }))).toBe('pricing.not-marked')
  expect(await codeOf(explainQuote(make(owner), { number, words: WORDS }))).toBe('accounts.not-allowed')
  expect(await codeOf(explainQuote(make(low), { number: 'MD-220100-2026-999999', words: WORDS }))).toBe('tenders.no-such-tender')

  // Two tabs at once: one of them explains.
  const both = await Promise.all([1, 2].map(() => codeOf(explainQuote(make(low), { number, words: WORDS }))))
  expect(both.sort()).toEqual([null, 'pricing.already-explained'].sort())
  const { prices } = await showTender(make(fair), { number })
  expect(prices![0]!.explanation!.words).toBe(WORDS)
  expect(new Date(prices![0]!.explanation!.at)).toEqual(clock.now)
  const entry = await database.owner('ledger_entries').where({ kind: 'quote.explained', subject: number }).first()
  expect(JSON.parse(entry.body)).toMatchObject({ facts: { agency: low.uscc, bid: prices![0]!.bid } })
  expect((await database.owner('ledger_payloads').where({ hash: entry.payload_hash }).first()).body).toContain(WORDS)
  const event = await database.owner('outbox').where({ type: 'marketplace.tender.quote-explained.v1' }).first()
  expect(event.data).toEqual({ tender: number, project: tender.projectCode, agency: low.uscc, bid: prices![0]!.bid })

  await sequencerOf(database)()
  clock.set(new Date(opening!.decidesAfter.getTime() - 1))
  expect(await attendTender(make(owner), tender)).toEqual({ steps: [] })
  expect((await findTender(database.owner, tender))!.opening!.decidesAfter).toEqual(opening!.decidesAfter)
  clock.set(opening!.decidesAfter)
  expect(await attendTender(make(owner), tender)).toEqual({ steps: ['rank'] })
  expect((await showTender(make(low), { number })).draw!.order.map(({ label }) => label)).toEqual([low.uscc, fair.uscc, expect.any(String)])
})

test('an explanation that comes at the instant of the ranking is late, by a millisecond too, and writes nothing', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { number, tender, low } = await openedStage(database, make, clock)
  const { opening } = (await findTender(database.owner, tender))!
  clock.set(opening!.decidesAfter)
  expect(await codeOf(explainQuote(make(low), { number, words: WORDS }))).toBe('pricing.explain-late')
  expect((await showTender(make(low), { number })).prices!.map(({ explanation }) => explanation)).toEqual([null, null, null])
  clock.set(new Date(opening!.decidesAfter.getTime() - 1))
  expect(await codeOf(explainQuote(make(low), { number, words: WORDS }))).toBeNull()
})
