import type { ApprovalItem } from '#app/domain/catalogue/approval-item.ts'
import type { Stage } from '#app/domain/catalogue/listing.ts'
import type { Database } from '#app/domain/context.ts'

type Row = {
  code: string
  name: string
  stage: Stage
  parallel: boolean
  authority: string
  statutory_days: number | null
  promised_days: number | null
  day_unit: 'working' | 'calendar' | null
  commissioner: 'applicant' | 'authority'
  self_prepare: boolean | null
  applies_when: string | null
  legal_basis: string | null
  services: string[]
  note: string | null
  source: string
  promised_source: string | null
  sample: boolean
}

/** An approval item by its code or by its exact name, as an authority may give either. */
export async function findApprovalItem(db: Database, codeOrName: string): Promise<ApprovalItem | undefined> {
  const row = await db<Row>('approval_items').where({ code: codeOrName }).orWhere({ name: codeOrName }).first()
  return row && toApprovalItem(row)
}

export async function listApprovalItems(db: Database, { stage, codes }: { stage?: Stage; codes?: readonly string[] } = {}): Promise<ApprovalItem[]> {
  const rows = await db<Row>('approval_items')
    .modify((query) => stage && query.where({ stage }))
    .modify((query) => codes && query.whereIn('code', codes))
    .orderBy('code')
  return rows.map(toApprovalItem)
}

/** The stages in which these approval items are, each once. */
export async function stagesOf(db: Database, codes: readonly string[]): Promise<Stage[]> {
  return [...new Set((await listApprovalItems(db, { codes })).map(({ stage }) => stage))]
}

/** Writes approval items, replacing what their codes said before. */
export async function saveApprovalItems(db: Database, items: readonly ApprovalItem[]): Promise<void> {
  await db<Row>('approval_items').insert(items.map(toRow)).onConflict('code').merge()
}

function toApprovalItem(row: Row): ApprovalItem {
  const { statutory_days, promised_days, day_unit, self_prepare, applies_when, legal_basis, promised_source, ...same } = row
  return {
    ...same,
    statutoryDays: statutory_days,
    promisedDays: promised_days,
    dayUnit: day_unit,
    selfPrepare: self_prepare,
    appliesWhen: applies_when,
    legalBasis: legal_basis,
    promisedSource: promised_source,
  }
}

function toRow(item: ApprovalItem): Row {
  const { statutoryDays, promisedDays, dayUnit, selfPrepare, appliesWhen, legalBasis, promisedSource, ...same } = item
  return {
    ...same,
    statutory_days: statutoryDays,
    promised_days: promisedDays,
    day_unit: dayUnit,
    self_prepare: selfPrepare,
    applies_when: appliesWhen,
    legal_basis: legalBasis,
    promised_source: promisedSource,
  }
}
