import { LANES } from '#app/domain/cases/case.ts'
import type { StateOfCase } from '#app/domain/cases/case-state.ts'
import type { Database } from '#app/domain/context.ts'
import { whereApplied, type AppliedBy } from '../repositories/cases.ts'
import { OFFICE_DAYS, STATES, statesFrom, type StateJson } from './after-award.ts'

/** A case that is not over, with what its office's clock has to know. */
export type RunningCase = { id: string; number: string; item: string; /** The unified code of its office. */ authority: string; office: string; divisionCode: string; projectCode: string; receivedAt: Date; changedAt: Date; states: StateOfCase[]; promised: number | null; statutory: number | null }

type Row = Omit<RunningCase, 'states' | 'promised' | 'statutory'> & { states: StateJson[]; days: { promised: number | null; statutory: number | null } }

/** With its office, and not decided: whether it is accepted may be a matter of time. */
const RUNNING = `not exists (select from case_states ended where ended.case_id = file.id and ended.state in (2, 4, 5, 11, 12, 13, 14, 15))`

/** Cases that an office has received and not decided, page by page in the order of their ids; of one office or one applicant where one is named; `supplemented` are those alone that wait for a supplement, the longest waiting first; `warned` are those alone of which a limit was warned. */
export async function listRunningCases(db: Database, { authorityId, divisionPrefix, warned, supplemented, after, limit, ...applied }: AppliedBy & { authorityId?: string; supplemented?: boolean; divisionPrefix?: string; warned?: boolean; after?: string; limit: number }): Promise<RunningCase[]> {
  const rows = (await db('cases as file')
    .join('approval_items as item', 'item.code', 'file.approval_item')
    .join('organisations as office', 'office.id', 'file.authority_id')
    .modify((query) => authorityId !== undefined && query.where('file.authority_id', authorityId))
    .modify((query) => divisionPrefix !== undefined && query.whereLike('file.division_code', `${divisionPrefix}%`))
    .modify((query) => warned && query.whereRaw(`exists (select from limit_warnings told where told.about = 'case' and told.about_id = file.id)`))
    .modify((query) => after !== undefined && query.where('file.id', '>', after))
    .modify((query) => whereApplied(db, query, applied))
    .modify((query) => supplemented && query.whereRaw(`(select state from case_states latest where latest.case_id = file.id order by place desc limit 1) = 6`).orderByRaw('(select max(at) from case_states latest where latest.case_id = file.id)'))
    .whereRaw(RUNNING)
    .orderBy('file.id')
    .limit(limit)
    .select({ id: 'file.id', number: 'file.number', item: 'item.name', authority: 'office.uscc', office: 'office.name', divisionCode: 'file.division_code', projectCode: 'file.project_code', receivedAt: 'file.received_at', changedAt: 'file.changed_at' })
    .select(db.raw(`${STATES} as states, jsonb_build_object(${OFFICE_DAYS}) as days`))) as Row[]
  return rows.map(({ days, states, ...row }) => ({ ...row, ...days, states: statesFrom(states) }))
}

/** A project of which a case runs, with what the clock of its whole time has to know; as far as nobody registered it, its first case says what it is. */
export type RunningProject = { code: string; divisionCode: string; flowType: string; cases: { receivedAt: Date; states: StateOfCase[] }[] }

/** Projects of which a case runs, page by page in the order of their codes; or the one of a code. */
export async function listRunningProjects(db: Database, { code, after, limit }: { code?: string; after?: string; limit: number }): Promise<RunningProject[]> {
  const running = db('cases as file').whereRaw(RUNNING).modify((query) => code !== undefined && query.where('file.project_code', code)).modify((query) => after !== undefined && query.where('file.project_code', '>', after)).distinct('file.project_code').orderBy('file.project_code').limit(limit)
  const order = `order by array_position(cast(? as text[]), file.lane), file.received_at, file.ordinal`
  const rows = (await db('cases as file')
    .leftJoin('owned_projects as project', 'project.code', 'file.project_code')
    .whereIn('file.project_code', running)
    .groupBy('file.project_code', 'project.code', 'project.division_code', 'project.flow_type')
    .orderBy('file.project_code')
    .select({ code: 'file.project_code' })
    .select(db.raw(`coalesce(project.division_code, (array_agg(file.division_code ${order}))[1]) as "divisionCode", coalesce(project.flow_type, (array_agg(file.flow_type ${order}))[1]) as "flowType", jsonb_agg(jsonb_build_object('receivedAt', file.received_at, 'states', ${STATES})) as cases`, [LANES, LANES] as never))) as (Omit<RunningProject, 'cases'> & { cases: { receivedAt: string; states: StateJson[] }[] })[]
  return rows.map(({ cases, ...row }) => ({ ...row, cases: cases.map(({ receivedAt, states }) => ({ receivedAt: new Date(receivedAt), states: statesFrom(states) })) }))
}
