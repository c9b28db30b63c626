import type { Member } from '#app/domain/accounts/actor.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import type { Publication, Tender } from '#app/domain/tenders/tender.ts'
import type { TestContext, TestDatabase } from './database.ts'
import { owner, project } from './factories.ts'
import { aListing, offering } from './tenders.ts'

export const REASON = '同一项目前一阶段由该机构完成，资料齐全。'

/** An owner who names one of two agencies; its draft is still to be written. */
type Scene = { buyer: Member; named: Member; other: Member; wish: Parameters<typeof draftTender>[1]; listing: { id: string; code: string } }

export async function scene({ owner: db }: TestDatabase, buyer?: Member, moneySource: 'fiscal' | 'private' = 'private'): Promise<Scene> {
  const member = buyer ?? (await owner(db))
  const listing = await aListing(db)
  const [named, other] = [await offering(db, listing), await offering(db, listing)]
  const { code } = await project(db, member, { moneySource })
  const wish = { projectCode: code, listingCode: listing.code, method: 'direct', title: '续做水土保持监测', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 30_000_00, namedAgency: `${named.organisationName} ${named.uscc}`, directReason: REASON } as const
  return { buyer: member, named, other, wish, listing }
}

/** The scene's tender, published. */
export async function published(make: (member: Member) => TestContext, { buyer, wish }: Scene): Promise<Tender & { publication: Publication }> {
  const { id } = await draftTender(make(buyer), wish)
  return (await publishTender(make(buyer), { id })) as Tender & { publication: Publication }
}
