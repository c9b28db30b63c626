import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sealBid } from '#app/domain/bids/seal.ts'
import { formatYuan } from '#app/domain/money.ts'
import { paths } from '#app/paths.ts'
import { envelopeInShares } from '#tests/support/two-keys.ts'
import { ask, PAUSE, textAt, type Line, type Person } from './requests.ts'
import { ALWAYS, type Staged } from './staging.ts'

/** Everybody bids again and again until the deadline, at whichever web; now and then somebody takes a bid back. */
export async function bidUntilClosed(line: Line, stages: readonly Staged[], bidders: readonly Person[]): Promise<void> {
  await Promise.all(bidders.map(async (bidder, place) => {
    await sleep(place * 15)
    for (let left = stages.filter(({ named }) => !named || named === bidder.member); left.length; await sleep(PAUSE)) {
      // The three simplest methods are in every burst, so the others get every second bid.
      const rare = left.filter(({ kind }) => !ALWAYS.some((each) => each === kind))
      const stage = line.chance.oneOf(rare.length && line.chance.holds(0.5) ? rare : left)
      if (new Date() >= stage.tender.publication.closesAt) left = left.filter((each) => each !== stage)
      else await bidOnce(line, stage, bidder)
    }
  }))
}

async function bidOnce(line: Line, stage: Staged, bidder: Person): Promise<void> {
  const { story, chance } = line
  const { number } = stage
  const withdraws = chance.holds(0.08)
  const { fields, bid, mark } = withdraws ? { fields: { act: 'withdraw' }, bid: null, mark: '' } : await formOf(line, stage, bidder)
  const { answer, address } = await ask(line, bidder, { what: 'bid', path: paths.bid(number), fields, done: `done=${fields.act}` })
  if (answer !== 'done') return
  const receipt = bid && chance.holds(0.3) ? await textAt(`${address}${paths.receipt(bid)}`, bidder) : null
  story.acknowledged.push({ tender: number, agency: bidder.member.organisationId, act: withdraws ? 'withdraw' : 'submit', bid, mark, receipt })
}

/** Half of the prices are sealed by the bidder, half at the door; in shares the bidder seals all. */
async function formOf({ story, chance }: Line, { number, tender, kind, shared }: Staged, { member }: Person): Promise<{ fields: { act: string } & Record<string, string>; bid: string | null; mark: string }> {
  const { sealing, procedure } = tender.publication
  const bid = randomUUID()
  const mark = procedure.contributionBytes > 0 ? bid : ''
  if (!sealing) return { fields: { act: 'submit', contribution: mark && `运气 ${mark}`, commitment: 'yes' }, bid: null, mark }
  const fen = 20_000_00 + chance.below(29_000_00)
  story.sent.push({ tender: number, fen })
  const fields = { act: 'submit', bid, contribution: '', commitment: 'yes' }
  if (shared) return { fields: { ...fields, price: '', envelope: await envelopeInShares(shared, member, { bid, quote: { kind: 'money', fen } }) }, bid, mark: bid }
  const plan = kind === 'merit' ? `分三阶段实施，编号 ${bid}。` : ''
  if (chance.holds(0.5)) return { fields: { ...fields, price: formatYuan(fen).replace(/[^\d.]/g, ''), plan, envelope: '' }, bid, mark: bid }
  const about = { tender: number, bid, uscc: member.uscc! }
  const parts = { offer: { ...about, quote: { kind: 'money', fen }, contribution: '', salt: '0'.repeat(32) }, ...(plan && { plan: { ...about, text: plan, salt: 'a'.repeat(64) } }) }
  return { fields: { ...fields, price: '', envelope: await sealBid(parts, { ...about, rules: procedure.rules, holders: sealing.holders }) }, bid, mark: bid }
}
