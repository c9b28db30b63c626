import type { Knex } from 'knex'
import { handOver, type OutboxEvent } from '#db/repositories/outbox.ts'
import type { Kind } from '#app/domain/search/found.ts'
import { isTenderNumber } from '#app/domain/tenders/tender.ts'
import { SOURCES } from './documents/kinds.ts'
import { serviceSubjects } from './documents/service.ts'
import type { SearchEngine } from './search.ts'

/** A list of one division is far shorter; one that is not comes whole all the same, page by page. */
const CODES_AT_ONCE = 500

/**
 * Reads what has happened and brings the documents of every subject that it names up to its rows as they are now: however
 * often an event comes, and in whichever order, the index ends the same.
 *
 * @param most events at once
 * @returns how many events were read
 */
export async function syncSearch(db: Knex, engine: SearchEngine, most: number): Promise<number> {
  return handOver(db, 'search', most, async (trx, events) => {
    const { agencies, tenders, catalogue } = subjectsOf(events)
    if (catalogue) for await (const codes of allCodes(trx)) await refresh(trx, engine, 'service', codes)
    await refresh(trx, engine, 'agency', agencies)
    await refresh(trx, engine, 'tender', tenders)
    await refresh(trx, engine, 'result', tenders)
  })
}

/** Puts what the rows say now of these subjects into the index; what may no longer be found leaves it. */
export async function refresh(trx: Knex.Transaction, engine: SearchEngine, kind: Kind, subjects: readonly string[]): Promise<number> {
  if (!subjects.length) return 0
  const documents = await SOURCES[kind].load(trx, subjects)
  await engine.replace(trx, kind, subjects, documents)
  return documents.length
}

/** Whom events concern. An event is known by what it names, so that a new type about an agency or a tender needs no word here. */
function subjectsOf(events: readonly OutboxEvent[]): { agencies: string[]; tenders: string[]; catalogue: boolean } {
  const named = (name: string, isOne: (subject: string) => boolean) => [...new Set(events.flatMap(({ subject, data }) => [...textAt(data, name), ...(isOne(subject) ? [subject] : [])]))].sort()
  return {
    agencies: named('agency', (subject) => /^[0-9A-Z]{18}$/.test(subject)),
    tenders: named('tender', isTenderNumber),
    catalogue: events.some(({ type }) => type === 'marketplace.opened.v1' || type.startsWith('marketplace.catalogue.')),
  }
}

function textAt(data: OutboxEvent['data'], name: string): string[] {
  const value = typeof data === 'object' && data !== null && !Array.isArray(data) ? data[name] : undefined
  return typeof value === 'string' ? [value] : []
}

async function* allCodes(trx: Knex.Transaction): AsyncGenerator<string[]> {
  for (let after = ''; ; ) {
    const codes = await serviceSubjects(trx, { after, limit: CODES_AT_ONCE })
    if (!codes.length) return
    yield codes
    after = codes.at(-1)!
  }
}
