import type { Knex } from 'knex'
import type { Verdict } from '#app/domain/guard/judgement.ts'
import { TELLING_CTES, type TellingBindings } from './ledger-entries.ts'
import { KEEP_ANSWER_CTE, keptAnswerBindings, type KeptAnswer } from './idempotency-keys.ts'
import type { Database } from '#app/domain/context.ts'
import type { Line } from '../line.ts'
import { statement, valuesOf } from '../statement.ts'
import type { Day } from '#app/domain/calendar.ts'

export type GuardDecisionRow = {
  id: string
  divisionCode: string
  authorityId: string
  caseNumber: string | null
  projectCode: string | null
  approvalItem: string
  listingId: string | null
  demandedOn: Day
  verdict: Verdict
  reasons: string[]
  /** The signed document, byte for byte as it was handed out. */
  document: string
  ledgerEntryId: string
  decidedAt: Date
}

const COLUMNS = {
  id: 'id', divisionCode: 'division_code', authorityId: 'authority_id', caseNumber: 'case_number', projectCode: 'project_code', approvalItem: 'approval_item',
  listingId: 'listing_id', demandedOn: 'demanded_on', verdict: 'verdict', reasons: 'reasons', document: 'document', ledgerEntryId: 'ledger_entry_id', decidedAt: 'decided_at',
}

const INSERT = statement(
  'insert-guard-decision',
  `with ${TELLING_CTES}, ${KEEP_ANSWER_CTE},
    decided as (
      insert into guard_decisions (id, division_code, authority_id, case_number, project_code, approval_item, listing_id, demanded_on, verdict, reasons, document, ledger_entry_id, decided_at)
      values (:id, :divisionCode, :authorityId, :caseNumber, :projectCode, :approvalItem, :listingId, :demandedOn, :verdict, :reasons, :document, :ledgerEntryId, :decidedAt)
    )
  -- Another answer under the key: dividing by nothing ends the transaction, and with it all that stands above.
  select case when cast(:kept_client as text) is null then 1 else 1 / (select count(*) from kept_answer) end as kept`,
)

const DIVISION_BY_ZERO = '22012'
const UNIQUE_VIOLATION = '23505'

/**
 * Records a decision with its ledger entry, audit, event and kept answer in one statement, and commits.
 *
 * @returns false where another answer stands under the idempotency key or the decision's id: nothing was kept, and that one can be read
 */
export async function insertGuardDecision(line: Line, row: GuardDecisionRow, telling: TellingBindings, answer: KeptAnswer | null): Promise<boolean> {
  try {
    await line.sendLast(INSERT, valuesOf(INSERT, row, telling, keptAnswerBindings(answer)))
    return true
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string }
    if ((answer && code === DIVISION_BY_ZERO) || (code === UNIQUE_VIOLATION && constraint === 'guard_decisions_pkey')) return false
    throw error
  }
}

/** The row as it was recorded, whosever it is: who may read it is the caller's to ask. The id is a uuid. */
export async function findGuardDecision(db: Database, id: string): Promise<GuardDecisionRow | undefined> {
  return db('guard_decisions').select(COLUMNS).where({ id }).first()
}

/** Records a decision within a transaction that tells of it by itself. */
export async function insertDecisionRow(trx: Knex.Transaction, row: GuardDecisionRow): Promise<void> {
  await trx('guard_decisions').insert(Object.fromEntries(Object.entries(COLUMNS).map(([name, column]) => [column, row[name as keyof GuardDecisionRow]])))
}

/** Holds what is done to one decision until the transaction ends; the row itself never changes. */
export async function holdGuardDecision(trx: Knex.Transaction, id: string): Promise<GuardDecisionRow | undefined> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`decision:${id}`])
  return findGuardDecision(trx, id)
}
