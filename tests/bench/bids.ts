import { randomUUID } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import pg from 'pg'
import type { Member } from '#app/domain/accounts/actor.ts'
import { closeTender } from '#app/domain/bids/close-tender.server.ts'
import { sealBid } from '#app/domain/bids/seal.ts'
import { submitSealedBid } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { openBids } from '#app/domain/awards/open-bids.server.ts'
import type { Context } from '#app/domain/context.ts'
import { freezePool } from '#app/domain/draw/freeze-pool.server.ts'
import { connect, databaseClock } from '#db/client.ts'
import type { TestContext, TestDatabase } from '#tests/support/database.ts'
import { setPolicy } from '#tests/support/beacons.ts'
import { aTender, KEYRING, sequencerOf, setPeriods, type Stage } from '#tests/support/tenders.ts'
import { manyAgencies } from './agencies.ts'
import { bareOpening } from './bare-opening.ts'
import { freshOf, statementsOf } from './captured.ts'
import type { Ground } from './ground.ts'
import { median } from './pairs.ts'
import { findPgbench, pgbenchBids } from './pgbench.ts'
import { bareBids, type Sent } from './same-sql.ts'

const AGENCIES = 1_000
const BIDS = 10_000
const AT_ONCE = 10
const ROUNDS = 6
const A_ROUND = 400
/** What a bid may cost beside the same statements without it. */
export const BID_GOAL = 0.5
/** By how much the heap may grow over ten thousand bids, in megabytes. */
export const HEAP_LIMIT = 10

export type BidFigure = { name: string; perSecond: number; p50: number; p99: number; ratio: number }
/** The first of the rates is what the others are set beside: pgbench's, or a bare client's on a machine without pgbench. */
export type BidsFigure = { rates: BidFigure[]; statements: number; opened: number; openingMs: number; bareMs: number; closingMs: number; heap: { at: number; heap: number; rss: number }[] }
type Rounds = { perSecond: number; times: number[] }[]
type Seen = Record<'bare' | 'pgbench' | 'ours', Rounds>
const NAMES: Record<keyof Seen, string> = { pgbench: 'pgbench, same SQL', bare: 'bare Node client, same SQL', ours: 'bids accepted' }
type Sealed = { member: Member; bid: string; envelope: string }

/**
 * Ten thousand sealed bids of a thousand agencies in one tender. Some of them are measured in turns with a bare client that sends
 * the very statements of one bid over as many connections; the heap is read on the way; in the end a thousand bids are opened.
 */
export async function measureBids({ url, ownerUrl }: Pick<Ground, 'url' | 'ownerUrl'>): Promise<BidsFigure> {
  const [app, owner, ledger] = [connect(url, 'app', { most: AT_ONCE }), connect(ownerUrl, 'owner', { most: 2 }), connect(url, 'ledger', { most: 1 })]
  const database = { app, owner, ledger } as TestDatabase
  const as = (actor: Member, clock: Context['clock'] = databaseClock): TestContext => ({ db: app, actor, clock: clock as TestContext['clock'], keyring: KEYRING, traceId: '0'.repeat(32) })
  const pool = new pg.Pool({ connectionString: url, max: AT_ONCE, options: '-c role=mingdan_app -c statement_timeout=10000 -c lock_timeout=5000 -c timezone=UTC -c join_collapse_limit=4' })
  try {
    await setPolicy(owner, { bidsPerAgency: BIDS })
    // A demo's tender would close under the bids; ten thousand of them take minutes.
    await setPeriods(owner, { application: { n: 6, unit: 'h' } })
    const stage = await aTender(database, as, { method: 'lowest-price' })
    const members = await manyAgencies(owner, stage.listing, AGENCIES)
    await owner.raw('analyze')
    let taken = 0
    const last = new Map<string, string>()
    const bid = async ({ member, bid: id, envelope }: Sealed) => {
      await submitSealedBid(as(member), { number: stage.number, bid: id, envelope })
      last.set(member.organisationId, id)
      taken += 1
    }
    const some = (count: number) => sealed(stage, Array.from({ length: count }, (_, place) => members[(taken + place) % AGENCIES]!))
    const heap: BidsFigure['heap'] = []

    const [first] = members as [Member, ...Member[]]
    const captured: { statements: Awaited<ReturnType<typeof statementsOf>>; sent: Sealed }[] = []
    for (const member of [first, first, first]) {
      const [sent] = (await sealed(stage, [member])) as [Sealed]
      captured.push({ statements: await statementsOf(app, () => bid(sent)), sent })
    }
    const [, second, third] = captured as [(typeof captured)[0], (typeof captured)[0], (typeof captured)[0]]
    while (taken < AGENCIES + 10) {
      await atOnce(await some(500), bid)
      if (!heap.length) heap.push({ at: taken, ...heapNow() })
    }
    const model: Sent = { statements: third.statements, fresh: freshOf(third.statements, second.statements), agency: first, earlier: second.sent.bid, bid: third.sent.bid }
    const bare = bareBids(pool, model, last)

    const command = findPgbench()
    const runPgbench = command && (await pgbenchBids(owner, { command, url, atOnce: AT_ONCE, model, members }))

    const seen: Seen = { bare: [], pgbench: [], ours: [] }
    for (let round = 0; round < ROUNDS; round++) {
      const mine = await some(A_ROUND)
      const theirs = mine.map(({ member }) => member)
      const first = members.indexOf(theirs[0]!)
      const runs = [
        async () => void seen.bare.push(await timed(theirs, bare)),
        async () => {
          if (!runPgbench) return
          seen.pgbench.push(runPgbench(first, A_ROUND))
          for (const { agency_id, id } of await owner('bids').where({ replaced_at: null }).select('agency_id', 'id')) last.set(agency_id, id)
        },
        async () => void seen.ours.push(await timed(mine, bid)),
      ]
      // Whoever comes later finds the pages of the first in memory; so they take turns in that too.
      for (const run of [...runs.slice(round % 3), ...runs.slice(0, round % 3)]) await run()
    }
    while (taken < BIDS) {
      heap.push({ at: taken, ...heapNow() })
      await atOnce(await some(Math.min(500, BIDS - taken)), bid)
    }
    heap.push({ at: taken, ...heapNow() })
    const { opened, openingMs, closingMs } = await opening(database, as, stage)
    const bareMs = await bareOpening(opened)
    return { rates: ratesOf(seen), statements: third.statements.length, opened, openingMs, bareMs, closingMs, heap }
  } finally {
    await Promise.all([pool.end(), app.destroy(), owner.destroy(), ledger.destroy()])
  }
}

/** Sealed before anything is timed, as it is by the bidders' own browsers. */
async function sealed({ number, tender }: Stage, members: readonly Member[]): Promise<Sealed[]> {
  const { sealing, procedure } = tender.publication
  return Promise.all(members.map(async (member, place) => {
    const bid = randomUUID()
    const offer = { tender: number, bid, uscc: member.uscc!, quote: { kind: 'money', fen: 25_000_00 + place * 1_00 }, contribution: '', salt: '0'.repeat(32) }
    return { member, bid, envelope: await sealBid({ offer }, { tender: number, rules: procedure.rules, bid, uscc: member.uscc!, holders: sealing!.holders }) }
  }))
}

/** All of them, so many at a time. */
async function atOnce<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...list]
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) await work(one)
  }))
}

async function timed<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<Rounds[number]> {
  const times: number[] = []
  const began = performance.now()
  await atOnce(list, async (one) => {
    const since = performance.now()
    await work(one)
    times.push(performance.now() - since)
  })
  return { perSecond: (list.length / (performance.now() - began)) * 1000, times }
}

function ratesOf(seen: Seen): BidFigure[] {
  const ratesIn = (rounds: Rounds) => rounds.map(({ perSecond }) => perSecond)
  const beside = seen.pgbench.length > 0 ? seen.pgbench : seen.bare
  return (Object.keys(NAMES) as (keyof Seen)[]).filter((who) => seen[who].length > 0).map((who) => {
    const times = seen[who].flatMap((round) => round.times).toSorted((one, other) => one - other)
    const ratio = median(ratesIn(seen[who]).map((perSecond, round) => perSecond / beside[round]!.perSecond))
    return { name: NAMES[who], perSecond: median(ratesIn(seen[who])), p50: median(times), p99: times[Math.floor(times.length * 0.99)]!, ratio }
  })
}

async function opening(database: TestDatabase, as: (actor: Member, clock?: Context['clock']) => TestContext, { owner, tender }: Stage): Promise<{ opened: number; openingMs: number; closingMs: number }> {
  const { publishedAt, closesAt } = tender.publication
  const context = as(owner, { read: () => Promise.resolve(closesAt) })
  // Somebody served until then, or the hours that are skipped here would be an outage, which moves the deadline.
  await database.owner('service_spells').insert({ process: randomUUID(), began_at: publishedAt, beat_at: closesAt })
  let began = performance.now()
  await closeTender(context, tender)
  await freezePool(context, tender)
  const closingMs = performance.now() - began
  // The bare client's entries are no entries: no leaf fits them, and a sequencer that met them would stop.
  await database.owner.raw(`delete from ledger_pending using ledger_entries entry where entry.id = entry_id and leaf_hash <> sha256('\\x00'::bytea || convert_to(body, 'UTF8'))`)
  const sequence = sequencerOf(database)
  while (((await sequence()) as { added: number }).added > 0);
  began = performance.now()
  const { opening: result } = await openBids(context, tender)
  if (!result) throw new Error('The bids of the bench were not opened.')
  return { opened: result.valid, openingMs: performance.now() - began, closingMs }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** What is left after everything that nobody holds is gone, in megabytes. */
function heapNow(): { heap: number; rss: number } {
  collect()
  const { heapUsed, rss } = process.memoryUsage()
  return { heap: heapUsed / 2 ** 20, rss: rss / 2 ** 20 }
}
