import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Member } from '#app/domain/accounts/actor.ts'
import { openSession } from '#app/domain/accounts/open-session.server.ts'
import { sealBid } from '#app/domain/bids/seal.ts'
import { formatYuan } from '#app/domain/money.ts'
import { paths } from '#app/paths.ts'
import { databaseClock, transact } from '#db/client.ts'
import type { TestContext, TestDatabase } from '#tests/support/database.ts'
import type { Sent } from '#tests/support/dump.ts'
import { agency } from '#tests/support/factories.ts'
import { aTender, KEYRING, offerAlso, type Stage } from '#tests/support/tenders.ts'
import type { Chance } from './chance.ts'

/** What somebody was told is done: a bid, by what is found in its row, or its withdrawal. */
export type Acknowledged = { tender: string; agency: string; act: 'submit' | 'withdraw'; bid: string | null; mark: string; receipt: string | null }
/** What the harness did, and what it was told. */
export type Story = { tenders: string[]; acknowledged: Acknowledged[]; sent: Sent[]; asked: number; unanswered: number }

export type Bidder = { member: Member; cookie: string }
type Ground = Pick<TestDatabase, 'app' | 'owner'>
const METHODS = ['random', 'lowest-price', 'average-price'] as const
/** Between two bids of one bidder, in milliseconds. */
const PAUSE = 120
const ANSWER_WITHIN = 4_000

export const actingAs = (ground: Ground) => (actor: Member): TestContext => ({ db: ground.app, actor, clock: databaseClock as TestContext['clock'], keyring: KEYRING, traceId: '0'.repeat(31) + '1' })

/** Agencies who have signed in; what they offer comes with each tender. */
export async function makeBidders({ owner }: Ground, count: number): Promise<Bidder[]> {
  const bidders: Bidder[] = []
  for (let made = 0; made < count; made++) {
    const member = await agency(owner)
    const { token } = await transact(owner, (trx) => openSession(trx, { accountId: member.accountId, userAgent: 'harness', at: new Date() }))
    bidders.push({ member, cookie: `mingdan-session=${token}` })
  }
  return bidders
}

/** One tender of each kind that a burst is about, with everybody admitted to it. */
export async function publish(ground: Ground, bidders: readonly Bidder[], story: Story): Promise<Stage[]> {
  const stages: Stage[] = []
  for (const method of METHODS) {
    const stage = await aTender(ground as TestDatabase, actingAs(ground), { method })
    for (const { member } of bidders) await offerAlso(ground.owner, member, stage.listing)
    stages.push(stage)
    story.tenders.push(stage.number)
  }
  return stages
}

/** Everybody bids again and again until the deadline, at whichever web; now and then somebody takes a bid back. */
export async function bidUntilClosed(addresses: readonly string[], stages: readonly Stage[], bidders: readonly Bidder[], { story, chance, send = post }: { story: Story; chance: Chance; send?: typeof post }): Promise<void> {
  await Promise.all(bidders.map(async (bidder, place) => {
    await sleep(place * 15)
    for (let left = [...stages]; left.length; await sleep(PAUSE)) {
      const stage = chance.oneOf(left)
      if (new Date() >= stage.tender.publication.closesAt) left = left.filter((each) => each !== stage)
      else await bidOnce(addresses, stage, bidder, { story, chance, send })
    }
  }))
}

async function bidOnce(addresses: readonly string[], stage: Stage, bidder: Bidder, { story, chance, send }: { story: Story; chance: Chance; send: typeof post }): Promise<void> {
  const { number } = stage
  const withdraws = chance.holds(0.08)
  const { form, bid, mark } = withdraws ? { form: { act: 'withdraw' }, bid: null, mark: '' } : await formOf(stage, bidder, story, chance)
  // A person whose browser shows an error sends the same form again.
  for (let tries = 0; tries < 3; tries++) {
    const address = chance.oneOf(addresses)
    story.asked += 1
    const answer = await send(address, number, bidder.cookie, form)
    if (answer === 'refused') return
    if (answer === 'unanswered') {
      story.unanswered += 1
      await sleep(PAUSE)
      continue
    }
    const receipt = bid && chance.holds(0.3) ? await textAt(`${address}${paths.receipt(bid)}`, bidder.cookie) : null
    story.acknowledged.push({ tender: number, agency: bidder.member.organisationId, act: withdraws ? 'withdraw' : 'submit', bid, mark, receipt })
    return
  }
}

/** Half of the prices are sealed by the bidder, half at the door. */
async function formOf({ number, tender }: Stage, { member }: Bidder, story: Story, chance: Chance): Promise<{ form: Record<string, string>; bid: string | null; mark: string }> {
  const { sealing, procedure } = tender.publication
  const bid = randomUUID()
  if (!sealing) return { form: { act: 'submit', contribution: `运气 ${bid}`, commitment: 'yes' }, bid: null, mark: bid }
  const fen = 20_000_00 + chance.below(29_000_00)
  story.sent.push({ tender: number, fen })
  const form = { act: 'submit', bid, contribution: '', commitment: 'yes' }
  if (chance.holds(0.5)) return { form: { ...form, price: formatYuan(fen).replace(/[^\d.]/g, ''), envelope: '' }, bid, mark: bid }
  const offer = { tender: number, bid, uscc: member.uscc!, quote: { kind: 'money', fen }, contribution: '', salt: '0'.repeat(32) }
  return { form: { ...form, price: '', envelope: await sealBid({ offer }, { tender: number, rules: procedure.rules, bid, uscc: member.uscc!, holders: sealing.holders }) }, bid, mark: bid }
}

/** Sends the form of a bid. Only a redirect to the page that says it is done is an acknowledgement. */
export async function post(address: string, number: string, cookie: string, form: Record<string, string>): Promise<'done' | 'refused' | 'unanswered'> {
  try {
    const answer = await fetch(`${address}${paths.bid(number)}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form), headers: { Cookie: cookie, Origin: address, 'Sec-Fetch-Site': 'same-origin' }, signal: AbortSignal.timeout(ANSWER_WITHIN) })
    await answer.arrayBuffer()
    if (answer.headers.get('location')?.includes(`done=${form.act}`)) return 'done'
    return answer.status >= 500 ? 'unanswered' : 'refused'
  } catch {
    return 'unanswered'
  }
}

async function textAt(url: string, cookie: string): Promise<string | null> {
  try {
    const answer = await fetch(url, { headers: { Cookie: cookie }, signal: AbortSignal.timeout(ANSWER_WITHIN) })
    return answer.ok ? await answer.text() : null
  } catch {
    return null
  }
}
