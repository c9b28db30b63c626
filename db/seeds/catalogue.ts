import { fileURLToPath } from 'node:url'
import { theConfig } from '#app/config.server.ts'
import { SYSTEM, type Member } from '#app/domain/accounts/actor.ts'
import { adoptListings } from '#app/domain/catalogue/adopt-listings.server.ts'
import type { Database } from '#app/domain/context.ts'
import { openMarketplace } from '#app/domain/divisions/open-marketplace.server.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { connect, transact } from '#db/client.ts'
import { listApprovalItems } from '#db/repositories/approval-items.ts'
import { listCategories } from '#db/repositories/categories.ts'
import { versionMarks } from '#db/repositories/catalogue-versions.ts'
import { findMarketplace } from '#db/repositories/divisions.ts'
import type { Knex } from 'knex'
import { readData } from './reference.ts'
import { realWordings, sampleWordings, type AuditedEntry, type RealEntry, type Synonym } from './wordings.ts'

export const DEMO_DIVISION = '220100'

/** The first list holds what was later repealed, so that "as on day D" can be tried; the second is the list of today. */
export const FIRST_LIST = { adoptedAt: new Date('2016-06-20T02:00:00Z'), from: '2016-07-01' }
export const CURRENT_LIST = { adoptedAt: new Date('2022-12-19T02:00:00Z'), from: '2023-01-01' }

/** Whoever adopts the demo's list: nobody can sign in as it. */
const REGULATOR: Member = {
  kind: 'member',
  accountId: '7d5a3a10-0000-4000-8000-000000000001',
  displayName: '清单管理员（示例）',
  organisationId: '7d5a3a10-0000-4000-8000-000000000002',
  organisationName: '长春市中介服务清单管理机构（示例）',
  uscc: '112201000000001740',
  divisionCode: DEMO_DIVISION,
  role: 'regulator',
  duty: 'manager',
}

/**
 * Puts the 49 real entries, and beside them the labelled samples, on the demo city's list: through the verb, so that the
 * ledger holds every adoption. Does nothing where that list has a version already.
 */
export async function seedCatalogue({ db, keyring }: { db: Knex; keyring: Keyring }): Promise<void> {
  await transact(db, async (trx) => {
    await trx.raw(`select pg_advisory_xact_lock(hashtextextended('seed:catalogue', 0))`)
    if ((await versionMarks(trx, DEMO_DIVISION)).some(({ divisionCode }) => divisionCode === DEMO_DIVISION)) return
    await saveRegulator(trx)
    const known = { divisionCode: DEMO_DIVISION, items: await listApprovalItems(trx), synonyms: [...readData<Synonym[]>('synonyms.json'), ...readData<Synonym[]>('spoken-names.json')] }
    const real = realWordings(readData<RealEntry[]>('catalogue-real.json'), readData<AuditedEntry[]>('catalogue-audit.json'), known)
    const samples = sampleWordings(await listCategories(trx), known, CURRENT_LIST.from)
    const repealed = real.flatMap(({ wording, retired }) => (retired ? [wording] : []))
    const current = real.flatMap(({ wording, retired }) => (retired ? [] : [wording]))
    const contextAt = (at: Date) => ({ db: trx, keyring, actor: REGULATOR, clock: { read: async () => at }, traceId: '0'.repeat(32) })
    if ((await findMarketplace(trx, DEMO_DIVISION))?.divisionCode !== DEMO_DIVISION) {
      await openMarketplace({ ...contextAt(FIRST_LIST.adoptedAt), actor: SYSTEM }, { divisionCode: DEMO_DIVISION, on: FIRST_LIST.from, demo: true })
    }
    await adoptListings(contextAt(FIRST_LIST.adoptedAt), { divisionCode: DEMO_DIVISION, from: FIRST_LIST.from, note: '第一版清单（示例城市）', wordings: repealed })
    await adoptListings(contextAt(CURRENT_LIST.adoptedAt), {
      divisionCode: DEMO_DIVISION,
      from: CURRENT_LIST.from,
      note: '按依据逐条核对后的现行清单（示例城市）',
      wordings: [...current, ...samples],
      retiring: repealed.map(({ code }) => code),
    })
  })
}

async function saveRegulator(db: Database): Promise<void> {
  const since = FIRST_LIST.adoptedAt
  const { organisationId, accountId, role, duty } = REGULATOR
  await db('organisations').insert({ id: organisationId, kind: 'organisation', uscc: REGULATOR.uscc, name: REGULATOR.organisationName, division_code: DEMO_DIVISION, registered_at: since }).onConflict('id').ignore()
  await db('organisation_roles').insert({ organisation_id: organisationId, role, since }).onConflict().ignore()
  await db('accounts').insert({ id: accountId, display_name: REGULATOR.displayName, locale: 'zh', created_at: since }).onConflict('id').ignore()
  await db('memberships').insert({ account_id: accountId, organisation_id: organisationId, role, duty, since }).onConflict().ignore()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const config = theConfig()
  const db = connect(config.databaseUrl, 'app', { asRole: config.databaseRoles })
  try {
    await seedCatalogue({ db, keyring: openKeyring(config.keyring, { origin: new URL(config.publicUrl).host, makeIfMissing: true }) })
  } finally {
    await db.destroy()
  }
}
