import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeKeyringFile } from '#app/domain/ledger/keyring.server.ts'
import { keptCheckpoint } from '#app/domain/ledger/kept-checkpoint.server.ts'
import type { TestDatabase } from '#tests/support/database.ts'
import { CHILD_ENV } from '#tests/support/child-env.ts'
import { pricesIn, searchDump } from '#tests/support/dump.ts'
import { KEYRING, setPeriods } from '#tests/support/tenders.ts'
import { quietPort } from '#tests/support/port.ts'
import { untilReady } from '../../../bin/address.ts'
import { regulator } from '#tests/support/factories.ts'
import { setPolicy } from '#tests/support/beacons.ts'
import { hold, pickOne, quoteUntilOver, showShares } from './acting.ts'
import { bidUntilClosed } from './bidding.ts'
import { chanceOf } from './chance.ts'
import { checkAcceptances, checkHolds, checkPicks, checkQuotes, checkReleases, checkSheets } from './check-acts.ts'
import { checkBids, checkLedger, checkLog, checkOnce, checkOutbox, type Violation } from './checks.ts'
import { startCrew, type Crew, type Killed } from './crew.ts'
import { judge } from './judging.ts'
import { post, signedIn, type Line, type Person, type Send } from './requests.ts'
import { makeBidders, MIXES, publish, type Staged } from './staging.ts'
import { newStory, type Story } from './story.ts'
import { watchLedger } from './watching.ts'
import type { Checkpoint } from '#app/domain/ledger/note.ts'

/** A database and an empty folder that the run owns. */
export type Ground = Pick<TestDatabase, 'url' | 'app' | 'owner'> & { folder: string }
export type Orders = { kills: number; seed: number; bidders?: number; say?: (line: string) => void; send?: Send; mixes?: typeof MIXES }
export type Report = { killed: readonly Killed[]; bursts: number; story: Story; looked: number; seen: readonly Checkpoint[]; entries: number; events: number; violations: Violation[]; seconds: number }

const SECONDS = { application: 4, directAcceptance: 4, drawDelay: 1, lowQuoteExplanation: 1, auctionDelay: 1, auctionRound: 2, scoring: 6, publicity: 2, decline: 1 } as const
const OWNER_PICKS = 4
/** For how long the marketplace, left in peace, may do nothing about what was begun: then it is stuck. */
const PEACE = 60_000

/**
 * Starts two webs and two workers, has agencies bid in bursts until every deadline while those processes are killed at their
 * points and started again, leaves them in peace, and looks for what must never be. What follows a deadline (quotes of an auction, judges, picks, holds) goes
 * on while the next burst bids.
 *
 * @param ground migrated, with the reference data
 * @param kills how many processes to kill at least
 * @param mixes the methods that are in a burst beside the three simplest, burst by burst
 */
export async function runFaults(ground: Ground, { kills, seed, bidders: crowd = 6, say = () => {}, send = post, mixes = MIXES }: Orders): Promise<Report> {
  const began = Date.now()
  const chance = chanceOf(seed)
  const story = newStory()
  await setPeriods(ground.owner, Object.fromEntries(Object.entries(SECONDS).map(([name, n]) => [name, { n, unit: 's' }])))
  await setPolicy(ground.owner, { ownerPicks: { n: OWNER_PICKS, unit: 's' } })
  makeKeyringFile(path.join(ground.folder, 'keyring.json'), KEYRING)
  const bidders = await makeBidders(ground, crowd)
  const office = await signedIn(ground.owner, await regulator(ground.owner))
  const ports = [await quietPort(), await quietPort()]
  const env: NodeJS.ProcessEnv = { ...CHILD_ENV, DATABASE_URL: ground.url, DATA_DIR: ground.folder, HOST: '127.0.0.1', LOG_LEVEL: 'info', STOP_WITH_STDIN: 'true' }
  const crew = startCrew({ env, ports, workers: 2, most: kills, chance })
  const watch = watchLedger(crew.addresses, KEYRING)
  const found: Violation[] = []
  const line: Line = { addresses: crew.addresses, story, chance, send }
  const later: Promise<unknown>[] = []
  let [looked, bursts] = [0, 0]
  const search = async () => {
    const dump = await searchDump(ground.owner, story)
    looked += dump.looked
    found.push(...dump.violations)
  }
  try {
    for (const address of crew.addresses) await untilReady(address, { within: PEACE, isAlive: () => true })
    for (; crew.killed.length < kills || bursts < Math.max(1, mixes.length); bursts++) {
      const mix = mixes[bursts % mixes.length] ?? []
      const stages = await publish(ground, bidders, { story, mix, burst: bursts })
      const acts = actAfterwards({ ...line, send: post }, ground, { stages, bidders, office, search })
      // It is looked at in the end.
      acts.catch(() => {})
      later.push(acts)
      const deadline = Math.max(...stages.map(({ tender }) => tender.publication.closesAt.getTime()))
      await Promise.all([sleep(Math.max(0, deadline - Date.now() - 300)).then(search), bidUntilClosed(line, stages, bidders)])
      // Workers that die do so little that new tenders would wait longer and longer.
      await later.at(-2)
      say(`Burst ${bursts + 1}: ${crew.killed.length} of ${kills} killed, ${story.acknowledged.length + story.told.length} acts acknowledged, ${watch.seen.at(-1)?.size ?? 0} entries seen.`)
    }
    await Promise.all(later)
    await crew.calm()
    await untilAtRest(ground, crew)
  } finally {
    await watch.stop()
    await crew.stop()
  }
  const kept = keptCheckpoint(path.join(ground.folder, 'ledger-kept.txt'))
  found.push(...watch.violations, ...(await violationsIn(ground, { story, seen: watch.seen, kept })), ...checkLog(crew.log()))
  for (const { tender, fen } of pricesIn(crew.log(), story.sent)) found.push({ check: 'secret', what: `a log names the price of ${fen} fen of ${tender}` })
  for (const { tender, words } of story.written) if (crew.log().includes(words)) found.push({ check: 'secret', what: `a log names the words ${words} of a score sheet of ${tender}` })
  const count = async (table: string) => Number(((await ground.owner(table).count({ count: '*' })) as [{ count: number }])[0].count)
  return { killed: crew.killed, bursts, story, looked, seen: watch.seen, entries: await count('ledger_entries'), events: await count('outbox'), violations: found, seconds: (Date.now() - began) / 1000 }
}

/** What is done to a burst's tenders by others than bidders, and after the deadlines; one tender of each burst with a mix is held. */
async function actAfterwards(line: Line, ground: Ground, { stages, bidders, office, search }: { stages: readonly Staged[]; bidders: readonly Person[]; office: Person; search: () => Promise<void> }): Promise<void> {
  const acts = stages.flatMap((stage) => {
    if (stage.kind === 'live-auction') return [quoteUntilOver(line, ground, stage, bidders)]
    if (stage.kind === 'merit') return [judge(line, ground, stage, search)]
    if (stage.kind === 'two-keys') return [showShares(line, ground, stage, search)]
    return stage.kind === 'credit-shortlist' ? [pickOne(line, ground, stage)] : []
  })
  await Promise.all([...acts, ...(acts.length ? [hold(line, ground, line.chance.oneOf(stages), office)] : [])])
}

/** What the database says about everything that was told, once it is at rest. */
export async function violationsIn({ owner }: { owner: TestDatabase['owner'] }, { story, seen, kept }: { story: Story; seen: readonly Checkpoint[]; kept?: Checkpoint }): Promise<Violation[]> {
  return [...(await checkBids(owner, story)), ...(await checkOnce(owner, story.tenders)), ...(await Promise.all([checkQuotes, checkSheets, checkPicks, checkReleases, checkAcceptances, checkHolds].map((check) => check(owner, story)))).flat(), ...(await checkLedger(owner, seen, kept)), ...(await checkOutbox(owner))]
}

async function untilAtRest({ owner }: Ground, { addresses }: Crew): Promise<void> {
  for (const address of addresses) await untilReady(address, { within: PEACE, isAlive: () => true })
  const left = `select (select count(*) from tenders where published_at is not null and settled_at is null)
                     + (select count(*) from awards where binding_told_at is null)
                     + (select count(*) from ledger_pending) + (select count(*) from outbox_pending) as left`
  for (let [least, since] = [Infinity, Date.now()]; Date.now() - since < PEACE; await sleep(200)) {
    const { rows } = await owner.raw<{ rows: [{ left: number }] }>(left)
    const count = Number(rows[0].left)
    if (count === 0) return
    if (count < least) [least, since] = [count, Date.now()]
  }
}
