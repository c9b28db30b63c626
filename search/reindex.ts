import type { Knex } from 'knex'
import { KINDS, type Kind } from '#app/domain/search/found.ts'
import { databaseClock, transact } from '#db/client.ts'
import { holdReader, tryHoldReader } from '#db/repositories/outbox.ts'
import { SOURCES } from './documents/kinds.ts'
import type { SearchEngine } from './search.ts'
import { refresh } from './sync.ts'

const AT_ONCE = 500

type Progress = (kind: Kind, documents: number) => void

/**
 * Builds the whole index again from the rows, in one transaction: until it commits everybody finds what was there before.
 * No event is read meanwhile; those that come are read afterwards, and find their subjects up to date or behind.
 *
 * @returns how many documents there are
 */
export async function reindex(db: Knex, engine: SearchEngine, progress: Progress = () => {}): Promise<number> {
  return transact(db, async (trx) => {
    await holdReader(trx, 'search')
    await engine.clear(trx)
    let total = 0
    for (const kind of KINDS) {
      let ofKind = 0
      for (let after = ''; ; ) {
        const subjects = await SOURCES[kind].behind(trx, { after, limit: AT_ONCE })
        if (!subjects.length) break
        ofKind += await refresh(trx, engine, kind, subjects)
        progress(kind, ofKind)
        after = subjects.at(-1)!
      }
      total += ofKind
    }
    await trx('search_index').insert({ reading: engine.reading, rebuilt_at: await databaseClock.read(trx) }).onConflict('single').merge()
    return total
  })
}

/** Builds the index where there is none yet, or where it was built by another reading of words; while another worker builds it, or reads events, it is left to the next time. */
export async function reindexIfOld(db: Knex, engine: SearchEngine): Promise<number | null> {
  const isCurrent = async (at: Knex) => (await at('search_index').first<{ reading: number } | undefined>('reading'))?.reading === engine.reading
  if (await isCurrent(db)) return null
  return transact(db, async (trx) => {
    if (!(await tryHoldReader(trx, 'search'))) return null
    // Another worker may have built it since we looked.
    return (await isCurrent(trx)) ? null : reindex(trx, engine)
  })
}
