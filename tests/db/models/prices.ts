import fc from 'fast-check'
import { explainQuote } from '#app/domain/bids/explain-quote.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { aTender } from '#tests/support/tenders.ts'
import { act, anAgency, type Weighted } from './command.ts'
import { bid } from './commands.ts'
import { tell, type Rules } from './model.ts'
import { stateOf } from './steps.ts'
import { offeringTo, walkMethod } from './walk.ts'

/** In whole yuan: two are equal in every other walk, and one is low by every mark. */
export const PRICES = [48_000, 40_000, 30_000, 30_000, 10_000] as const

const bids = (by: number, yuan: number) => bid(by, yuan, ({ as, agencies, number }) => sealBidAtDoor(as(agencies[by]!), { number, quote: { kind: 'money', fen: yuan * 100 }, contribution: '' }))

/** A low price may be explained by its bidder, once, until the order may be decided; a hold takes nothing of that. */
export const explaining: Weighted = {
  weight: 3,
  arbitrary: anAgency.map((by) =>
    act(`agency ${by} explains its price`, {
      refusal: (model) => {
        const { opened } = model
        if (!opened?.low.has(by)) return 'pricing.not-marked'
        if (opened.explained.has(by)) return 'pricing.already-explained'
        if (model.held) return 'changes.suspended'
        return stateOf(model) === 'opened' && model.now < opened.explainUntil ? null : 'pricing.explain-late'
      },
      really: ({ as, agencies, number }) => explainQuote(as(agencies[by]!), { number, words: '本机构在当地有两支外业队伍，成本只含人工和打印。' }),
      done: (model) => {
        model.opened!.explained.add(by)
        tell(model, 'quote.explained')
      },
    }),
  ),
}

/** Walks a method of sealed prices, which differ in who may stand first alone. */
export function walkPrices(method: 'lowest-price' | 'average-price', mayBeFirst: Rules['mayBeFirst'], inTurn?: true): void {
  walkMethod({
    name: method,
    rules: { least: 2, decidedBy: 'prices', mayBeFirst, ...(inTurn && { inTurn }) },
    publish: async (database, as) => {
      const stage = await aTender(database, as, { method })
      return { ...stage, agencies: await offeringTo(database, stage.listing) }
    },
    commands: [{ weight: 6, arbitrary: fc.tuple(anAgency, fc.constantFrom(...PRICES)).map((given) => bids(...given)) }, explaining],
    bids: [bids(0, 40_000), bids(1, 10_000), bids(3, 30_000)],
  })
}

/** Whoever names one of these prices. */
export function atPrice(prices: ReadonlyMap<number, number>, yuan: number): number[] {
  return [...prices].filter(([, price]) => price === yuan).map(([by]) => by)
}
