import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { aTender } from '#tests/support/tenders.ts'
import { anAgency } from './command.ts'
import { bid } from './commands.ts'
import { offeringTo, walkMethod } from './walk.ts'

const bids = (by: number) => bid(by, 0, ({ as, agencies, number }) => submitBid(as(agencies[by]!), { number, contribution: '' }))

walkMethod({
  name: 'random',
  rules: { least: 2, decidedBy: 'draw', mayBeFirst: (prices) => [...prices.keys()] },
  publish: async (database, as) => {
    const stage = await aTender(database, as)
    return { ...stage, agencies: await offeringTo(database, stage.listing) }
  },
  commands: [{ weight: 6, arbitrary: anAgency.map(bids) }],
  bids: [bids(0), bids(2), bids(3)],
})
