import type { Database } from '#app/domain/context.ts'
import type { FindingBasis } from '#app/domain/oversight/inquiry.ts'
import type { LeadKind } from '#app/domain/oversight/lead.ts'

/** The twin of `inquiryStateAt(…) === 'final'` in app/domain/oversight/inquiry.ts; tests/db/inquiries.test.ts walks both. */
export const IS_FINAL = `
  finding.outcome = 'violation' and coalesce(
    (select answer.outcome is not distinct from 'kept' from inquiry_contests contest left join contest_answers answer on answer.inquiry_id = contest.inquiry_id where contest.inquiry_id = finding.inquiry_id),
    finding.contest_by <= :at)`

const FINAL_AT = `coalesce((select answered_at from contest_answers answer where answer.inquiry_id = finding.inquiry_id), finding.contest_by)`

/** What everybody reads of a violation that is final: no allegation, no reason, no reply, no person. */
export type Violation = {
  number: string
  /** Null for a person. */
  respondent: string | null
  kind: LeadKind
  listing: { code: string; name: string } | null
  /** For which approval it was demanded, where nothing listed was; null too where that would lead to whoever reported it. */
  item: string | null
  bases: FindingBasis[]
  foundAt: Date
  finalAt: Date
  rectified: boolean
}

const RESPONDENT = `case when respondent.kind = 'organisation' then respondent.name end`
const RECTIFIED = `exists (select from rectifications proof join rectification_verdicts verdict on verdict.rectification_id = proof.id and verdict.accepted where proof.inquiry_id = inquiry.id)`

const FROM = `
    from inquiry_findings finding
    join inquiries inquiry on inquiry.id = finding.inquiry_id
    join organisations respondent on respondent.id = inquiry.respondent_id
    left join listings listing on listing.id = inquiry.listing_id
    -- Ours alone: an approval in words of the office's own could name anybody, and a report's decision names its owner.
    left join guard_decisions decided on decided.id = inquiry.decision_id and inquiry.listing_id is null and inquiry.report_id is null
    left join lateral (select approval.name from approval_items approval where approval.name = decided.approval_item limit 1) as item on true`

/** Final violations, the latest first; `before` is the number of the last one of the page before. */
export async function listViolations(db: Database, { at, before, limit }: { at: Date; before: string | null; limit: number }): Promise<Violation[]> {
  const { rows } = await db.raw<{ rows: (Omit<Violation, 'listing'> & { code: string | null; name: string | null })[] }>(
    `with final as (
       select inquiry.number, ${RESPONDENT} as respondent, inquiry.lead_kind as kind, listing.code, listing.name, item.name as item, finding.bases, finding.found_at as "foundAt", ${FINAL_AT} as "finalAt", ${RECTIFIED} as rectified
       ${FROM}
       where ${IS_FINAL})
     select * from final
      where cast(:before as text) is null or ("finalAt", number) < (select "finalAt", number from final where number = :before)
      order by "finalAt" desc, number desc limit :limit`,
    { at, before, limit } as never,
  )
  return rows.map(({ code, name, ...row }) => ({ ...row, listing: code === null ? null : { code, name: name! } }))
}

/** How often a final violation was found against one organisation over one listing, or where nothing is listed for one approval; more than once stands first; `latest` is when the last of them became final. */
export type Repeat = { respondent: string | null; listing: string | null; item: string | null; count: number; latest: Date }

export async function countRepeats(db: Database, { at, divisionPrefix = '', limit }: { at: Date; divisionPrefix?: string; limit: number }): Promise<Repeat[]> {
  const { rows } = await db.raw<{ rows: Repeat[] }>(
    `select ${RESPONDENT} as respondent, listing.name as listing, item.name as item, cast(count(*) as int) as count, max(${FINAL_AT}) as latest
     ${FROM}
     where ${IS_FINAL} and inquiry.division_code like :prefix
     group by respondent.id, respondent.kind, respondent.name, listing.code, listing.name, item.name
     order by count(*) desc, max(${FINAL_AT}) desc, respondent.id, listing.code, item.name
     limit :limit`,
    { at, prefix: `${divisionPrefix}%`, limit } as never,
  )
  return rows
}

/** Final violations that the ledger has not been told of, the longest final first. */
export async function listUntoldViolations(db: Database, at: Date, limit: number): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { number: string }[] }>(
    `select inquiry.number ${FROM}
      where ${IS_FINAL} and not exists (select from inquiry_publications told where told.inquiry_id = finding.inquiry_id)
      order by finding.contest_by, inquiry.number limit :limit`,
    { at, limit } as never,
  )
  return rows.map(({ number }) => number)
}
