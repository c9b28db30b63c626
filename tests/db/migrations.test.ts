import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { knownMigrations } from '#db/migrate.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { countReceivedBids, findBid, findStandingBid } from '#db/repositories/bids.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { listQualificationKinds, listQualifications } from '#db/repositories/qualifications.ts'
import { findTender, lockTender } from '#db/repositories/tenders.ts'
import { findAfterAward } from '#db/views/after-award.ts'
import { findEntryRecord } from '#db/views/agencies.ts'
import { listBidders, listGrounds } from '#db/views/bidders.ts'
import { CHANGCHUN } from '#tests/support/factories.ts'
import { makeDatabase, test, type TestDatabase } from '#tests/support/database.ts'

/** What PostgreSQL holds a database to, whatever the order in which it was made: columns, checks and keys, indexes and views, without the names that it chose itself. */
async function schemaOf({ owner }: Pick<TestDatabase, 'owner'>): Promise<string[]> {
  const { rows } = await owner.raw<{ rows: { line: string }[] }>(`
    select format('%s.%s %s %s', table_name, column_name, data_type, is_nullable) as line from information_schema.columns where table_schema = 'public'
    union all select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select format('%s %s', viewname, definition) from pg_views where schemaname = 'public'`)
  return rows.map(({ line }) => line).sort()
}

/** Migrations as the product runs them, in a process of their own; all that are known, or all but some. */
function migrateTo(ownerUrl: string, without: readonly string[]): string[] {
  const run = `const { knownMigrations, migrate } = await import('#db/migrate.ts'); console.log(JSON.stringify(await migrate(process.env.OWNER_URL, knownMigrations().filter((name) => !${JSON.stringify(without)}.includes(name)))))`
  return JSON.parse(execFileSync('node_modules/.bin/node', ['--input-type=module', '-e', run], { env: { ...process.env, OWNER_URL: ownerUrl } }).toString()) as string[]
}

test('a marketplace that has auctions already gets afterwards what was numbered before them or comes later, and ends with the same tables as a new one', async ({ database }) => {
  const late = knownMigrations().filter((name) => name > '022' && name !== '023_auctions.ts')
  const older = await makeDatabase('template0')
  try {
    expect(migrateTo(older.ownerUrl, late)).toContain('023_auctions.ts')
    expect(migrateTo(older.ownerUrl, [])).toEqual(late)
    expect(await schemaOf(older)).toEqual(await schemaOf(database))
  } finally {
    await older.drop()
  }
})

test('what a connection keeps prepared goes on answering while a migration of the next version adds columns below it', async ({ database: { owner } }) => {
  // One connection, as a web has them while another one already migrates.
  const trx = await owner.transaction()
  const [id, agencyId, tenderId, listingId, at] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), new Date()]
  const ask = async () => [
    await findTender(trx, { id }),
    await findTender(trx, { number: '220100-2026-00001' }),
    await lockTender(trx, { id }, 'share'),
    await findAfterAward(trx, { id, at }),
    await findBid(trx, id),
    await findStandingBid(trx, { tenderId, agencyId }),
    await countReceivedBids(trx, { tenderId, agencyId }),
    await findEntryRecord(trx, agencyId),
    await listBidders(trx, { agencyIds: [agencyId], listingCode: 'R01' }),
    await listGrounds(trx, [{ id, ownerId: agencyId, listingId, divisionCode: CHANGCHUN, projectCode: '2026-220100-47-01-892006' }], at),
    await policiesOf(trx, CHANGCHUN, dayOf(at)),
    await listQualificationKinds(trx),
    await listQualifications(trx, agencyId),
  ]
  try {
    const before = await ask()
    for (const table of ['tenders', 'tender_closings', 'contracts', 'organisations', 'bids', 'agencies', 'listings', 'offerings', 'policy_parameters', 'qualification_kinds', 'agency_qualifications']) await trx.raw(`alter table ${table} add column next_version text`)
    expect(await ask()).toEqual(before)
  } finally {
    await trx.rollback()
  }
})
