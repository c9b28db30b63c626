import fc from 'fast-check'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { aTender } from '#tests/support/tenders.ts'
import { lift, suspend } from './changes.ts'
import { anAgency, type Command } from './command.ts'
import { attendNow, bid, sequenceNow, wait, waitForNext } from './commands.ts'
import { back, commit, declare, invite, askedOfJudges, JUDGING, replace, show } from './judges.ts'
import { sitting } from './judging.ts'
import type { Model } from './model.ts'
import { explaining, PRICES } from './prices.ts'
import { offeringTo, walkMethod } from './walk.ts'

const JUDGES = 3
/** Of a hundred points the price has forty, which the lowest has in full. */
const PRICE = 40

const bids = (by: number, yuan: number) => bid(by, yuan, ({ as, agencies, number }) => sealBidAtDoor(as(agencies[by]!), { number, quote: { kind: 'money', fen: yuan * 100 }, plan: '三阶段实施，外业先行。', contribution: '' }))

/** Whoever has the most of points for the price and of all marks together, in hundredths. */
function mostPoints(prices: ReadonlyMap<number, number>, { judging, opened }: Model): number[] {
  const lowest = Math.min(...opened!.prices.values())
  const pointsOf = ([by, yuan]: [number, number]) => JUDGES * Math.round((PRICE * 100 * lowest) / yuan) + sitting(judging!).reduce((sum, { marks }) => sum + marks![by]! * 100, 0)
  const points = new Map([...prices].map((each) => [each[0], pointsOf(each)]))
  return [...points].filter(([, sum]) => sum === Math.max(...points.values())).map(([by]) => by)
}

const frozen: Command[] = [waitForNext(0), waitForNext(0), attendNow(), sequenceNow()]
const opened: Command[] = [...frozen, invite(1), invite(2), invite(3), declare(0), declare(1), declare(2), attendNow()]
const ranked: Command[] = [sequenceNow(), waitForNext(0), waitForNext(0), attendNow()]

walkMethod({
  name: 'merit',
  rules: { least: 2, decidedBy: 'prices', judges: JUDGES, mayBeFirst: mostPoints, inTurn: true },
  publish: async (database, as) => {
    const stage = await aTender(database, as, { method: 'merit', categoryCode: '0404' })
    return { ...stage, agencies: await offeringTo(database, stage.listing) }
  },
  commands: [{ weight: 6, arbitrary: fc.tuple(anAgency, fc.constantFrom(...PRICES)).map((given) => bids(...given)) }, explaining, ...JUDGING],
  bids: [bids(0, 40_000), bids(1, 30_000), bids(3, 30_000)],
  known: [
    // One steps back, one is late, is reported and replaced; the last to mark shows nothing, and the clock does.
    [...opened, back(0), commit(1, [20, 35, 20, 20]), wait(50_000), attendNow(), replace(2), replace(1), invite(1), invite(3), declare(3), declare(4), commit(3, [35, 20, 20, 35]), commit(4, [20, 20, 20, 20]), show(1), waitForNext(0), waitForNext(0), attendNow(), ...ranked],
    // A hold while they mark ends by its own date, behind the instant at which sheets were due before it; nine points more from each are less than the ten that the price costs.
    [...opened, commit(0, [29, 20, 20, 20]), wait(40_000), suspend(25), commit(1, [29, 20, 20, 21]), wait(25_000), attendNow(), commit(1, [29, 20, 20, 21]), commit(2, [29, 20, 20, 20]), show(0), show(1), suspend(5), show(2), lift(), show(2), ...ranked],
  ],
  reaches: ['open', 'frozen', 'opened', 'suspended', 'publicity', 'awarded'],
  asked: askedOfJudges,
})
