import { newId } from '#app/domain/chance.server.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { transact } from '#db/client.ts'
import { insertImport, findImport, listImports, listRegistered, lockImport, saveConfirmed, type AgencyImport } from '#db/repositories/agency-imports.ts'
import { listKnownDivisions } from '#db/repositories/divisions.ts'
import { listQualificationKinds } from '#db/repositories/qualifications.ts'
import { memberWho } from '../accounts/actor.ts'
import { normaliseUscc } from '../accounts/uscc.ts'
import type { Context } from '../context.ts'
import { tell } from '../ledger/tell.server.ts'
import { isRefusal, Refusal } from '../refusal.ts'
import { admitAgency } from './admit-agency.server.ts'
import { countOutcomes, judge, MOST_ROWS, type ImportReport, type RawAgency, type ReportRow } from './agency-import.ts'

/**
 * Judges a register's file and keeps the report; nothing is imported yet.
 *
 * @param rows what the file holds, every cell a text
 * @throws Refusal `agencies.import-empty`, `agencies.import-large`
 */
export async function prepareImport(context: Context, { fileName, sha256, rows }: { fileName: string; sha256: string; rows: readonly RawAgency[] }): Promise<{ importId: string; report: ImportReport }> {
  const operator = memberWho(context.actor, 'import:agencies')
  if (rows.length === 0) throw new Refusal('invalid', 'agencies.import-empty', { field: 'file' })
  if (rows.length > MOST_ROWS) throw new Refusal('invalid', 'agencies.import-large', { field: 'file', params: { most: MOST_ROWS, rows: rows.length } })
  return transact(context.db, async (trx) => {
    const usccs = rows.map(({ fields }) => normaliseUscc((fields.uscc ?? '').slice(0, 200)))
    const report = judge(rows, {
      registered: await listRegistered(trx, usccs),
      divisions: await listKnownDivisions(trx, rows.map(({ fields }) => fields.divisionCode ?? '')),
      kinds: await listQualificationKinds(trx),
    })
    const importId = newId()
    await insertImport(trx, { id: importId, fileName, sha256, report, uploadedAt: await context.clock.read(trx), by: operator.accountId })
    return { importId, report }
  })
}

/** A report by its id, for operators. @throws Refusal `agencies.import-unknown` (404) */
export async function showImport(context: Context, { importId }: { importId: string }): Promise<AgencyImport> {
  memberWho(context.actor, 'import:agencies')
  const found = isUuid(importId) ? await findImport(context.db, importId) : undefined
  if (!found) throw new Refusal('missing', 'agencies.import-unknown')
  return found
}

/** The last files that were brought. */
export async function findImports(context: Context): Promise<Awaited<ReturnType<typeof listImports>>> {
  memberWho(context.actor, 'import:agencies')
  return listImports(context.db)
}

/**
 * Imports a file's good rows in one go, each through the door that every agency comes in by: active, under notice, without anybody
 * who acts for it. Whoever registered since the report was made is a duplicate now.
 *
 * @throws Refusal `agencies.import-unknown` (404), `agencies.import-done`, `agencies.import-nothing` where no row can be imported
 */
export async function confirmImport(context: Context, { importId }: { importId: string }): Promise<ImportReport> {
  const operator = memberWho(context.actor, 'import:agencies')
  return transact(context.db, async (trx) => {
    const found = isUuid(importId) ? await lockImport(trx, importId) : undefined
    if (!found) throw new Refusal('missing', 'agencies.import-unknown')
    if (found.confirmedAt) throw new Refusal('conflict', 'agencies.import-done')
    // A confirmation closes the file for good and stands in the ledger: one that imports nobody would say nothing there.
    if (countOutcomes(found.report).new === 0) throw new Refusal('conflict', 'agencies.import-nothing')
    const at = await context.clock.read(trx)
    const rows: ReportRow[] = []
    for (const row of found.report.rows) rows.push(row.outcome === 'new' ? await importRow(row) : row)
    const report = { rows }
    await saveConfirmed(trx, importId, { report, at, by: operator.accountId })
    const imported = rows.filter(({ outcome }) => outcome === 'imported').length
    await tell(trx, context, { at, act: 'import:agencies', kind: 'register.imported', subject: importId, divisionCode: operator.divisionCode, facts: { file: found.sha256, rows: rows.length, imported }, event: { type: 'marketplace.register.imported.v1', data: { import: importId, imported } } })
    return report

    async function importRow(row: ReportRow): Promise<ReportRow> {
      const { qualifications, introduction, ...organisation } = row.agency!
      try {
        // Of its own savepoint: what one row is refused for takes back that row alone.
        await trx.transaction((inner) => admitAgency(inner, context, { organisation, introduction, person: null, qualifications }, at))
        return { ...row, outcome: 'imported' }
      } catch (error) {
        if (!isRefusal(error)) throw error
        const outcome = error.code === 'accounts.uscc-registered' ? 'duplicate' : 'refused'
        return { ...row, outcome, agency: null, faults: [{ row: row.row, field: error.field ?? '', value: row.uscc, code: outcome === 'duplicate' ? 'agencies.import-registered' : error.code, params: error.params }] }
      }
    }
  })
}
