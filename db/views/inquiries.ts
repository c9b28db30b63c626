import type { Database } from '#app/domain/context.ts'
import type { InquiryFacts, RespondentRole } from '#app/domain/oversight/inquiry.ts'
import type { LeadKind } from '#app/domain/oversight/lead.ts'

/** A line of a list of files, with what its state is read from. */
export type InquiryLine = { number: string; leadKind: LeadKind; /** Null for a person. */ respondent: string | null; listing: string | null; openedAt: Date; facts: InquiryFacts }

type Wanted = { divisionPrefix?: string; respondent?: { id: string; role: RespondentRole }; before?: string | null; limit: number; /** Only files in which somebody may still have to act. */ unsettled?: boolean }

type Row = Omit<InquiryLine, 'facts'> & { replyBy: Date; repliedAt: Date | null; outcome: 'unfounded' | 'violation' | 'referred' | null; foundAt: Date | null; contestBy: Date | null; rectifyBy: Date | null; contestedAt: Date | null; decideBy: Date | null; answer: 'kept' | 'revoked' | null; answeredAt: Date | null; submittedAt: Date | null; accepted: boolean | null; againBy: Date | null }

/** Files of a division, or about one organisation in a role, the newest first. `before` is the number of the last one of the page before. */
export async function listInquiries(db: Database, { divisionPrefix, respondent, before, limit, unsettled = false }: Wanted): Promise<InquiryLine[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select inquiry.number, inquiry.lead_kind as "leadKind", case when organisation.kind = 'organisation' then organisation.name end as respondent, listing.name as listing, inquiry.opened_at as "openedAt",
            inquiry.reply_by as "replyBy", reply.replied_at as "repliedAt", finding.outcome, finding.found_at as "foundAt", finding.contest_by as "contestBy", finding.rectify_by as "rectifyBy",
            contest.contested_at as "contestedAt", contest.decide_by as "decideBy", answer.outcome as answer, answer.answered_at as "answeredAt", last.submitted_at as "submittedAt", last.accepted, last.again_by as "againBy"
       from inquiries inquiry
       join organisations organisation on organisation.id = inquiry.respondent_id
       left join listings listing on listing.id = inquiry.listing_id
       left join inquiry_replies reply on reply.inquiry_id = inquiry.id
       left join inquiry_findings finding on finding.inquiry_id = inquiry.id
       left join inquiry_contests contest on contest.inquiry_id = inquiry.id
       left join contest_answers answer on answer.inquiry_id = inquiry.id
       left join lateral (
         select proof.submitted_at, verdict.accepted, verdict.again_by from rectifications proof left join rectification_verdicts verdict on verdict.rectification_id = proof.id
          where proof.inquiry_id = inquiry.id order by proof.round desc limit 1) as last on true
      where (cast(:prefix as text) is null or inquiry.division_code like :prefix)
        and (cast(:respondent as uuid) is null or (inquiry.respondent_id = :respondent and inquiry.respondent_role = :role))
        and (cast(:before as text) is null or (inquiry.opened_at, inquiry.number) < (select earlier.opened_at, earlier.number from inquiries earlier where earlier.number = :before))
        and (not cast(:unsettled as boolean) or finding.inquiry_id is null or (finding.outcome = 'violation' and answer.outcome is distinct from 'revoked' and (last.accepted is distinct from true or (contest.inquiry_id is not null and answer.inquiry_id is null))))
      order by inquiry.opened_at desc, inquiry.number desc
      limit :limit`,
    { prefix: divisionPrefix === undefined ? null : `${divisionPrefix}%`, respondent: respondent?.id ?? null, role: respondent?.role ?? null, before: before ?? null, unsettled, limit } as never,
  )
  return rows.map(({ number, leadKind, respondent: name, listing, openedAt, ...row }) => ({ number, leadKind, respondent: name, listing, openedAt, facts: factsOf(row) }))
}

/** The facts of one row; of several proofs only the last says where the putting right stands. */
function factsOf(row: Omit<Row, 'number' | 'leadKind' | 'respondent' | 'listing' | 'openedAt'>): InquiryFacts {
  const { replyBy, repliedAt, outcome, foundAt, contestBy, rectifyBy, contestedAt, decideBy, answer, answeredAt, submittedAt, accepted, againBy } = row
  return {
    replyBy,
    repliedAt,
    finding: outcome ? { outcome, foundAt: foundAt!, contestBy, rectifyBy } : null,
    contest: contestedAt ? { contestedAt, decideBy: decideBy! } : null,
    contestAnswer: answer ? { outcome: answer, answeredAt: answeredAt! } : null,
    rectifications: submittedAt ? [{ submittedAt, verdict: accepted === null ? null : { accepted, againBy } }] : [],
  }
}

/** What the file's regulator reads of the report behind it: who it was only where they gave their name. */
export type ReportBehind = { id: string; asked: string; words: string; reporter: string | null; projectCode: string | null; decisionId: string | null; reportedAt: Date }

export async function findReportBehind(db: Database, id: string): Promise<ReportBehind | undefined> {
  return db('demand_reports as report')
    .leftJoin('organisations as reporter', 'reporter.id', 'report.reporter_id')
    .where('report.id', id)
    .first({ id: 'report.id', asked: 'report.asked', words: 'report.words', reporter: 'reporter.name', projectCode: 'report.project_code', decisionId: 'report.decision_id', reportedAt: 'report.reported_at' })
}

export type PaperBehind = { material: string; reason: string; turnedAwayOn: string; told: string; projectCode: string | null }

export async function findPaperBehind(db: Database, id: string): Promise<PaperBehind | undefined> {
  return db('turned_away_documents').whereRaw('cast(id as text) = ?', [id]).first({ material: 'material', reason: 'reason', turnedAwayOn: 'turned_away_on', told: 'told_as', projectCode: 'project_code' })
}

/** Why an authority kept its refused demand up, and whether it has taken it back since. */
export async function findUpheldBehind(db: Database, decisionId: string): Promise<{ reason: string; at: Date; withdrawn: { reason: string; at: Date } | null } | undefined> {
  const row = await db('upheld_demands as kept').leftJoin('withdrawn_demands as back', 'back.decision_id', 'kept.decision_id').where('kept.decision_id', decisionId)
    .first<{ reason: string; at: Date; back: string | null; backAt: Date | null } | undefined>({ reason: 'kept.reason', at: 'kept.upheld_at', back: 'back.reason', backAt: 'back.withdrawn_at' })
  return row && { reason: row.reason, at: row.at, withdrawn: row.backAt ? { reason: row.back!, at: row.backAt } : null }
}
