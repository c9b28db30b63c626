import type { Member } from '#app/domain/accounts/actor.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import type { Method } from '#app/domain/tenders/tender.ts'
import { databaseClock } from '#db/client.ts'
import type { TestContext, TestDatabase } from '#tests/support/database.ts'
import { agency, owner, project, unique } from '#tests/support/factories.ts'
import { aListing, aTender, KEYRING, offerAlso, type Published, type Stage } from '#tests/support/tenders.ts'
import { heldTender, type HeldStage } from '#tests/support/two-keys.ts'
import { signedIn, type Person } from './requests.ts'
import type { Story } from './story.ts'

export type Ground = Pick<TestDatabase, 'app' | 'owner'>
/** A method, or the lowest price under keys that owner, regulator and platform use together. */
export type Kind = Method | 'two-keys'
/** A published tender; where one agency is named, nobody else bids. */
export type Staged = Stage & { kind: Kind; named: Member | null; shared: HeldStage | null }

/** These are in every burst, and the methods of one mix after another. */
export const ALWAYS = ['random', 'lowest-price', 'average-price'] as const satisfies Kind[]
export const MIXES: readonly (readonly Kind[])[] = [['live-auction', 'merit', 'two-keys'], ['credit-shortlist', 'direct', 'live-auction']]

export const actingAs = (ground: Ground) => (actor: Member): TestContext => ({ db: ground.app, actor, clock: databaseClock as TestContext['clock'], keyring: KEYRING, traceId: '0'.repeat(31) + '1' })

/** Agencies who have signed in; what they offer comes with each tender. */
export async function makeBidders({ owner: db }: Ground, count: number): Promise<Person[]> {
  const bidders: Person[] = []
  for (let made = 0; made < count; made++) bidders.push(await signedIn(db, await agency(db)))
  return bidders
}

/** One tender of each kind that a burst is about, with everybody admitted to it. */
export async function publish(ground: Ground, bidders: readonly Person[], { story, mix, burst }: { story: Story; mix: readonly Kind[]; burst: number }): Promise<Staged[]> {
  const staged: Staged[] = []
  for (const kind of [...ALWAYS, ...mix]) {
    const named = kind === 'direct' ? bidders[burst % bidders.length]!.member : null
    const shared = kind === 'two-keys' ? await heldTender(ground as TestDatabase, actingAs(ground)) : null
    const stage = shared ?? (named ? await aNaming(ground, named) : await aTender(ground as TestDatabase, actingAs(ground), { method: kind as Exclude<Method, 'direct'>, ...(kind === 'credit-shortlist' && { categoryCode: '0401' }) }))
    for (const { member } of bidders) if (member !== named) await offerAlso(ground.owner, member, stage.listing)
    staged.push({ ...stage, kind, named, shared })
    story.tenders.push(stage.number)
  }
  return staged
}

async function aNaming(ground: Ground, named: Member): Promise<Stage> {
  const by = await owner(ground.owner)
  const listing = await aListing(ground.owner)
  await offerAlso(ground.owner, named, listing)
  const { code } = await project(ground.owner, by)
  const { id } = await draftTender(actingAs(ground)(by), { projectCode: code, listingCode: listing.code, method: 'direct', title: unique('采购公告'), requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 30_000_00, namedAgency: named.uscc!, directReason: '同一项目前一阶段由该机构完成，资料齐全。' })
  const tender = (await publishTender(actingAs(ground)(by), { id })) as Published
  return { owner: by, listing, tender, number: tender.publication.number }
}
