import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { highestQuote } from '#app/domain/bids/auction-quote.ts'
import { smallListOf } from '#app/domain/draw/shortlist.ts'
import { formatYuan } from '#app/domain/money.ts'
import { paths } from '#app/paths.ts'
import { listQuotes } from '#db/repositories/auctions.ts'
import { listOrderAfter } from '#db/repositories/draws.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { roundAt, type AuctionTerms } from '#app/domain/tenders/auction.ts'
import type { Tender } from '#app/domain/tenders/tender.ts'
import { listReleases } from '#db/repositories/share-releases.ts'
import type { TestDatabase } from '#tests/support/database.ts'
import { sharesOf } from '#tests/support/two-keys.ts'
import { ask, INSISTING, PAUSE, signedIn, textAt, type Form, type Line, type Person } from './requests.ts'
import type { Ground, Staged } from './staging.ts'

/** For how long somebody waits for a page on which there is something to do: dying workers may be long behind, and who gives up leaves a tender without an end. */
export const PATIENCE = 300_000
const QUOTING = 3 * PAUSE
/** How long a hold lasts that nobody lifts, in seconds: sent again after its answer was lost it has to be there still, as one of days would be. */
const HELD = Math.ceil(INSISTING / 1000) + 1

/** The tender once this holds of it; undefined if it never did, or if nothing more will. */
export async function once(db: Ground['owner'], { tender: { id } }: Staged, holds: (tender: Tender) => boolean): Promise<Tender | undefined> {
  for (const began = Date.now(); Date.now() - began < PATIENCE; await sleep(PAUSE)) {
    const tender = (await findTender(db, { id }))!
    if (holds(tender)) return tender
    if (tender.closing?.outcome === 'too-few-bidders' || tender.opening?.outcome === 'too-few-valid') return undefined
  }
  return undefined
}

/** Everybody quotes, a little or much below what is allowed, until the last round is over. */
export async function quoteUntilOver(line: Line, { owner: db }: Ground, stage: Staged, bidders: readonly Person[]): Promise<void> {
  const tender = await once(db, stage, ({ auction }) => auction !== null)
  const { procedure } = stage.tender.publication
  if (!tender || procedure.method !== 'live-auction') return
  const { startsAt, endsAt } = tender.auction!
  await sleep(Math.max(0, startsAt.getTime() - Date.now()))
  await Promise.all(bidders.map(async (bidder) => {
    for (; new Date() < endsAt; await sleep(QUOTING)) await quoteOnce(line, db, { stage, tender, bidder, limits: procedure.auction })
  }))
}

async function quoteOnce(line: Line, db: Ground['owner'], { stage: { number }, tender, bidder, limits }: { stage: Staged; tender: Tender; bidder: Person; limits: AuctionTerms }): Promise<void> {
  const quotes = await listQuotes(db, tender.id)
  const own = (await db('bids').where({ tender_id: tender.id, agency_id: bidder.member.organisationId }).whereNull('replaced_at').whereNull('withdrawn_at').first('id')) as { id: string } | undefined
  const round = roundAt(tender.auction!, limits, new Date())?.number
  if (!own || !round) return
  const fen = highestQuote(quotes, { bid: own.id, round, ceilingFen: tender.ceilingFen, stepFen: limits.stepFen }) - line.chance.below(400_00)
  const quote = randomUUID()
  const { answer, address } = await ask(line, bidder, { what: 'quote', path: paths.quote(number), fields: { quote, price: formatYuan(fen).replace(/[^\d.]/g, '') }, done: 'done=quoted' })
  if (answer !== 'done') return
  const receipt = line.chance.holds(0.5) ? await textAt(`${address}${paths.receipt(quote)}`, bidder) : null
  line.story.told.push({ tender: number, act: 'quote', by: bidder.member.organisationId, mark: quote, receipt })
}

/** The owner picks from the small list; now and then it leaves that to the clock. */
export async function pickOne(line: Line, { owner: db }: Ground, stage: Staged): Promise<void> {
  const tender = await once(db, stage, ({ shortlist }) => shortlist !== null)
  const { procedure } = stage.tender.publication
  if (!tender || procedure.method !== 'credit-shortlist' || line.chance.holds(0.2)) return
  const { label } = line.chance.oneOf(smallListOf(await listOrderAfter(db, { tenderId: tender.id, place: 0 }), procedure.smallList))
  const fields = { label, reason: `同类项目业绩多，人员齐全。${randomUUID()}`, confirmed: 'yes' }
  const { answer } = await ask(line, await signedIn(db, stage.owner), { what: 'pick', path: paths.pick(stage.number), fields, done: paths.tender(stage.number) })
  if (answer === 'done') line.story.told.push({ tender: stage.number, act: 'pick', by: stage.owner.accountId, mark: label, receipt: null })
}

/** Owner and regulator show their shares as soon as a checkpoint covers the frozen pool; who comes after the opening is not needed any more. */
export async function showShares(line: Line, ground: Ground, stage: Staged, search: () => Promise<unknown>): Promise<void> {
  const { shared } = stage
  if (!shared || !(await once(ground.owner, stage, ({ frozenAt }) => frozenAt !== null))) return
  await search()
  await Promise.all((['owner', 'regulator'] as const).map(async (holder) => {
    const person = await signedIn(ground.owner, holder === 'owner' ? shared.owner : shared.governor)
    const fields = { shares: JSON.stringify(await sharesOf(ground as TestDatabase, shared, holder, shared.keys[holder])) }
    const isOver = async () => (await findTender(ground.owner, stage.tender))!.opening !== null || (await listReleases(ground.owner, stage.tender.id)).some((each) => each.holder === holder)
    if (await insist(line, person, { what: 'shares', path: paths.releaseKeys(stage.number), fields, done: 'done=released' }, isOver)) line.story.told.push({ tender: stage.number, act: 'release', by: person.member.accountId, mark: holder, receipt: null })
  }))
}

/** Sends it until it is acknowledged or found to be there; true where it was acknowledged. */
export async function insist(line: Line, person: Person, form: Form, isThere: () => Promise<boolean>): Promise<boolean> {
  for (const began = Date.now(); Date.now() - began < PATIENCE; await sleep(PAUSE)) {
    if ((await ask(line, person, form)).answer === 'done') return true
    if (await isThere()) return false
  }
  return false
}

/** The regulator holds a tender while bids are taken or while its award is public, and lifts the hold, or leaves that to the clock. */
export async function hold(line: Line, { owner: db }: Ground, stage: Staged, office: Person): Promise<void> {
  const { chance, story } = line
  if (chance.holds(0.5)) await sleep(500 + chance.below(3_000))
  else if (!(await once(db, stage, ({ awardedAt }) => awardedAt !== null))) return
  const say = async (act: 'suspend' | 'lift', more: Record<string, string>) => {
    const mark = randomUUID()
    const { answer } = await ask(line, office, { what: 'hold', path: paths.suspendTender(stage.number), fields: { act, reason: `有举报须核查，编号 ${mark}。`, ...more }, done: act === 'suspend' ? 'done=suspended' : 'done=lifted' })
    if (answer === 'done') story.told.push({ tender: stage.number, act, by: office.member.accountId, mark, receipt: null })
  }
  await say('suspend', { n: String(HELD), unit: 's', basis: '政府采购法第五十七条' })
  if (chance.holds(0.3)) return
  await sleep(300 + chance.below(1_200))
  await say('lift', {})
}
