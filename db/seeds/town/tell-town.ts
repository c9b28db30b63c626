import type { Knex } from 'knex'
import { hashPassword } from '#app/domain/accounts/password.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { withChance } from '#app/domain/chance.server.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { makeSequencer } from '#app/domain/ledger/sequence.server.ts'
import { databaseClock, transact } from '#db/client.ts'
import { insertDemoPerson } from '#db/repositories/demo-people.ts'
import { DEMO_DIVISION, seedCatalogue } from '../catalogue.ts'
import { DEMO_PEOPLE } from '../demo-people.ts'
import { seedDemoPolicies, seedYearPolicies } from '../policies.ts'
import { diceFor } from './dice.ts'
import { PLAYED_JUDGE } from './merits.ts'
import { makeStage, traceOf } from './stage.ts'
import { planTown } from './town.ts'

export type Telling = {
  /** Two connections at most; nothing in it waits for the disk until the end. */
  db: Knex
  /** A pool of the role `ledger`. */
  ledgerDb: Knex
  keyring: Keyring
  password: string
  /** 1 for the whole town, 0 for nothing but the people one can be. */
  scale: number
  /** The instant at which the story ends; the database's now unless a test wants two towns alike. */
  toldAt?: Date
  onProgress?: (share: number) => void
}

/**
 * Tells the demo's year into an empty marketplace, once: an interrupted telling goes on where it was, and one that was
 * told to its end has its people on the sign-in page. A marketplace that somebody else has begun gets the people alone.
 */
export async function tellTown({ db, ledgerDb, keyring, password, scale, toldAt: wanted, onProgress = () => {} }: Telling): Promise<void> {
  // A crash may take the last half second of the story along; the next start tells it again.
  for (const pool of [db, ledgerDb]) await pool.raw('set synchronous_commit to off')
  const begun = await begunAt(db)
  const toldAt = begun ?? wanted ?? (await databaseClock.read(db))
  await withChance({ bytes: diceFor('catalogue').bytes, writtenAt: toldAt }, () => seedCatalogue({ db, keyring }))
  await seedYearPolicies(db, DEMO_DIVISION)
  await seedDemoPolicies(db, DEMO_DIVISION, dayOf(toldAt))

  const round = makeSequencer({ db: ledgerDb, keyring, clock: { read: () => Promise.resolve(toldAt) }, log: { warn: () => {} } })
  const done = begun ? await threadsOf(db) : new Set<string>()
  const isOthers = !begun && (await hasTenders(db))
  const stage = makeStage({ db, keyring, toldAt, password: { hashed: await hashPassword(password) }, done, sequence: round, onProgress })
  planTown(stage, { scale: isOthers ? 0 : scale, officePassword: password })
  await stage.run()
  while ((await round()).added > 0);

  await db.raw('set synchronous_commit to on')
  await transact(db, async (trx) => {
    for (const [place, { signInName, sentence }] of DEMO_PEOPLE.entries()) {
      if (sentence) await insertDemoPerson(trx, { accountId: stage.cast.get(signInName)!.accountId, place: place + 1, ...sentence })
    }
    const judge = stage.cast.get(PLAYED_JUDGE.signInName)
    if (judge) await insertDemoPerson(trx, { accountId: judge.accountId, place: DEMO_PEOPLE.length + 1, ...PLAYED_JUDGE.sentence })
  })
}

/** When the telling began that was interrupted; every entry of it says so. */
async function begunAt(db: Knex): Promise<Date | null> {
  const row = await db('ledger_entries').whereIn('trace_id', DEMO_PEOPLE.map(({ signInName }) => traceOf(`enrol/${signInName}`))).first<{ recorded_at: Date } | undefined>('recorded_at')
  return row?.recorded_at ?? null
}

async function threadsOf(db: Knex): Promise<Set<string>> {
  const rows = await db('audits').distinct<{ trace_id: string }[]>('trace_id')
  return new Set(rows.map((row) => row.trace_id))
}

async function hasTenders(db: Knex): Promise<boolean> {
  return (await db('tenders').first('id')) !== undefined
}
