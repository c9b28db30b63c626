import { fileURLToPath } from 'node:url'
import { theConfig } from '#app/config.server.ts'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { takeOverList } from '#app/domain/catalogue/take-over-list.server.ts'
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

/**
 * Puts the 49 real entries, and beside them the labelled samples, on the demo city's list: through the verb, so that the
 * ledger holds every adoption. Does nothing where that list has a version already.
 */
export async function seedCatalogue({ db, keyring }: { db: Knex; keyring: Keyring }): Promise<void> {
  await transact(db, async (trx) => {
    await trx.raw(`select pg_advisory_xact_lock(hashtextextended('seed:catalogue', 0))`)
    if ((await versionMarks(trx, DEMO_DIVISION)).some(({ divisionCode }) => divisionCode === DEMO_DIVISION)) return
    const known = { divisionCode: DEMO_DIVISION, items: await listApprovalItems(trx), synonyms: [...readData<Synonym[]>('synonyms.json'), ...readData<Synonym[]>('spoken-names.json')] }
    const real = realWordings(readData<RealEntry[]>('catalogue-real.json'), readData<AuditedEntry[]>('catalogue-audit.json'), known)
    const samples = sampleWordings(await listCategories(trx), known, CURRENT_LIST.from)
    const repealed = real.flatMap(({ wording, retired }) => (retired ? [wording] : []))
    const current = real.flatMap(({ wording, retired }) => (retired ? [] : [wording]))
    const contextAt = (at: Date) => ({ db: trx, keyring, actor: SYSTEM, clock: { read: async () => at }, traceId: '0'.repeat(32) })
    if ((await findMarketplace(trx, DEMO_DIVISION))?.divisionCode !== DEMO_DIVISION) {
      await openMarketplace(contextAt(FIRST_LIST.adoptedAt), { divisionCode: DEMO_DIVISION, on: FIRST_LIST.from, demo: true })
    }
    await takeOverList(contextAt(FIRST_LIST.adoptedAt), { divisionCode: DEMO_DIVISION, from: FIRST_LIST.from, note: '第一版清单（示例城市）', wordings: repealed })
    await takeOverList(contextAt(CURRENT_LIST.adoptedAt), {
      divisionCode: DEMO_DIVISION,
      from: CURRENT_LIST.from,
      note: '按依据逐条核对后的现行清单（示例城市）',
      wordings: [...current, ...samples],
      retiring: repealed.map(({ code }) => code),
    })
  })
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
