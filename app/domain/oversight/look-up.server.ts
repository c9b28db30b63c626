import type { LedgerEntry } from '#app/domain/ledger/entry.ts'
import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { sayable } from '#app/domain/ledger/sayable.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { listActs, listDeliveries, listFound, listTold, type Act, type Delivery, type FoundRow, type ToldEntry, type TrailBy } from '#db/views/look-up.ts'
import { normaliseNumber, whatNumber, type Reading } from './what-number.ts'

export type { Act, Delivery }
export type Found = FoundRow
/** One line of the ledger's story, with what its sentence may use. */
export type Told = Omit<ToldEntry, 'body' | 'ordinal'> & { facts: Record<string, string> }
export type LookedUp = { number: string; readings: Reading[]; found: Found[]; acts: Act[]; deliveries: Delivery[]; told: Told[] }

const MOST = 30

/**
 * Finds whatever bears a number, for those who help others: what it is, where it stands, what was done with it, who was
 * told, and what the ledger has. It shows that something was done and never by which person, and who bid only once the
 * pool is frozen, as on the tender's page. The look itself is noted in the audit, with what was looked for.
 *
 * @param number as somebody typed or pasted it
 * @returns all lists empty where nothing bears it; a text without any shape of ours is looked for as a subject only
 *
 * Refuses `accounts.sign-in-first`, `accounts.not-allowed`.
 */
export async function lookUp(context: Context, { number }: { number: string }): Promise<LookedUp> {
  const member = memberWho(context.actor, 'look:up')
  const { db, clock, traceId } = context
  const readings = whatNumber(number)
  const at = await clock.read(db)
  const plain = normaliseNumber(number).slice(0, 100)
  if (plain === '') return { number: '', readings, found: [], acts: [], deliveries: [], told: [] }
  const listed = (await Promise.all(readings.map((reading) => listFound(db, reading, at)))).flat()
  const found = await Promise.all(distinct(listed).map((one) => withState(context, one, at)))
  const trace = readings.find(({ kind }) => kind === 'trace')
  const subjects = [...new Set([plain, ...readings.map(({ value }) => value), ...found.flatMap(subjectsOf)])]
  const bys: TrailBy[] = [...(trace ? [{ traceId: trace.value }] : []), { subjects }]
  const [acts, deliveries, told] = await Promise.all([
    gather(bys, (by) => listActs(db, by, MOST)),
    gather(bys, (by) => listDeliveries(db, by, MOST)),
    gather(bys, (by) => listTold(db, by, MOST)),
  ])
  // A sign-in name is a person's: the diary of looks keeps who looked, and not the name.
  const personal = found.some(({ kind }) => kind === 'signInName') || (found.length === 0 && readings.at(-1)?.kind === 'signInName')
  await transact(db, (trx) => insertAudit(trx, { at, accountId: member.accountId, organisationId: member.organisationId, act: 'look:up', subject: personal ? member.accountId : plain, details: { kinds: readings.map(({ kind }) => kind), found: found.length }, traceId }))
  return { number: plain, readings, found, acts, deliveries, told: told.map(sayToldOf) }
}

async function gather<T>(bys: readonly TrailBy[], list: (by: TrailBy) => Promise<T[]>): Promise<T[]> {
  return (await Promise.all(bys.map(list))).flat().slice(0, MOST)
}

/** A session's trail is its account's; what a bid's name says is its tender, whose story is another. */
function subjectsOf({ kind, subject }: Found): string[] {
  return kind === 'signInName' ? [] : [subject]
}

async function withState({ db }: Context, found: FoundRow, at: Date): Promise<Found> {
  if (found.kind !== 'tender' || found.state !== null) return found
  const tender = await findTender(db, { number: found.subject })
  return tender ? { ...found, state: statusAt(tender, at) } : found
}

/** One thing may answer to two readings; it is shown once. */
function distinct(found: readonly FoundRow[]): FoundRow[] {
  const seen = new Set<string>()
  return found.filter(({ kind, subject, ledgerEntry, organisation }) => {
    const key = `${kind} ${subject} ${ledgerEntry} ${organisation?.uscc}`
    return !seen.has(key) && seen.add(key)
  })
}

function sayToldOf({ body, ordinal: _ordinal, ...told }: ToldEntry): Told {
  const { facts } = JSON.parse(body) as LedgerEntry
  return { ...told, facts: sayable({ subject: told.subject, facts }) }
}
