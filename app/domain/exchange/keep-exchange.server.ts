import type { Knex } from 'knex'
import { isTenderNumber } from '#app/domain/tenders/tender.ts'
import { handOver, type OutboxEvent } from '#db/repositories/outbox.ts'
import { insertVersions, listStandingRows } from '#db/repositories/exchange-rows.ts'
import { listServiceFacts, type Named } from '#db/views/exchange-facts.ts'
import type { Context } from '../context.ts'
import { changesOf, wantedOf } from './exchanged.ts'

/**
 * Brings the national tables up to what is so now, for every service that an event of the outbox names: however often an event
 * comes, and in whichever order, the tables end the same. A row that does not hold any more ends, with its reason, in the same
 * transaction in which another takes its place.
 *
 * @param most events at once
 * @returns how many events were read, and how many versions of rows were written
 */
export async function keepExchange({ db, clock }: Pick<Context, 'db' | 'clock'>, most: number): Promise<{ events: number; written: number }> {
  let written = 0
  const events = await handOver(db, 'exchange', most, async (trx, read) => {
    written = 0
    const named = namedBy(read)
    if (Object.values(named).some((names) => names.length > 0)) written = await tellServices(trx, named, await clock.read(trx))
  })
  return { events, written }
}

/** The same for services that are named, within a transaction that runs already; answers how many versions were written. */
export async function tellServices(trx: Knex.Transaction, named: Named, at: Date): Promise<number> {
  const services = await listServiceFacts(trx, named, at)
  const standing = await listStandingRows(trx, services.map(({ number }) => number))
  const ended = new Map(services.map((one) => [one.number, one.ended]))
  const versions = changesOf(services.flatMap(wantedOf), standing, (instance) => ended.get(instance) ?? null)
  await insertVersions(trx, versions, at)
  return versions.length
}

/** An event is known by what it names, so that a new type about a tender or a project needs no word here. */
function namedBy(events: readonly OutboxEvent[]): Named {
  const all = (pick: (event: OutboxEvent) => unknown) => [...new Set(events.map(pick).filter((name): name is string => typeof name === 'string'))].sort()
  const code = (kind: string) => (event: OutboxEvent) => (event.type === 'marketplace.national-code.named.v1' && fieldOf(event, 'kind') === kind ? event.subject : null)
  return {
    tenders: all((event) => (isTenderNumber(event.subject) ? event.subject : fieldOf(event, 'tender'))),
    // A case names its project; so does what is stated of the project itself.
    projects: all((event) => (/^marketplace\.(case|project)\./.test(event.type) ? fieldOf(event, 'project') : null)),
    agencies: all((event) => (event.type === 'marketplace.agency.corrected.v1' ? event.subject : null)),
    services: all(code('service')),
    items: all(code('item')),
  }
}

function fieldOf({ data }: OutboxEvent, name: string): unknown {
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? data[name] : undefined
}
