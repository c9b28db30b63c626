import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { countPending, findLatestCheckpoint } from '#db/repositories/ledger-tree.ts'
import { findEntry, hasSubject, listEntries } from '#db/views/ledger-entries.ts'
import type { StoredEntry } from './entry.ts'

const A_PAGE = 30
const A_STORY = 100
const HASH = /^[0-9a-f]{64}$/

export type EntryPage = { entries: StoredEntry[]; next: number | null }

/** The newest entries, thirty a page, and how the ledger stands. */
export async function findEntries({ db, keyring, clock }: Pick<Context, 'db' | 'keyring' | 'clock'>, { before }: { before?: number }) {
  const [found, latest, pending, now] = await Promise.all([listEntries(db, { before, most: A_PAGE + 1 }), findLatestCheckpoint(db), countPending(db), clock.read(db)])
  const checkpoint = latest ? { size: latest.size, root: latest.root.toString('hex'), signedAt: latest.signedAt.toISOString() } : null
  const overdue = pending.oldest !== null && now.getTime() - pending.oldest.getTime() > keyring.mergeDelaySeconds * 1000
  return { ...pageOf(found, A_PAGE), checkpoint, waiting: pending.waiting, overdue, mergeDelaySeconds: keyring.mergeDelaySeconds }
}

/**
 * Everything the ledger has about one subject, from the beginning.
 * Refuses `ledger.no-such-story`.
 */
export async function findStory({ db }: Pick<Context, 'db'>, { subject, after }: { subject: string; after?: number }): Promise<EntryPage> {
  const found = await listEntries(db, { subject, after, most: A_STORY + 1 })
  if (found.length === 0) throw new Refusal('missing', 'ledger.no-such-story')
  return pageOf(found, A_STORY)
}

/**
 * Finds what somebody holds in hand: an entry's id or leaf hash from a receipt, or a subject such as a tender's number.
 * Refuses `ledger.nothing-found`.
 */
export async function findMine({ db }: Pick<Context, 'db'>, { text }: { text: string }): Promise<{ entry: string } | { subject: string }> {
  const given = text.trim()
  const lower = given.toLowerCase()
  const entry = isUuid(lower) ? await findEntry(db, { id: lower }) : HASH.test(lower) ? await findEntry(db, { leafHash: Buffer.from(lower, 'hex') }) : undefined
  if (entry) return { entry: entry.id }
  for (const subject of new Set([given, lower, given.toUpperCase()])) if (await hasSubject(db, subject)) return { subject }
  throw new Refusal('missing', 'ledger.nothing-found', { field: 'find' })
}

function pageOf(found: StoredEntry[], most: number): EntryPage {
  const entries = found.slice(0, most)
  return { entries, next: found.length > most ? entries.at(-1)!.ordinal : null }
}
