import { SYSTEM, type Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import type { Quote } from '#app/domain/bids/quote.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { withdrawBid } from '#app/domain/bids/withdraw-bid.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import type { PricedMethod } from '#app/domain/tenders/priced.ts'
import type { TenderDraft } from '#app/domain/tenders/draft.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { republishTender } from '#app/domain/tenders/republish-tender.server.ts'
import { statusAt, type Tender } from '#app/domain/tenders/tender.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { planPick } from './credit.ts'
import { diceFor } from './dice.ts'
import { planQuotes } from './auctions.ts'
import { planBinding, planDecline, planQuestions } from './life.ts'
import { byDay, daysBefore, type Stage } from './stage.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** The clockwork is never there on the very second. */
const MOMENT = 1_700

/** An agency as the story knows it: who could bid for what, where, since when. */
export type Rival = { member: Member; offers: readonly string[]; areas: readonly string[]; since: Date }

export type Play = { name: string; owner: Member; draft: TenderDraft; divisionCode: string; rivals: readonly Rival[]; /** How many bid; the dice say so where it is left out. */ bidders?: number; republished?: boolean; /** What is to happen for certain: a question that waits for its answer, a winner who declines. */ leftOpen?: boolean; declines?: boolean; /** Given to one agency directly. */ direct?: boolean; /** Decided by sealed prices, where the list lets prices alone decide. */ priced?: PricedMethod | 'live-auction'; /** By a small list that credit makes; the owner has picked from it, or whoever plays the owner may. */ shortlist?: 'picked' | 'to-pick'; /** Two of its bidders sit at one browser. */ oneBrowser?: boolean; /** What else happens between the publication and the close, to those who bid. */ meanwhile?: (bidders: readonly Member[], publishedAt: Date, closesAt: Date) => void }

/** One tender from its draft to its end, as far as the story goes; what the law sends elsewhere stays a draft. */
export function planTender(stage: Stage, at: Date, play: Play): void {
  stage.plan(`${play.name}/publish`, at, async () => {
    const going = play.direct ? named(play, at) : play.priced ? { ...play, draft: { ...play.draft, method: play.priced } } : play.shortlist ? { ...play, draft: { ...play.draft, method: 'credit-shortlist' as const, smallList: 2, bigList: 6 } } : play
    try {
      await publishAndGoOn(stage, await draftOnce(stage, going), going)
    } catch (error) {
      // Whoever has named agencies for enough of this kind this year draws, as the refusal says; and so does whoever may not go by price alone.
      if (going === play || !isRefusal(error) || !DRAWN_INSTEAD.includes(error.code)) throw error
      await publishAndGoOn(stage, await draftOnce(stage, play), { ...play, priced: undefined })
    }
  })
}

const DRAWN_INSTEAD = ['drafts.direct-year', 'drafts.price-alone']

/** The same need given to one agency directly, if there is any that could be named; only that one may accept. */
function named(play: Play, at: Date): Play {
  const dice = diceFor(`${play.name}/named`)
  const able = ableTo(play, at)
  if (!able.length) return { ...play, direct: false, priced: undefined }
  const only = dice.pick(able)
  const { uscc, organisationName } = only.member
  const draft = { ...play.draft, method: 'direct' as const, namedAgency: `${uscc}（${organisationName}）`, directReason: dice.pick(REASONS) }
  return { ...play, draft, rivals: [only], bidders: play.bidders ?? (dice.next() < 0.92 ? 1 : 0), republished: true, priced: undefined }
}

/** Why an owner names one agency for a small purchase; the reason is public. */
const REASONS = ['金额较小，该机构熟悉本项目前期资料，可当日进场。', '工期紧，现场条件与该机构上月完成的相邻地块一致，沿用测量控制点。', '前序成果由其编制，后续修订由同一机构完成更为经济。']

/** A draft that stays one. */
export async function draftOnce(stage: Stage, { name, owner, draft }: Pick<Play, 'name' | 'owner' | 'draft'>): Promise<string> {
  const id = await stage.idOf(`${name}/draft`)
  if (!(await findTender(stage.db, { id }))) await stage.act(`${name}/draft`, owner, (context) => draftTender(context, draft))
  return id
}

async function publishAndGoOn(stage: Stage, id: string, play: Play): Promise<void> {
  const { name, owner } = play
  try {
    await stage.act(`${name}/published`, owner, (context) => publishTender(context, { id }))
  } catch (error) {
    if (isRefusal(error) && error.code.startsWith('guard.route-')) return
    throw error
  }
  const { publication } = (await findTender(stage.db, { id })) as Tender
  const { number, publishedAt, closesAt, drawsAfter } = publication!
  const able = ableTo(play, publishedAt)
  const bidders = planBids(stage, play, able, { number, from: publishedAt, until: closesAt, sealed: publication!.sealing !== null })
  play.meanwhile?.(bidders, publishedAt, closesAt)
  planQuestions(stage, { name, owner, askers: able, publication: publication!, leftOpen: play.leftOpen })
  stage.plan(`${name}/close`, after(closesAt), async () => {
    await attend(stage, `${name}/close`, id)
    await planBinding(stage, name, id)
    stage.expectSequencing()
    await goOn(stage, id, play)
  })
  if (!drawsAfter) return
  if (publication!.sealing) return planOpening(stage, id, play, able, new Date(closesAt.getTime() + 2 * MINUTE))
  const { procedure } = publication!
  if (procedure.method === 'live-auction') return planOpening(stage, id, play, able, after(planQuotes(stage, { name, number, ceiling: play.draft.ceiling, procedure, closesAt, among: able })))
  stage.plan(`${name}/draw`, after(drawsAfter), async () => {
    await stage.sequence()
    await attend(stage, `${name}/draw`, id)
    if (play.shortlist === 'picked') await planPick(stage, { name, owner, id })
    await planBinding(stage, name, id)
    await planDecline(stage, { name, tender: (await findTender(stage.db, { id }))!, among: able, certainly: play.declines })
  })
}

/** Sealed prices are opened as soon as the frozen pool is under a checkpoint and an auction ends after its last round, and ranked when their value may be taken. */
function planOpening(stage: Stage, id: string, play: Play, among: readonly Rival[], at: Date): void {
  const { name, declines } = play
  const attendOnceSequenced = async (scene: string) => {
    await stage.sequence()
    await attend(stage, scene, id)
    return (await findTender(stage.db, { id }))!
  }
  stage.plan(`${name}/open`, at, async () => {
    const { opening } = await attendOnceSequenced(`${name}/open`)
    if (opening?.outcome !== 'to-rank') return
    stage.expectSequencing()
    stage.plan(`${name}/rank`, after(opening.decidesAfter), async () => {
      const tender = await attendOnceSequenced(`${name}/rank`)
      await planBinding(stage, name, id)
      await planDecline(stage, { name, tender, among, certainly: declines })
    })
  })
}

/** Who could bid for it on the day it was published. */
export function ableTo({ draft, divisionCode, rivals }: Pick<Play, 'divisionCode' | 'rivals'> & { draft: Pick<TenderDraft, 'listingCode'> }, on: Date): Rival[] {
  return rivals.filter(({ offers, areas, since }) => offers.includes(draft.listingCode) && since < on && areas.some((area) => isWithin(divisionCode, area)))
}

function planBids(stage: Stage, { name, bidders, direct, draft, oneBrowser }: Play, able: readonly Rival[], { number, from, until, sealed }: { number: string; from: Date; until: Date; sealed: boolean }): readonly Member[] {
  const dice = diceFor(`${name}/bids`)
  const send = async (bid: string, member: Member, contribution: string) => {
    const shared = oneBrowser && [0, 1].some((place) => bid.startsWith(`${name}/bid/${place}`)) ? { device: () => `${name}/browser` } : {}
    try {
      await stage.act(bid, member, (context) => (sealed ? sealBidAtDoor(context, { number, quote: priceFor(bid, draft.ceiling), contribution }) : submitBid({ ...context, ...shared }, { number, contribution })))
    } catch (error) {
      // Whoever has become ineligible meanwhile is refused as anybody would be, and does not bid.
      if (!isRefusal(error) || !error.code.startsWith('tenders.ineligible-')) throw error
    }
  }
  const usual = dice.next() < 0.05 ? dice.between(0, 1) : dice.between(2, 6)
  const chosen = dice.some(able, bidders ?? usual)
  for (const [place, { member }] of chosen.entries()) {
    const at = byDay(new Date(from.getTime() + HOUR + Math.floor(dice.next() * (until.getTime() - from.getTime() - 2 * HOUR))), dice, { from, until })
    const bid = `${name}/bid/${place}`
    // Where nothing is drawn there is nothing to contribute to.
    const [wish, again] = direct || draft.method === 'live-auction' ? ['', ''] : [dice.pick(WISHES), dice.pick(WISHES)]
    stage.plan(bid, at, () => send(bid, member, wish))
    const second = new Date(at.getTime() + Math.floor((until.getTime() - at.getTime()) / 2))
    const change = direct ? 1 : dice.next()
    if (change < 0.04) stage.plan(`${bid}/replaced`, second, () => send(`${bid}/replaced`, member, again))
    else if (change < 0.07) stage.plan(`${bid}/withdrawn`, second, () => stage.act(`${bid}/withdrawn`, member, (context) => withdrawBid(context, { number })).then(() => {}))
  }
  return chosen.map(({ member }) => member)
}

/** What a bidder asks for: below the ceiling, in hundreds of yuan, now and then so low that it has to be explained. */
export function priceFor(bid: string, ceiling: number): Quote {
  const dice = diceFor(`${bid}/price`)
  const share = dice.next() < 0.03 ? 0.38 : 0.68 + 0.3 * dice.next()
  return { kind: 'money', fen: Math.max(100_00, Math.floor((ceiling * share) / 100_00) * 100_00) }
}

/** What bidders add to the pool that is drawn from. */
const WISHES = ['', '', '', '瑞雪兆丰年', '伊通河畔', '净月潭的第一场雪', '一车间全体同事', '2468', '春城无处不飞花', '按工期，保质量']

/** Who got too few bidders publishes again after a few days, mostly. */
async function goOn(stage: Stage, id: string, play: Play): Promise<void> {
  const tender = (await findTender(stage.db, { id }))!
  const dice = diceFor(`${play.name}/again`)
  if (play.republished || statusAt(tender, stage.toldAt) !== 'failed' || dice.next() > 0.75) return
  const name = `${play.name}/again`
  const days = Math.floor((stage.toldAt.getTime() - tender.closing!.closedAt.getTime()) / DAY) - dice.between(1, 5)
  if (days < 1) return
  const at = daysBefore(stage, days, dice)
  if (at <= tender.closing!.closedAt) return
  stage.plan(`${name}/publish`, at, async () => {
    const againId = await stage.idOf(`${name}/draft`)
    if (!(await findTender(stage.db, { id: againId }))) await stage.act(`${name}/draft`, play.owner, (context) => republishTender(context, { id }))
    await publishAndGoOn(stage, againId, { ...play, name, republished: true, bidders: dice.between(2, 4) })
  })
}

/** The clock's own step of a tender. */
export async function attend(stage: Stage, name: string, id: string): Promise<void> {
  await stage.tick(name, SYSTEM, (context) => attendTender(context, { id }))
}

export function after(instant: Date): Date {
  return new Date(instant.getTime() + MOMENT)
}
