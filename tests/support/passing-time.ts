import type { Knex } from 'knex'
import pg from 'pg'

/**
 * Puts a clock before the database's own that a test can set forward: whoever asks this database for the time, in whatever
 * process, gets it. So nobody waits for a deadline, and a slow machine has as long before it as a quick one.
 */
export async function layClock(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`
      create schema passing;
      create table passing.time (ahead interval not null);
      insert into passing.time values ('0');
      create function passing.clock_timestamp() returns timestamptz language sql volatile as
        $$ select pg_catalog.clock_timestamp() + ahead from passing.time $$;
      grant usage on schema passing to public;
      grant select on passing.time to public;
      do $$ begin execute format('alter database %I set search_path to passing, pg_catalog, public', current_database()); end $$;
    `)
  } finally {
    await client.end()
  }
}

/** Sets the clock of a laid database forward to an instant, if that is still to come. The webs beat on meanwhile, or the marketplace would count the time as an outage. */
export async function passTo(owner: Knex, instant: Date): Promise<void> {
  await owner.transaction(async (trx) => {
    await trx.raw(`update passing.time set ahead = greatest(ahead, ? - pg_catalog.clock_timestamp())`, [instant])
    await trx.raw(`update service_spells set beat_at = passing.clock_timestamp() where beat_at > passing.clock_timestamp() - (select ahead from passing.time) - interval '10 s'`)
  })
}

/** A second behind a deadline of this tender. */
export async function passDeadline(owner: Knex, number: string, of: 'closes_at' | 'publicity_ends_at' = 'closes_at'): Promise<void> {
  const row = await owner('tenders').leftJoin('standing_awards', 'standing_awards.tender_id', 'tenders.id').where({ number }).first<Record<typeof of, Date>>('closes_at', 'publicity_ends_at')
  await passTo(owner, new Date(row![of].getTime() + 1000))
}
