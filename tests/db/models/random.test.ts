import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { aTender } from '#tests/support/tenders.ts'
import { cancel, correct, extend, lift, suspend } from './changes.ts'
import { anAgency } from './command.ts'
import { answerOneObjection, attendNow, bid, decline, object, sequenceNow, wait, waitForNext } from './commands.ts'
import { offeringTo, walkMethod } from './walk.ts'

const bids = (by: number) => bid(by, 0, ({ as, agencies, number }) => submitBid(as(agencies[by]!), { number, contribution: '' }))

const drawn = [wait(60_000), attendNow(), sequenceNow(), wait(30_000), attendNow()]

walkMethod({
  name: 'random',
  rules: { least: 2, decidedBy: 'draw', mayBeFirst: (prices) => [...prices.keys()] },
  publish: async (database, as) => {
    const stage = await aTender(database, as)
    return { ...stage, agencies: await offeringTo(database, stage.listing) }
  },
  commands: [{ weight: 6, arbitrary: anAgency.map(bids) }],
  bids: [bids(0), bids(2), bids(3)],
  known: [
    // Through a held publicity with an objection, past a cancelled draw, and over every kind of change.
    [...drawn, object(0, '名单里有一家机构不应当参加，请核实。'), suspend(10), wait(5000), lift(), wait(60_000), waitForNext(0), answerOneObjection()],
    // A hold that outlasts the publicity takes nobody's right to decline or to object.
    [...drawn, wait(5000), suspend(50), wait(45_000), lift(), decline(0), decline(2), decline(3), wait(14_999), object(2, '名单里有一家机构不应当参加，请核实。'), wait(30_000), suspend(10), answerOneObjection(), waitForNext(0), attendNow()],
    [wait(70_000), attendNow(), cancel(), sequenceNow()],
    [wait(50_000), correct(12, ''), extend(10), suspend(20), wait(30_000), attendNow(), correct(12, '电话 0431'), cancel()],
  ],
  reaches: ['open', 'suspended', 'frozen', 'publicity', 'awarded', 'cancelled'],
})
