import { placeQuote } from '#app/domain/bids/place-quote.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { lengthOf, plannedAuction } from '#app/domain/tenders/auction.ts'
import type { AuctionProcedure } from '#app/domain/tenders/procedure.ts'
import { diceFor } from './dice.ts'
import type { Stage } from './stage.ts'
import type { Rival } from './tenders.ts'

const YUAN = 100

type Held = { name: string; number: string; ceiling: number; procedure: AuctionProcedure; closesAt: Date; among: readonly Rival[] }

/**
 * What bidders call out, round after round: each now and then, and a little lower than before. Who did not register, or is not
 * low enough, is refused as anybody would be.
 *
 * @returns when the last round is over
 */
export function planQuotes(stage: Stage, { name, number, ceiling, procedure: { auction }, closesAt, among }: Held): Date {
  const { startsAt, endsAt } = plannedAuction(auction, closesAt)
  const length = lengthOf(auction.round)
  for (const [place, { member }] of among.entries()) {
    for (let round = 0; round < auction.rounds; round++) {
      const dice = diceFor(`${name}/quote/${place}/${round}`)
      const at = new Date(startsAt.getTime() + Math.floor((round + 0.1 + 0.85 * dice.next()) * length))
      const amountFen = Math.floor((ceiling * (0.98 - 0.06 * round - 0.05 * dice.next())) / YUAN) * YUAN
      const scene = `${name}/quote/${place}/${round}`
      stage.plan(scene, at, async () => {
        const id = await stage.idOf(scene)
        await stage.act(scene, member, (context) => placeQuote(context, { number, id, amountFen })).catch((error: unknown) => {
          if (!isRefusal(error)) throw error
        })
      })
    }
  }
  return endsAt
}
