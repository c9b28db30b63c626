import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { owner, project } from '#tests/support/factories.ts'
import { aListing, type Published } from '#tests/support/tenders.ts'
import { anAgency } from './command.ts'
import { bid } from './commands.ts'
import { offeringTo, walkMethod } from './walk.ts'

const NAMED = 0
const bids = (by: number) => bid(by, 0, ({ as, agencies, number }) => submitBid(as(agencies[by]!), { number, contribution: '' }), () => (by === NAMED ? null : 'tenders.ineligible-not-named'))

walkMethod({
  name: 'direct',
  rules: { least: 1, decidedBy: 'acceptance', mayBeFirst: () => [NAMED] },
  publish: async (database, as) => {
    const [member, listing] = [await owner(database.owner), await aListing(database.owner)]
    const agencies = await offeringTo(database, listing)
    const { code } = await project(database.owner, member)
    const { organisationName, uscc } = agencies[NAMED]!
    const draft = await draftTender(as(member), { projectCode: code, listingCode: listing.code, method: 'direct', title: '续做水土保持监测', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 30_000_00, namedAgency: `${organisationName} ${uscc}`, directReason: '同一项目前一阶段由该机构完成，资料齐全。' })
    return { owner: member, tender: (await publishTender(as(member), { id: draft.id })) as Published, agencies }
  },
  commands: [{ weight: 6, arbitrary: anAgency.map(bids) }],
  bids: [bids(NAMED)],
})
