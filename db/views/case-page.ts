import type { CaseStateNumber } from '#app/domain/cases/case-state.ts'
import type { Database } from '#app/domain/context.ts'
import type { Verdict } from '#app/domain/guard/judgement.ts'
import { OFFICE_DAYS } from './after-award.ts'
import { DEMANDED_WORDS, onceWithReading, type Reading } from './demands.ts'

export type CaseNames = { authority: string; item: string; division: string; projectName: string | null; isRegistered: boolean; isStated: boolean; /** Offices name another than whoever registered it. */ isDisputed: boolean }

/** What a case's page calls its authority, its approval item and its project. */
export async function findCaseNames(db: Database, { authorityId, approvalItem, divisionCode, projectCode }: { authorityId: string; approvalItem: string; divisionCode: string; projectCode: string }): Promise<CaseNames> {
  const row = await db('organisations')
    .where({ id: authorityId })
    .select<{ authority: string; item: string | null; division: string | null; registered: string | null; stated: string | null; disputed: boolean }>(
      'organisations.name as authority',
      db.raw('(select name from approval_items where code = ?) as item', [approvalItem]),
      db.raw('(select name from divisions where code = ?) as division', [divisionCode]),
      db.raw('(select name from owned_projects where code = ?) as registered', [projectCode]),
      db.raw('exists (select from project_disputes where project_code = ? and settled_at is null) as disputed', [projectCode]),
      db.raw('(select name from project_statements where project_code = ? order by authority_id = ? desc, stated_at desc limit 1) as stated', [projectCode, authorityId]),
    )
    .first()
  return { authority: row!.authority, item: row!.item ?? approvalItem, division: row!.division ?? divisionCode, projectName: row!.registered ?? row!.stated, isRegistered: row!.registered !== null, isStated: row!.stated !== null, isDisputed: row!.disputed }
}

/** `words` is what the officer wrote, or a code that nothing is listed under; null where the listing says it. The public never sees it, the three who see the case do. */
export type CaseDemand = { id: string; verdict: Verdict; approvalItem: string; listing: { code: string; name: string } | null; words: string | null; demandedOn: string; reading: Reading | null }

/** The demands made in a case, newest first, each once with what a regulator read its words as. */
export async function listCaseDemands(db: Database, { authorityId, number, limit }: { authorityId: string; number: string; limit: number }): Promise<CaseDemand[]> {
  const rows = (await db('guard_decisions as decided')
    .leftJoin('listings', 'listings.id', 'decided.listing_id')
    .where({ 'decided.authority_id': authorityId, 'decided.case_number': number })
    .modify((query) => onceWithReading(db, query))
    .orderBy('decided.ordinal', 'desc')
    .limit(limit)
    .select('decided.id', 'decided.verdict', 'decided.approval_item', 'decided.demanded_on', 'listings.code', 'listings.name', db.raw(`${DEMANDED_WORDS} as words`))) as { id: string; verdict: Verdict; approval_item: string; demanded_on: string; code: string | null; name: string | null; words: string | null; reading: Reading | null }[]
  return rows.map(({ id, verdict, approval_item, demanded_on, code, name, words, reading }) => ({ id, verdict, approvalItem: approval_item, listing: code ? { code, name: name! } : null, words, demandedOn: demanded_on, reading }))
}

/** `since` is when it came into its state; null where its office recorded none. */
export type CaseStanding = { state: CaseStateNumber; since: Date | null; item: string; authority: string; promised: number | null; statutory: number | null }

/** The latest state, the approval item's name and the office's working days of each of these cases. */
export async function listCaseStandings(db: Database, ids: readonly string[]): Promise<Map<string, CaseStanding>> {
  const rows = (await db('cases as file')
    .leftJoin('approval_items as item', 'item.code', 'file.approval_item')
    .join('organisations', 'organisations.id', 'file.authority_id')
    .whereIn('file.id', [...ids])
    .select('file.id', 'item.name as item', 'organisations.name as authority', db.raw('coalesce((select state from case_states where case_id = file.id order by place desc limit 1), 1) as state'), db.raw('(select at from case_states where case_id = file.id order by place desc limit 1) as since'), db.raw(`jsonb_build_object(${OFFICE_DAYS}) as days`))) as (Omit<CaseStanding, 'promised' | 'statutory'> & { id: string; days: Pick<CaseStanding, 'promised' | 'statutory'> })[]
  return new Map(rows.map(({ id, days, ...standing }) => [id, { ...standing, ...days }]))
}
