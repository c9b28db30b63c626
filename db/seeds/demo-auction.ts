import { SYSTEM, type Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { placeQuote } from '#app/domain/bids/place-quote.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { listTendersOfOwner } from '#db/views/tender-lists.ts'

const SECOND = 1000
const MANY = 500
/** So long ago it was published: long enough for bids, deadline and first quotes in the demo's seconds. */
const EARLIER = 100 * SECOND
const TITLE = '绿园厂房项目二期水土保持方案报告书编制'
const BIDDERS = ['agency1', 'agency2', 'agency4'] as const
/** By whom, so many seconds after the first round began, and for how much. */
const CALLS = [['agency1', 5, 91_000_00], ['agency2', 12, 89_500_00], ['agency4', 20, 90_200_00]] as const

/**
 * One auction in its first round, to be watched for hours and quoted in by whoever plays one of its bidders. A fresh one at a
 * start that finds none; its beginning lies a moment back, on a clock of the story.
 */
export async function bringAuction(context: Context, cast: ReadonlyMap<string, Member>): Promise<void> {
  const owner = cast.get('owner')!
  const [at, mine] = [await context.clock.read(context.db), await listTendersOfOwner(context.db, { ownerId: owner.organisationId, limit: MANY })]
  if (mine.some(({ tender }) => tender.method === 'live-auction' && ['open', 'closing', 'closed', 'frozen', 'auction'].includes(statusAt(tender, at)))) return
  let now = new Date(at.getTime() - EARLIER)
  const as = (actor: Context['actor']): Context => ({ ...context, actor, clock: { read: () => Promise.resolve(now) } })
  const later = (from: Date, ms: number) => void (now = new Date(from.getTime() + ms))
  const { project_code: projectCode } = await context.db('projects').where({ owner_id: owner.organisationId }).orderBy('registered_at').first<{ project_code: string }>('code as project_code')
  const { id } = await draftTender(as(owner), { listingCode: 'R28', projectCode, method: 'live-auction', title: TITLE, requirements: '编制二期水土保持方案报告书并配合审查，按审查意见修改至通过；成果一式六份并附电子版。', serviceDays: 25, ceiling: 92_000_00, auctionRounds: 10, auctionMinutes: 60, auctionStep: 500_00 })
  const { closesAt, number } = (await publishTender(as(owner), { id })).publication!
  for (const [place, name] of BIDDERS.entries()) {
    later(now, (place + 1) * SECOND)
    await submitBid(as(cast.get(name)!), { number, contribution: '' })
  }
  later(closesAt, SECOND)
  await attendTender(as(SYSTEM), { id })
  const auction = await context.db('tender_auctions').where({ tender_id: id }).first<{ starts_at: Date } | undefined>('starts_at')
  // Where a start keeps other clocks than the demo's it is still to come, and nobody has quoted.
  for (const [name, after, amountFen] of auction ? CALLS : []) {
    later(auction!.starts_at, after * SECOND)
    if (now < at) await placeQuote(as(cast.get(name)!), { number, id: newId(), amountFen })
  }
}
