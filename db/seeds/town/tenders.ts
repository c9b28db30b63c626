import { SYSTEM, type Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { signAsWitness } from '#app/domain/draw/sign-as-witness.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import type { PricedMethod } from '#app/domain/tenders/priced.ts'
import type { TenderDraft } from '#app/domain/tenders/draft.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { republishTender } from '#app/domain/tenders/republish-tender.server.ts'
import { statusAt, type Publication, type Tender } from '#app/domain/tenders/tender.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { planPick } from './credit.ts'
import { diceFor } from './dice.ts'
import { planQuotes } from './auctions.ts'
import { planBids } from './bids.ts'
import { planBinding, planDecline, planQuestions } from './life.ts'
import { showStoryShares } from './shares.ts'
import { daysBefore, type Stage } from './stage.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
/** The clockwork is never there on the very second. */
const MOMENT = 1_700

/** An agency as the story knows it: who could bid for what, where, since when. */
export type Rival = { member: Member; offers: readonly string[]; areas: readonly string[]; since: Date }

export type Play = { name: string; owner: Member; draft: TenderDraft; divisionCode: string; rivals: readonly Rival[]; /** How many bid; the dice say so where it is left out. */ bidders?: number; republished?: boolean; /** What is to happen for certain: a question that waits for its answer, a winner who declines. */ leftOpen?: boolean; declines?: boolean; /** Given to one agency directly. */ direct?: boolean; /** Decided by sealed prices, where the list lets prices alone decide. */ priced?: PricedMethod | 'live-auction'; /** By a small list that credit makes; the owner has picked from it, or whoever plays the owner may. */ shortlist?: 'picked' | 'to-pick'; /** A citizen of the cast who signs the result; no browser is in the story, so it is by account. */ witness?: string; /** Its draft seals prices in shares: they were shown, or their holders are late. */ inShares?: 'shown' | 'late'; /** Two of its bidders sit at one browser. */ oneBrowser?: boolean; /** What else happens between the publication and the close, to the tender or to those who bid. */ meanwhile?: (bidders: readonly Member[], publication: Publication) => void; /** What happens to what was drawn. */ afterwards?: (tender: Tender) => Promise<void> }

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
  const able = ableTo(play, publication!.publishedAt)
  const bidders = planBids(stage, play, able, publication!)
  play.meanwhile?.(bidders, publication!)
  planQuestions(stage, { name, owner, askers: able, publication: publication!, leftOpen: play.leftOpen })
  planClose(stage, id, { play, able, publication: publication!, scene: `${name}/close` })
}

/** The clock closes at the deadline in force: one that has moved meanwhile, or that an outage moves now, is met again. */
function planClose(stage: Stage, id: string, { play, able, publication: { closesAt }, scene }: { play: Play; able: readonly Rival[]; publication: Publication; scene: string }): void {
  stage.plan(scene, after(closesAt), async () => {
    await attend(stage, scene, id)
    const { publication, closing } = (await findTender(stage.db, { id })) as Tender & { publication: Publication }
    if (!closing) return publication.closesAt > closesAt ? planClose(stage, id, { play, able, publication, scene: `${scene}/later` }) : undefined
    await planBinding(stage, play.name, id)
    stage.expectSequencing()
    await goOn(stage, id, play)
    planResult(stage, id, { play, able, publication })
  })
}

/** A draw, an opening or an auction, as the method has it. */
function planResult(stage: Stage, id: string, { play, able, publication: { number, closesAt, drawsAfter, sealing, procedure } }: { play: Play; able: readonly Rival[]; publication: Publication }): void {
  const { name, owner } = play
  if (!drawsAfter) return
  if (sealing?.threshold) return planShowing(stage, id, play, able, { number, at: new Date(closesAt.getTime() + 200 * MINUTE) })
  if (sealing) return planOpening(stage, id, play, able, new Date(closesAt.getTime() + 2 * MINUTE))
  if (procedure.method === 'live-auction') return planOpening(stage, id, play, able, after(planQuotes(stage, { name, number, ceiling: play.draft.ceiling, procedure, closesAt, among: able })))
  stage.plan(`${name}/draw`, after(drawsAfter), async () => {
    await stage.sequence()
    await attend(stage, `${name}/draw`, id)
    if (play.shortlist === 'picked') await planPick(stage, { name, owner, id })
    await planBinding(stage, name, id)
    const tender = (await findTender(stage.db, { id }))!
    await planDecline(stage, { name, tender, among: able, certainly: play.declines })
    await play.afterwards?.(tender)
  })
}

/** The owner shows its shares some hours after the freeze, and with the platform's, which come last, the bids open; or nobody does, and they stay sealed. */
function planShowing(stage: Stage, id: string, play: Play, able: readonly Rival[], { number, at }: { number: string; at: Date }): void {
  const { name, owner: member, inShares } = play
  if (inShares !== 'shown') return
  stage.plan(`${name}/shown`, at, async () => {
    if (!(await findTender(stage.db, { id }))!.frozenAt) return
    await stage.sequence()
    await stage.act(`${name}/shown`, member, (context) => showStoryShares(context, { number, member }))
    planOpening(stage, id, play, able, after(at))
  })
}

/** Sealed prices are opened as soon as the frozen pool is under a checkpoint and an auction ends after its last round, and ranked when their value may be taken. */
function planOpening(stage: Stage, id: string, play: Play, among: readonly Rival[], at: Date): void {
  const { name, declines, witness } = play
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
      if (witness) stage.plan(`${name}/witness`, daysBefore(stage, 40, diceFor(`${name}/witness`)), () => stage.act(`${name}/witness`, stage.cast.get(witness)!, (context) => signAsWitness(context, { number: tender.publication!.number, publicKey: '', signature: '' })).then(() => {}))
      await planBinding(stage, name, id)
      await planDecline(stage, { name, tender, among, certainly: declines })
    })
  })
}

/** Who could bid for it on the day it was published. */
export function ableTo({ draft, divisionCode, rivals }: Pick<Play, 'divisionCode' | 'rivals'> & { draft: Pick<TenderDraft, 'listingCode'> }, on: Date): Rival[] {
  return rivals.filter(({ offers, areas, since }) => offers.includes(draft.listingCode) && since < on && areas.some((area) => isWithin(divisionCode, area)))
}

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
