import type { Knex } from 'knex'
import { Frontier } from '#app/domain/ledger/frontier.ts'
import { consistencyNodes, consistencyProof, verifyConsistency } from '#app/domain/ledger/merkle.ts'
import type { Checkpoint } from '#app/domain/ledger/note.ts'
import type { PoolLeaf } from '#app/domain/draw/draw.ts'
import { findNodes, listLeafBodies } from '#db/repositories/ledger-tree.ts'
import { signedPart } from '#tests/support/receipt.ts'
import type { Acknowledged, Story } from './story.ts'

export const CHECKS = ['bid', 'once', 'quote', 'sheet', 'pick', 'release', 'acceptance', 'hold', 'secret', 'ledger', 'outbox', 'process'] as const
export type Check = (typeof CHECKS)[number]
/** What must never be, and was. */
export type Violation = { check: Check; what: string }

type Row = { id: string; number: string; agency: string; body: string; receipt: string; received_at: Date; closes_at: Date; withdrawn_at: Date | null }

/** Every bid that somebody was told is taken is there, in time, in its pool, and with the receipt that was shown. */
export async function checkBids(db: Knex, { tenders, acknowledged }: Pick<Story, 'tenders' | 'acknowledged'>): Promise<Violation[]> {
  const rows: Row[] = await db('bids').join('tenders', 'tenders.id', 'bids.tender_id').whereIn('number', [...tenders]).select('bids.id', 'number', 'agency_id as agency', 'body', 'receipt', 'received_at', 'closes_at', 'withdrawn_at')
  const pools: { number: string; leaves: PoolLeaf[] }[] = await db('draw_pools').join('tenders', 'tenders.id', 'draw_pools.tender_id').whereIn('number', [...tenders]).select('number', 'leaves')
  const leaves = new Map(pools.map(({ number, leaves }) => [number, new Set(leaves.map(({ bid }) => bid))]))
  const of = (one: Acknowledged) => rows.filter(({ number, agency }) => number === one.tender && agency === one.agency)
  const found: string[] = []
  // What has no contribution shows nothing of its form: those are counted.
  for (const [who, taken] of Map.groupBy(acknowledged.filter(({ act, mark }) => act === 'submit' && !mark), ({ tender, agency }) => `${agency} in ${tender}`)) {
    const kept = of(taken[0]!).length
    if (kept < taken.length) found.push(`${taken.length} bids of ${who} were acknowledged, ${kept} are there`)
  }
  for (const one of acknowledged.filter(({ act, mark }) => act === 'submit' && mark)) {
    const row = of(one).find(({ id, body }) => (one.bid ? id === one.bid : body.includes(one.mark)))
    if (!row) found.push(`the acknowledged bid ${one.mark} in ${one.tender} is lost`)
    else if (one.receipt !== null && row.receipt !== signedPart(one.receipt)) found.push(`the receipt of ${one.mark} in ${one.tender} is another than was shown`)
  }
  for (const [who, taken] of Map.groupBy(acknowledged.filter(({ act }) => act === 'withdraw'), ({ tender, agency }) => `${agency} in ${tender}`)) {
    const kept = of(taken[0]!).filter(({ withdrawn_at: at }) => at !== null).length
    if (kept < taken.length) found.push(`${taken.length} withdrawals of ${who} were acknowledged, ${kept} are there`)
  }
  for (const { id, number, received_at: at, closes_at: closes } of rows) {
    if (at >= closes) found.push(`the bid ${id} in ${number} was received after the deadline`)
    if (leaves.has(number) && !leaves.get(number)!.has(id)) found.push(`the bid ${id} is no leaf of the pool of ${number}`)
  }
  return found.map((what) => ({ check: 'bid', what }))
}

/** What each tender has once, in its rows, in the ledger and in what was told. */
export async function checkOnce(db: Knex, tenders: readonly string[]): Promise<Violation[]> {
  const entries: { kind: string; subject: string }[] = await db('ledger_entries').whereIn('subject', [...tenders]).select('kind', 'subject')
  const events: { type: string; subject: string }[] = await db('outbox').whereIn('subject', [...tenders]).select('type', 'subject')
  const outcomes: { number: string; closed: number; awarded: number }[] = await db('tenders').whereIn('number', [...tenders]).select(
    'number',
    db.raw('(select count(*)::int from tender_closings c where c.tender_id = tenders.id) as closed'),
    db.raw('(select count(*)::int from awards a where a.tender_id = tenders.id) as awarded'),
  )
  const found: string[] = []
  for (const { number, closed, awarded } of outcomes) {
    const told = (kind: RegExp) => entries.filter((entry) => entry.subject === number && kind.test(entry.kind)).length
    const heard = (type: string) => events.filter((event) => event.subject === number && event.type === `marketplace.tender.${type}.v1`).length
    const failed = told(/^tender\.failed$/)
    const counts = { 'closings': closed, 'publications': told(/^tender\.published$/), 'ends told to the ledger': told(/^award\.made$/) + failed, 'ends told to others': heard('awarded') + heard('failed') }
    for (const [what, count] of Object.entries(counts)) if (count !== 1) found.push(`${number} has ${count} ${what}`)
    if (awarded + failed !== 1) found.push(`${number} has ${awarded} awards and failed ${failed} times`)
    if (heard('award-bound') !== awarded) found.push(`${number} has ${awarded} awards, and ${heard('award-bound')} were told to be binding`)
    for (const kind of ['tender.closed', 'pool.frozen', 'bids.opened', 'auction.ended', 'draw.drawn', 'shortlist.drawn', 'shortlist.picked', 'sheets.revealed', 'bids.ranked']) if (told(new RegExp(`^${kind.replace('.', '\\.')}$`)) > 1) found.push(`${number} has more than one ${kind} in the ledger`)
  }
  return found.map((what) => ({ check: 'once', what }))
}

/** The stored entries, read again, give the root of every checkpoint that was seen, and each continues the one before. */
export async function checkLedger(db: Knex, seen: readonly Checkpoint[], kept?: Checkpoint): Promise<Violation[]> {
  const found: string[] = []
  const stored: Checkpoint[] = await db('ledger_checkpoints').orderBy('size').select('size', 'root')
  const wanted = Map.groupBy([...stored, ...seen, ...(kept ? [kept] : [])], ({ size }) => size)
  const frontier = new Frontier()
  for (let more = true; more; ) {
    const bodies = await listLeafBodies(db, frontier.size, 1024)
    for (const body of bodies) {
      frontier.push(body)
      for (const { root } of wanted.get(frontier.size) ?? []) if (!root.equals(frontier.root())) found.push(`the entries do not give the root of a checkpoint over ${frontier.size}`)
    }
    more = bodies.length === 1024
  }
  for (const { size } of seen) if (size > frontier.size) found.push(`a checkpoint over ${size} entries was given out, and the ledger has ${frontier.size}`)
  for (const [place, newer] of seen.entries()) {
    const older = seen[place - 1]
    if (!older || older.size === 0 || newer.size > frontier.size) continue
    if (newer.size < older.size) found.push(`the ledger was given out with ${older.size} entries and then with ${newer.size}`)
    else if (!verifyConsistency(older.size, newer.size, consistencyProof(older.size, newer.size, await findNodes(db, consistencyNodes(older.size, newer.size))), older.root, newer.root)) found.push(`no proof leads from ${older.size} entries to ${newer.size}`)
  }
  const [entries] = (await db('ledger_entries').count({ count: '*' })) as [{ count: number }]
  if (entries.count !== frontier.size) found.push(`${entries.count} entries are committed, ${frontier.size} have a leaf`)
  return found.map((what) => ({ check: 'ledger', what }))
}

/** Which event goes with which entry; the others bring none. */
const EVENT_OF: Record<string, RegExp> = {
  'tender.published': /^marketplace\.tender\.published\.v1$/,
  'tender.closed': /^marketplace\.tender\.closed\.v1$/,
  'tender.failed': /^marketplace\.tender\.failed\.v1$/,
  'bids.opened': /^marketplace\.tender\.opened\.v1$/,
  'judge.invited': /^marketplace\.judge\.invited\.v1$/,
  'judge.declared': /^marketplace\.judge\.declared\.v1$/,
  'sheet.committed': /^marketplace\.sheet\.committed\.v1$/,
  'sheets.revealed': /^marketplace\.sheets\.revealed\.v1$/,
  'shares.released': /^marketplace\.tender\.shares-released\.v1$/,
  'tender.suspended': /^marketplace\.tender\.suspended\.v1$/,
  'tender.resumed': /^marketplace\.tender\.resumed\.v1$/,
  'award.made': /^marketplace\.tender\.awarded\.v1$/,
  'bid.received': /^marketplace\.bid\.(received|replaced)\.v1$/,
  'bid.withdrawn': /^marketplace\.bid\.withdrawn\.v1$/,
}

/** The end of an auction is told as the opening of its prices. */
const kindOf = (kind: string) => (kind === 'auction.ended' ? 'bids.opened' : kind)

/** Each act that is committed has its event and its audit, each event its act, and every reader has read them all, once. */
export async function checkOutbox(db: Knex): Promise<Violation[]> {
  const entries: { kind: string; subject: string; audits: number }[] = await db('ledger_entries as entry').whereIn('kind', [...Object.keys(EVENT_OF), 'auction.ended']).select('kind', 'subject', db.raw('(select count(*)::int from audits where audits.subject = entry.subject and audits.at = entry.at and audits.trace_id = entry.trace_id) as audits'))
  const events: { type: string; subject: string; messages: number }[] = await db('outbox').select('type', 'subject', db.raw('(select count(*)::int from messages where messages.event_id = outbox.event_id) as messages'))
  const found: string[] = []
  for (const [kind, type] of Object.entries(EVENT_OF)) {
    const count = (list: { subject: string }[]) => Map.groupBy(list, ({ subject }) => subject)
    const [acts, told] = [count(entries.filter((entry) => kindOf(entry.kind) === kind)), count(events.filter((event) => type.test(event.type)))]
    for (const subject of new Set([...acts.keys(), ...told.keys()])) {
      const [committed, heard] = [acts.get(subject)?.length ?? 0, told.get(subject)?.length ?? 0]
      if (committed !== heard) found.push(`${kind} of ${subject} is committed ${committed} times and in the outbox ${heard} times`)
    }
  }
  for (const { kind, subject, audits } of entries) if (audits === 0) found.push(`${kind} of ${subject} has no audit`)
  for (const { type, subject, messages } of events) if (/\.(bid\.\w+|tender\.awarded)\.v1$/.test(type) && messages === 0) found.push(`${type} of ${subject} was told to nobody`)
  const waiting: { reader: string; events: number }[] = await db('outbox_pending').groupBy('reader').select('reader', db.raw('count(*)::int as events'))
  for (const { reader, events: left } of waiting) found.push(`${left} events were never read by ${reader}`)
  return found.map((what) => ({ check: 'outbox', what }))
}

/** Said by a machine that has too much to do, as one that starts so many processes has: come again in a moment. */
const BUSY = /"status":503|timeout expired|KnexTimeoutError|Timeout acquiring a connection|Connection terminated/
/** Said by rounds that are run again. */
const AGAIN = /The round failed|could not be moved/

/** What stands in the logs of processes that died: no bug of ours, no end of their own. */
export function checkLog(log: string): Violation[] {
  const bad = log.split('\n').filter((line) => /"level":60/.test(line) || (/"level":50/.test(line) && !BUSY.test(line) && !AGAIN.test(line)))
  return bad.map((line) => ({ check: 'process', what: line.slice(0, 300) }))
}
