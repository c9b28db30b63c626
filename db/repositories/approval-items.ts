import type { ApprovalItem } from '#app/domain/catalogue/approval-item.ts'
import type { Stage } from '#app/domain/catalogue/listing.ts'
import { baseCodesIn } from '#app/domain/catalogue/item-code.ts'
import type { Database } from '#app/domain/context.ts'
import type { Line } from '../line.ts'
import { chainOf } from '#app/domain/divisions/division.ts'
import { itemOfNationalCode, itemsOfNationalCode, nationalCodeOf } from './national-codes.ts'

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

/** An approval item by its code or by its exact name, as people write either. */
export async function findApprovalItem(db: Database, codeOrName: string): Promise<ApprovalItem | undefined> {
  const row = await db<Row>('approval_items').where({ code: codeOrName }).orWhere({ name: codeOrName }).first()
  return row && toApprovalItem(row)
}

/** As {@link findApprovalItem}, and by the national base code that it has in a division, alone or at the end of an implementation code. */
export async function findMeantItem(db: Database, said: string, divisionCode: string): Promise<ApprovalItem | undefined> {
  const row = await db<Row>('approval_items')
    .whereRaw(`code = ? or name = ? or code = ${itemOfNationalCode('cast(? as text[])', 'cast(? as text[])')}`, [said, said, baseCodesIn(said), chainOf(divisionCode), chainOf(divisionCode)])
    .orderByRaw('code = ? desc, name = ? desc', [said, said])
    .first()
  return row && toApprovalItem(row)
}

/** The items that a national code may mean in a division, where {@link findMeantItem} finds none because there are several; by their codes. */
export async function listItemsOfCode(db: Database | Line, said: string, divisionCode: string): Promise<{ code: string; name: string }[]> {
  const pool = 'sendLast' in db ? db.db : db
  const chain = chainOf(divisionCode)
  const query = pool('approval_items').select('code', 'name').whereRaw(`code in (select named.key from ${itemsOfNationalCode('cast(? as text[])', 'cast(? as text[])')})`, [baseCodesIn(said), chain, chain]).orderBy('code')
  return 'sendLast' in db ? query.connection(await db.connection()) : query
}

/** Every approval item with the national base code that it has in a division, by its code. */
export async function listItemsOf(db: Database, divisionCode: string, stage?: Stage): Promise<(Pick<ApprovalItem, 'code' | 'name' | 'stage' | 'parallel' | 'authority' | 'sample'> & { nationalCode: string | null })[]> {
  return db('approval_items as item')
    .select('item.code', 'item.name', 'item.stage', 'item.parallel', 'item.authority', 'item.sample')
    .select(db.raw(`${nationalCodeOf('item', 'item.code', 'cast(place.code as text)')} as "nationalCode"`))
    .joinRaw('cross join (select cast(? as text) as code) place', [divisionCode])
    .modify((query) => stage && query.where('item.stage', stage))
    .orderBy('item.code')
}

/** By code, of every stage and code unless told otherwise; unknown codes are left out, and an empty list of codes gives nothing. */
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
