import type { Database } from '#app/domain/context.ts'
import type { NationalTable, SentCode, ServiceContent, StepContent } from '#app/domain/exchange/national-row.ts'
import type { CheckedService } from '#app/domain/exchange/row-faults.ts'
import { nationalCodeOf } from '../repositories/national-codes.ts'

/** A service as the tables have it, what it is checked with, and what the exchange answered. */
export type ToCheck = CheckedService & { caseId: string; itemKey: string; division: string; sent: SentCode; refusals: { lsh: number; reason: string }[] }

type Row = {
  lsh: number
  instance: string
  content: ServiceContent
  sjsczt: SentCode
  sbyy: string | null
  case_id: string
  item: string
  division_code: string
  case_flow: string
  stated_flow: string | null
  assessed: boolean | null
  item_code: string | null
  is_person: boolean
}

/** An assessment of the area is known where somebody said which there are, or that there is none. The office's system is asked first. */
const SAID = (facts: string) => `${facts} -> 'site.regionalAssessments'`
const ASSESSED = `jsonb_array_length(coalesce(${SAID('stated.facts')}, ${SAID('project.facts')})) > 0`

type StepRow = { instance: string; lsh: number; row: StepContent; sent: SentCode; refusal: string | null }

/** Steps are read for so many services at once, and forgotten with them: they are most of what there is. */
const STEPS_AT_ONCE = 1000

/**
 * The rows of services that are valid now, with their steps, the newest first; of the divisions that begin with these digits.
 *
 * @param before the serial number behind which to go on
 */
export async function* listToCheck(db: Database, { divisionPrefix, before, limit }: { divisionPrefix: string; before?: number; limit: number }): AsyncGenerator<ToCheck> {
  const rows = (await db
    .withMaterialized('latest', latest(db, { divisionPrefix, before, limit }))
    .from('latest as said')
    .joinRaw('left join lateral (select receipt.state, receipt.reason from exchange_receipts receipt where receipt.lsh = said.lsh and receipt.valid order by receipt.ordinal desc limit 1) answer on true')
    .join('tenders', 'tenders.number', 'said.instance')
    .join('case_tenders as opened', 'opened.tender_id', 'tenders.id')
    .join('cases as file', 'file.id', 'opened.case_id')
    .join('organisations as buyer', 'buyer.id', 'tenders.owner_id')
    .leftJoin('project_statements as stated', (join) => join.on('stated.project_code', 'file.project_code').andOn('stated.authority_id', 'file.authority_id'))
    .leftJoin('owned_projects as project', 'project.code', 'file.project_code')
    .orderBy('said.lsh', 'desc')
    .select('said.lsh', 'said.instance', 'said.content', { sbyy: 'answer.reason', case_id: 'file.id', item: 'file.approval_item', division_code: 'file.division_code', case_flow: 'file.flow_type', stated_flow: 'stated.flow_type' })
    .select(
      db.raw('cast(coalesce(answer.state, 0) as smallint) as sjsczt'),
      db.raw(`${ASSESSED} as assessed`),
      db.raw(`coalesce(nullif(btrim(file.national_code), ''), ${nationalCodeOf('item', 'file.approval_item', 'file.division_code')}) as item_code`),
      db.raw(`buyer.kind <> 'organisation' as is_person`),
    )) as Row[]
  for (let from = 0; from < rows.length; from += STEPS_AT_ONCE) {
    const part = rows.slice(from, from + STEPS_AT_ONCE)
    const steps = Map.groupBy(await listSteps(db, part.map(({ instance }) => instance)), ({ instance }) => instance)
    for (const row of part) yield toCheck(row, steps.get(row.instance) ?? [])
  }
}

function toCheck(row: Row, steps: StepRow[]): ToCheck {
  return {
    lsh: row.lsh,
    row: row.content,
    steps: steps.map(({ lsh, row: step }) => ({ lsh, row: step })),
    project: row.stated_flow === null ? null : { flowType: row.stated_flow, assessed: row.assessed },
    caseFlowType: row.case_flow,
    itemCode: row.item_code,
    isPerson: row.is_person,
    caseId: row.case_id,
    itemKey: row.item,
    division: row.division_code,
    sent: row.sjsczt,
    refusals: [{ lsh: row.lsh, sent: row.sjsczt, refusal: row.sbyy }, ...steps].filter(({ sent }) => sent === 3).map(({ lsh, refusal }) => ({ lsh, reason: refusal! })),
  }
}

/** Which rows these are, found by their numbers before anything is joined to them: else every look reads whatever was ever said. */
function latest(db: Database, { divisionPrefix, before, limit }: { divisionPrefix: string; before: number | undefined; limit: number }) {
  return db('exchange_rows as told')
    .where('told.form', 'service')
    .whereNotNull('told.content')
    .whereRaw(`told.content ->> 'xzqhdm' like ?`, [`${divisionPrefix}%`])
    .whereNotExists((later) => later.from('exchange_rows as next').select(db.raw('1')).whereRaw('(next.form, next.instance, next.step, next.version) = (told.form, told.instance, told.step, told.version + 1)'))
    .modify((query) => before !== undefined && query.where('told.lsh', '<', before))
    .orderBy('told.lsh', 'desc')
    .limit(limit)
    .select('told.lsh', 'told.instance', 'told.content')
}

function listSteps(db: Database, instances: string[]): Promise<StepRow[]> {
  return db('exchange_standing').whereIn('instance', instances).where({ form: 'step', sjyxbs: 1 }).orderByRaw(`content ->> 'blsj', lsh`).select({ instance: 'instance', lsh: 'lsh', row: 'content', sent: 'sjsczt', refusal: 'sbyy' })
}

export type EndedRow = { lsh: number; row: ServiceContent; why: string[]; endedAt: Date; next: number | null }

/** Rows of services that are not valid any more, the newest first, with why, and the row that took the place. */
export async function listEnded(db: Database, { divisionPrefix, before, limit }: { divisionPrefix: string; before?: number; limit: number }): Promise<EndedRow[]> {
  return db('exchange_standing as said')
    .join('exchange_rows as next', 'next.lsh', 'said.next_lsh')
    .where({ 'said.form': 'service', 'said.sjyxbs': 0 })
    .whereRaw(`said.content ->> 'xzqhdm' like ?`, [`${divisionPrefix}%`])
    .modify((query) => before !== undefined && query.where('said.lsh', '<', before))
    .orderBy('said.lsh', 'desc')
    .limit(limit)
    .select({ lsh: 'said.lsh', row: 'said.content', why: 'said.ended_why', endedAt: 'next.written_at' }, db.raw('case when next.content is not null then next.lsh end as next'))
}

/** How many rows of services have ended. */
export async function countEnded(db: Database, divisionPrefix: string): Promise<number> {
  // Counted from what followed them, which is little; the view would look at everything that was ever said.
  const [{ count }] = (await db('exchange_rows as next')
    .join('exchange_rows as said', (join) => join.on('said.form', 'next.form').on('said.instance', 'next.instance').on('said.step', 'next.step').on(db.raw('said.version = next.version - 1')))
    .where('next.form', 'service')
    .where('next.version', '>', 1)
    .whereNotNull('said.content')
    .whereRaw(`said.content ->> 'xzqhdm' like ?`, [`${divisionPrefix}%`])
    .count({ count: '*' })) as [{ count: number }]
  return count
}

/** One of the two tables as the exchange reads it, row by row as texts, from a serial number on. */
export async function listNational(db: Database, table: NationalTable, { divisionPrefix, after, limit }: { divisionPrefix: string; after: number; limit: number }): Promise<Record<string, string | number | null>[]> {
  const { rows } = await db.raw<{ rows: { row: Record<string, string | number | null> }[] }>(`select row_to_json(told) as row from ${table} told where xzqhdm like ? and lsh > ? order by lsh limit ?`, [`${divisionPrefix}%`, after, limit])
  return rows.map(({ row }) => row)
}
