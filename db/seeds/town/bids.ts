import type { Member } from '#app/domain/accounts/actor.ts'
import type { Quote } from '#app/domain/bids/quote.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { withdrawBid } from '#app/domain/bids/withdraw-bid.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import type { Publication } from '#app/domain/tenders/tender.ts'
import type { TenderDraft } from '#app/domain/tenders/draft.ts'
import { diceFor } from './dice.ts'
import { bidInShares } from './shares.ts'
import { byDay, type Stage } from './stage.ts'
import type { Play, Rival } from './tenders.ts'

const HOUR = 3_600_000

/** Who bids, when and for how much; here and there a bid is replaced or withdrawn. */
export function planBids(stage: Stage, { name, bidders, direct, draft, oneBrowser }: Play, able: readonly Rival[], { number, publishedAt: from, closesAt: until, sealing, procedure: { rules } }: Publication): readonly Member[] {
  const dice = diceFor(`${name}/bids`)
  const send = async (bid: string, member: Member, contribution: string) => {
    const shared = oneBrowser && [0, 1].some((place) => bid.startsWith(`${name}/bid/${place}`)) ? { device: () => `${name}/browser` } : {}
    if (sealing?.threshold) return unlessRefused(stage.act(bid, member, (context) => bidInShares(context, { bid, number, sealing, rules, member, quote: priceFor(bid, draft.ceiling), contribution })))
    await unlessRefused(stage.act(bid, member, (context) => (sealing ? sealBidAtDoor(context, { number, ...offerFor(bid, name, draft), contribution }) : submitBid({ ...context, ...shared }, { number, contribution }))))
  }
  const usual = dice.next() < 0.05 ? dice.between(0, 1) : dice.between(2, 6)
  const chosen = dice.some(able, bidders ?? usual)
  for (const [place, { member }] of chosen.entries()) {
    const at = byDay(new Date(from.getTime() + HOUR + Math.floor(dice.next() * (until.getTime() - from.getTime() - 2 * HOUR))), dice, { from, until })
    const bid = `${name}/bid/${place}`
    if (draft.tie === 'electronic-lot') at.setMilliseconds(diceFor(`${bid}/moment`).between(0, 999))
    // Where nothing is drawn there is nothing to contribute to.
    const [wish, again] = direct || draft.method === 'live-auction' ? ['', ''] : [dice.pick(WISHES), dice.pick(WISHES)]
    stage.plan(bid, at, () => send(bid, member, wish))
    const second = new Date(at.getTime() + Math.floor((until.getTime() - at.getTime()) / 2))
    const change = direct ? 1 : dice.next()
    if (change < 0.04) stage.plan(`${bid}/replaced`, second, () => send(`${bid}/replaced`, member, again))
    else if (change < 0.07) stage.plan(`${bid}/withdrawn`, second, () => unlessRefused(stage.act(`${bid}/withdrawn`, member, (context) => withdrawBid(context, { number }))))
  }
  return chosen.map(({ member }) => member)
}

/** Whoever has become ineligible meanwhile, or finds the tender held or ended, is refused as anybody would be, and does not bid. */
async function unlessRefused(act: Promise<unknown>): Promise<void> {
  try {
    await act
  } catch (error) {
    if (!isRefusal(error) || !['tenders.ineligible-', 'changes.'].some((begin) => error.code.startsWith(begin))) throw error
  }
}

/** What a bidder asks for: below the ceiling, in hundreds of yuan, now and then so low that it has to be explained. */
export function priceFor(bid: string, ceiling: number): Quote {
  const dice = diceFor(`${bid}/price`)
  const share = dice.next() < 0.03 ? 0.38 : 0.68 + 0.3 * dice.next()
  return { kind: 'money', fen: Math.max(100_00, Math.floor((ceiling * share) / 100_00) * 100_00) }
}

/** A price, and where equal prices are put in order by the bidders' own numbers a number too; there the first two ask the same, so that there is something to see. */
function offerFor(bid: string, name: string, { ceiling, tie }: Pick<TenderDraft, 'ceiling' | 'tie'>): { quote: Quote; lot?: string } {
  if (tie !== 'electronic-lot') return { quote: priceFor(bid, ceiling) }
  const isEqual = [0, 1].some((place) => bid.startsWith(`${name}/bid/${place}`))
  const quote: Quote = isEqual ? { kind: 'money', fen: Math.floor((ceiling * 0.67) / 100_00) * 100_00 } : priceFor(bid, ceiling)
  return { quote, lot: String(diceFor(`${bid}/lot`).between(0, 999)).padStart(3, '0') }
}

/** What bidders add to the pool that is drawn from. */
const WISHES = ['', '', '', '瑞雪兆丰年', '伊通河畔', '净月潭的第一场雪', '一车间全体同事', '2468', '春城无处不飞花', '按工期，保质量']
