import { VISITOR } from '#app/domain/accounts/actor.ts'
import { dayOf, type Day } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { findStory } from '#app/domain/ledger/find-entries.server.ts'
import type { StoredEntry } from '#app/domain/ledger/entry.ts'
import { logVkeys } from '#app/domain/ledger/published-keys.ts'
import { isRefusal, Refusal } from '#app/domain/refusal.ts'
import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { findLatestCheckpoint } from '#db/repositories/ledger-tree.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { findPayload } from '#db/views/ledger-entries.ts'
import { endOfTender, keptUntil } from './archive.ts'

/** One file of the archive: text that is made when it is sent. */
export type ArchivedFile = { name: string; content: AsyncIterable<string> | Iterable<string> }
export type Archive = { keptUntil: Day; endedAt: Date; files: ArchivedFile[] }

/** The last day on which the record of an ended tender has to be kept, by its division's policy of the day on which it ended; null while it runs. */
export async function recordKeptUntil({ db }: Pick<Context, 'db'>, shown: ShownTender): Promise<Day | null> {
  const endedAt = endOfTender(shown)
  if (!endedAt) return null
  const { archiveYears } = await policiesOf(db, shown.tender.divisionCode, dayOf(endedAt))
  return keptUntil(endedAt, archiveYears.value)
}

/**
 * The whole public record of a tender that has ended: its page as facts, every entry that the ledger has of it with the long facts
 * behind it, the bundle that proves its result, and the checkpoint and keys to check them by. Nothing in it is more than the public may see.
 *
 * @returns the last day on which the record has to be kept (policy `archiveYears`), and its files
 * Refuses `tenders.no-such-tender`, `life.not-archived` while it runs.
 */
export async function showArchive(context: Context, { number }: { number: string }): Promise<Archive> {
  const { db, keyring } = context
  const shown = await showTender({ ...context, actor: VISITOR }, { number })
  const endedAt = endOfTender(shown)
  const until = await recordKeptUntil(context, shown)
  if (!endedAt || !until) throw new Refusal('conflict', 'life.not-archived')
  const [bundle, checkpoint] = await Promise.all([bundleOf(context, number), findLatestCheckpoint(db)])
  const json = (value: unknown) => [JSON.stringify(value, null, 2)]
  const files: ArchivedFile[] = [
    { name: 'archive.json', content: json({ format: 'mingdan-archive/v1', tender: number, endedAt: endedAt.toISOString(), keptUntil: until }) },
    { name: 'tender.json', content: json(shown) },
    { name: 'entries.jsonl', content: linesOf(entriesOf(context, number)) },
    { name: 'payloads.jsonl', content: linesOf(payloadsOf(context, number)) },
    ...(bundle ? [{ name: 'bundle.json', content: json(bundle) }] : []),
    ...(checkpoint ? [{ name: 'checkpoint.txt', content: [checkpoint.note] }] : []),
    { name: 'keys.txt', content: [logVkeys(keyring).join('\n') + '\n'] },
  ]
  return { keptUntil: until, endedAt, files }
}

/** What failed before anything was opened, or without an acceptance, has none. */
async function bundleOf(context: Context, number: string): Promise<unknown> {
  return showBundle(context, { number }).catch((error: unknown) => {
    if (isRefusal(error) && error.kind === 'missing') return null
    throw error
  })
}

async function* entriesOf(context: Context, number: string): AsyncGenerator<StoredEntry> {
  for (let after: number | undefined, more = true; more; ) {
    const { entries, next } = await findStory(context, { subject: number, after })
    yield* entries
    ;[after, more] = [next ?? undefined, next !== null]
  }
}

async function* payloadsOf(context: Context, number: string): AsyncGenerator<{ hash: string; body: string }> {
  for await (const { payload } of entriesOf(context, number)) {
    const body = payload ? await findPayload(context.db, Buffer.from(payload, 'hex')) : undefined
    if (payload && body !== undefined) yield { hash: payload, body }
  }
}

async function* linesOf(rows: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`
}
