import type { Database } from '#app/domain/context.ts'
import type { NationalTable, SentCode, ServiceContent, StepContent } from '#app/domain/exchange/national-row.ts'
import type { CheckedService } from '#app/domain/exchange/row-faults.ts'
import { nationalCodeOf } from '../repositories/national-codes.ts'

/** A service as the tables have it, what it is checked with, and what the exchange answered. */
export type ToCheck = CheckedService & { caseId: string; itemKey: string; division: string; sent: SentCode; refusals: { lsh: number; reason: string }[] }

type Row = {
  lsh: number
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
  steps: { lsh: number; row: StepContent; sent: SentCode; refusal: string | null }[]
}

/** An assessment of the area is known where somebody said which there are, or that there is none. The office's system is asked first. */
const SAID = (facts: string) => `${facts} -> 'site.regionalAssessments'`
const ASSESSED = `jsonb_array_length(coalesce(${SAID('stated.facts')}, ${SAID('project.facts')})) > 0`

const STEPS = `coalesce((select jsonb_agg(jsonb_build_object('lsh', one.lsh, 'row', one.content, 'sent', one.sjsczt, 'refusal', one.sbyy) order by one.content ->> 'blsj', one.lsh)
  from exchange_standing one where one.instance = said.instance and one.form = 'step' and one.sjyxbs = 1), '[]') as steps`

/** The rows of services that are valid now, with their steps, the newest first; of the divisions that begin with these digits. */
export async function listToCheck(db: Database, { divisionPrefix, limit }: { divisionPrefix: string; limit: number }): Promise<ToCheck[]> {
  const rows = (await db('exchange_standing as said')
    .join('tenders', 'tenders.number', 'said.instance')
    .join('case_tenders as opened', 'opened.tender_id', 'tenders.id')
    .join('cases as file', 'file.id', 'opened.case_id')
    .join('organisations as buyer', 'buyer.id', 'tenders.owner_id')
    .leftJoin('project_statements as stated', (join) => join.on('stated.project_code', 'file.project_code').andOn('stated.authority_id', 'file.authority_id'))
    .leftJoin('projects as project', 'project.code', 'file.project_code')
    .where({ 'said.form': 'service', 'said.sjyxbs': 1 })
    .whereLike('file.division_code', `${divisionPrefix}%`)
    .orderBy('said.lsh', 'desc')
    .limit(limit)
    .select('said.lsh', 'said.content', 'said.sjsczt', 'said.sbyy', { case_id: 'file.id', item: 'file.approval_item', division_code: 'file.division_code', case_flow: 'file.flow_type', stated_flow: 'stated.flow_type' })
    .select(
      db.raw(`${ASSESSED} as assessed`),
      db.raw(`coalesce(nullif(btrim(file.national_code), ''), ${nationalCodeOf('item', 'file.approval_item', 'file.division_code')}) as item_code`),
      db.raw(`buyer.kind <> 'organisation' as is_person`),
      db.raw(STEPS),
    )) as Row[]
  return rows.map((row) => ({
    lsh: row.lsh,
    row: row.content,
    steps: row.steps.map(({ lsh, row: step }) => ({ lsh, row: step })),
    project: row.stated_flow === null ? null : { flowType: row.stated_flow, assessed: row.assessed },
    caseFlowType: row.case_flow,
    itemCode: row.item_code,
    isPerson: row.is_person,
    caseId: row.case_id,
    itemKey: row.item,
    division: row.division_code,
    sent: row.sjsczt,
    refusals: [{ lsh: row.lsh, sent: row.sjsczt, refusal: row.sbyy }, ...row.steps].filter(({ sent }) => sent === 3).map(({ lsh, refusal }) => ({ lsh, reason: refusal! })),
  }))
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
  const [{ count }] = (await db('exchange_standing as said').where({ form: 'service', sjyxbs: 0 }).whereRaw(`content ->> 'xzqhdm' like ?`, [`${divisionPrefix}%`]).count({ count: '*' })) as [{ count: number }]
  return count
}

/** One of the two tables as the exchange reads it, row by row as texts, from a serial number on. */
export async function listNational(db: Database, table: NationalTable, { divisionPrefix, after, limit }: { divisionPrefix: string; after: number; limit: number }): Promise<Record<string, string | number | null>[]> {
  const { rows } = await db.raw<{ rows: { row: Record<string, string | number | null> }[] }>(`select row_to_json(told) as row from ${table} told where xzqhdm like ? and lsh > ? order by lsh limit ?`, [`${divisionPrefix}%`, after, limit])
  return rows.map(({ row }) => row)
}
