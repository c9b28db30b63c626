import type { About, Audience } from '#app/domain/notices/who-hears.ts'
import { aboutInquiries, audiencesOfInquiries } from './audiences-of-inquiries.ts'

/*
 * Who hears of an event, and what the message says of it. Every query is as of the instant of the event, so that it
 * does not matter when the round reads it: who came later hears nothing of what was before.
 * The bindings are `:at` and `:data`.
 */

const text = (name: string) => `(cast(:data as jsonb) ->> '${name}')`

/** Years that a limit reaches into without anybody having said their holidays; null where there are none. */
const uncovered = `nullif(cast(:data as jsonb) -> 'uncoveredYears', '[]')`

/** A fact that began and may have ended: did it hold at the instant? */
const held = (row: string, begun: string, ended: string) => `${row}.${begun} <= :at and (${row}.${ended} is null or ${row}.${ended} > :at)`

/** The division of `inner` lies in `outer`, or is it: the twin of `isWithin` in app/domain/divisions/division.ts. */
const within = (inner: string, outer: string) => `${outer} in (${inner}, left(${inner}, 4) || '00', left(${inner}, 2) || '0000')`

/** An organisation's roles that may own projects. */
const buyers = (organisation: string, from: string) => `
  select role.organisation_id, role.role, cast('{}' as jsonb) as params from ${from}
  join organisation_roles role on role.organisation_id = ${organisation} and role.role in ('owner', 'authority') and ${held('role', 'since', 'until')}`

const standing = `${held('bid', 'received_at', 'withdrawn_at')} and (bid.replaced_at is null or bid.replaced_at > :at)`

const TENDER = `
  tender.number as subject,
  jsonb_strip_nulls(jsonb_build_object(
    'title', tender.title, 'service', listing.name, 'closesAt', tender.closes_at, 'drawsAfter', tender.draws_after,
    'eligible', (select eligible from tender_closings closing where closing.tender_id = tender.id and closing.closed_at <= :at),
    'winner', (select winner.name from awards award join bids on bids.id = award.bid_id join organisations winner on winner.id = bids.agency_id
                where award.tender_id = tender.id and award.awarded_at <= :at order by award.awarded_at desc, award.place desc limit 1),
    'answerBy', ${text('answerBy')}, 'publicityEndsAt', ${text('publicityEndsAt')}, 'declineUntil', ${text('declineUntil')},
    'startsAt', ${text('startsAt')}, 'endsAt', ${text('endsAt')}, 'pickBy', ${text('pickBy')}, 'decidesAfter', ${text('decidesAfter')}, 'explainUntil', ${text('explainUntil')}, 'announceBy', ${text('announceBy')}, 'complaintUntil', ${text('complaintUntil')}, 'releaseBy', ${text('releaseBy')}, 'confirmBy', ${text('confirmBy')}, 'dueAt', ${text('dueAt')}, 'limit', ${text('limit')}, 'uncoveredYears', ${uncovered}, 'suspendedUntil', (select cast(to_jsonb(held.until) as jsonb) #>> '{}' from tender_suspensions held where held.tender_id = tender.id and held.suspended_at = :at)
  )) as params`

/** What each message about it says: the subject it leads to and the params of its sentence. */
export const ABOUT: Record<About, string> = {
  tender: `select ${TENDER} from tenders tender join listings listing on listing.id = tender.listing_id where tender.number = ${text('tender')}`,
  bid: `select ${TENDER} from bids join tenders tender on tender.id = bids.tender_id join listings listing on listing.id = tender.listing_id where bids.id = cast(${text('bid')} as uuid)`,
  draft: `select cast(id as text) as subject, jsonb_build_object('title', title) as params from tenders where id = cast(${text('draft')} as uuid)`,
  decision: `
    select cast(decision.id as text) as subject,
           jsonb_build_object('authority', authority.name, 'service', listing.name, 'verdict', decision.verdict, 'reasons', to_jsonb(decision.reasons)) as params
      from guard_decisions decision
      join organisations authority on authority.id = decision.authority_id
      left join listings listing on listing.id = decision.listing_id
     where decision.id = cast(${text('decision')} as uuid)`,
  case: `
    select cast(file.id as text) as subject, jsonb_strip_nulls(jsonb_build_object('number', file.number, 'authority', office.name, 'item', item.name, 'state', ${text('stateName')}, 'lacking', nullif(cast(${text('lacking')} as int), 0), 'turnedAway', nullif(cast(${text('turnedAway')} as int), 0), 'undemandable', nullif(cast(${text('undemandable')} as int), 0), 'limit', ${text('limit')}, 'dueAt', ${text('dueAt')}, 'uncoveredYears', ${uncovered})) as params
      from cases file join organisations office on office.id = file.authority_id join approval_items item on item.code = file.approval_item
     where file.number = ${text('caseNumber')} and office.uscc = ${text('authority')}`,
  project: `select ${text('project')} as subject, jsonb_strip_nulls(jsonb_build_object('code', ${text('project')}, 'project', (select name from projects where code = ${text('project')}), 'days', cast(${text('days')} as int), 'dueAt', ${text('dueAt')}, 'uncoveredYears', ${uncovered})) as params`,
  agency: `select uscc as subject, jsonb_build_object('name', name) as params from organisations where uscc = ${text('agency')}`,
  outage: `select ${text('claim')} as subject, jsonb_strip_nulls(jsonb_build_object('from', ${text('from')}, 'until', ${text('until')}, 'extended', cast(${text('extended')} as int))) as params`,
  version: `select ${text('division')} as subject, jsonb_build_object('number', cast(${text('number')} as int), 'effectiveOn', ${text('effectiveOn')}) as params`,
  ...aboutInquiries({ text, held, within }),
  webhook: `select ${text('webhook')} as subject, jsonb_build_object('host', ${text('host')}, 'cause', ${text('cause')}, 'tried', cast(${text('tried')} as int)) as params`,
  client: `select '' as subject, jsonb_build_object('name', ${text('name')}, 'did', ${text('did')}) as params`,
  proposal: `select number as subject, jsonb_strip_nulls(jsonb_build_object('title', title, 'commentUntil', ${text('endsAt')})) as params from list_proposals where number = ${text('proposal')}`,
  delegation: `select '' as subject, jsonb_build_object('role', ${text('role')}) as params`,
}

/** Offerings of services that a version of the list ended (and began again, or not), by agency; the first of them is named. */
const touched = (again: 'exists' | 'not exists') => `
  select offered.agency_id as organisation_id, 'agency' as role,
         jsonb_build_object('service', min(ended.name), 'count', count(*), 'subject', min(ended.code)) as params
    from listings ended
    join offerings offered on offered.listing_code = ended.code and ${held('offered', 'offered_at', 'withdrawn_at')}
   where ended.division_code = ${text('division')} and ended.until_version = cast(${text('number')} as int)
     and ${again} (select from listings begun where begun.code = ended.code and begun.division_code = ended.division_code and begun.since_version = ended.until_version)
   group by offered.agency_id`

/** Each yields organisation and role, and params of its own where the sentence differs from one to another. */
export const AUDIENCES: Record<Audience, string> = {
  'tender-owner': `${buyers('tender.owner_id', 'tenders tender')} where tender.number = ${text('tender')}`,
  'agencies-offering': `
    select offered.agency_id as organisation_id, 'agency' as role, cast('{}' as jsonb) as params
      from tenders tender
      join listings listing on listing.id = tender.listing_id
      join offerings offered on offered.listing_code = listing.code and ${held('offered', 'offered_at', 'withdrawn_at')}
      join agencies agency on agency.organisation_id = offered.agency_id and ${held('agency', 'admitted_at', 'expelled_at')}
     where tender.number = ${text('tender')} and offered.agency_id <> tender.owner_id
       and exists (select from unnest(offered.service_divisions) area where ${within('tender.division_code', 'area')})`,
  'named-agency': `select id as organisation_id, 'agency' as role, cast('{}' as jsonb) as params from organisations where uscc = ${text('named')}`,
  asker: `select asker_id as organisation_id, 'agency' as role, cast('{}' as jsonb) as params from tender_questions where id = cast(${text('question')} as uuid)`,
  objector: `select agency_id as organisation_id, 'agency' as role, cast('{}' as jsonb) as params from tender_objections where id = cast(${text('objection')} as uuid)`,
  'draft-owner': `${buyers('draft.owner_id', 'tenders draft')} where draft.id = cast(${text('draft')} as uuid)`,
  bidders: `
    select bid.agency_id as organisation_id, 'agency' as role, cast('{}' as jsonb) as params
      from tenders tender join bids bid on bid.tender_id = tender.id and ${standing} where tender.number = ${text('tender')}`,
  'low-bidders': `
    select bids.agency_id as organisation_id, 'agency' as role, cast('{}' as jsonb) as params
      from tenders tender join bid_openings opened on opened.tender_id = tender.id and opened.low_marks <> '{}' join bids on bids.id = opened.bid_id
     where tender.number = ${text('tender')}`,
  winner: `
    select bids.agency_id as organisation_id, 'agency' as role, cast('{}' as jsonb) as params
      from tenders tender join awards award on award.tender_id = tender.id and award.awarded_at <= :at join bids on bids.id = award.bid_id
     where tender.number = ${text('tender')} order by award.awarded_at desc, award.place desc limit 1`,
  'office-of-tender': `
    select file.authority_id as organisation_id, 'authority' as role, cast('{}' as jsonb) as params
      from tenders tender join case_tenders opened on opened.tender_id = tender.id join cases file on file.id = opened.case_id where tender.number = ${text('tender')}`,
  'authority-named': `select id as organisation_id, 'authority' as role, cast('{}' as jsonb) as params from organisations where uscc = ${text('authority')}`,
  // Who applied, as app/domain/cases/show-case.server.ts knows them: whoever hears of it may see the project's approvals.
  'applicants-of-project': `
    ${buyers('applicant.id', `cases file join organisations applicant on applicant.uscc = file.applicant_uscc`)} where file.project_code = ${text('project')}
    union ${buyers('owner.id', `owned_projects project join organisations owner on owner.id = project.owner_id and owner.uscc is null join cases file on file.project_code = project.code and file.applicant_uscc is null and file.applicant_name = owner.name`)} where project.code = ${text('project')}`,
  'offices-of-project': `
    select distinct file.authority_id as organisation_id, 'authority' as role, cast('{}' as jsonb) as params from cases file
     where file.project_code = ${text('project')} and file.received_at <= :at
       and not exists (select from case_states ended where ended.case_id = file.id and ended.state in (2, 4, 5, 11, 12, 13, 14, 15) and ended.at <= :at)`,
  'regulators-of-project': `
    select role.organisation_id, 'regulator' as role, cast('{}' as jsonb) as params
      from organisation_roles role join organisations regulator on regulator.id = role.organisation_id and ${within(text('division'), 'regulator.division_code')}
     where role.role = 'regulator' and ${held('role', 'since', 'until')}`,
  witnesses: `
    select enrolled.organisation_id, enrolled.role, cast('{}' as jsonb) as params
      from tenders tender join witness_enrolments enrolled on enrolled.tender_id = tender.id and ${held('enrolled', 'enrolled_at', 'left_at')}
     where tender.number = ${text('tender')} and not exists (select from witness_signatures signed where signed.tender_id = tender.id and signed.account_id = enrolled.account_id)`,
  bidder: `select agency_id as organisation_id, 'agency' as role, cast('{}' as jsonb) as params from bids where id = cast(${text('bid')} as uuid)`,
  agency: `select id as organisation_id, 'agency' as role, cast('{}' as jsonb) as params from organisations where uscc = ${text('agency')}`,
  operators: `
    select role.organisation_id, 'operator' as role, cast('{}' as jsonb) as params from organisation_roles role where role.role = 'operator' and ${held('role', 'since', 'until')}`,
  'operators-of-claim': `
    select role.organisation_id, 'operator' as role, cast('{}' as jsonb) as params
      from outage_claims claim join organisations runner on runner.division_code = claim.division_code
      join organisation_roles role on role.organisation_id = runner.id and role.role = 'operator' and ${held('role', 'since', 'until')}
     where claim.id = cast(${text('claim')} as uuid)`,
  'project-owner': `
    ${buyers('project.owner_id', 'guard_decisions decision join owned_projects project on project.code = decision.project_code')} where decision.id = cast(${text('decision')} as uuid)
    union ${buyers('applicant.id', 'guard_decisions decision join cases file on file.authority_id = decision.authority_id and file.number = decision.case_number join organisations applicant on applicant.uscc = file.applicant_uscc')} where decision.id = cast(${text('decision')} as uuid)`,
  // A person has no code: the case is theirs who registered its project under the name that the office wrote.
  applicant: `
    ${buyers('applicant.id', 'cases file join organisations office on office.id = file.authority_id join organisations applicant on applicant.uscc = file.applicant_uscc')} where file.number = ${text('caseNumber')} and office.uscc = ${text('authority')}
    union ${buyers('applicant.id', 'cases file join organisations office on office.id = file.authority_id join owned_projects project on project.code = file.project_code join organisations applicant on applicant.id = project.owner_id and applicant.uscc is null and applicant.name = file.applicant_name')} where file.applicant_uscc is null and file.number = ${text('caseNumber')} and office.uscc = ${text('authority')}`,
  'registrant-of-dispute': `${buyers('dispute.registrant_id', 'project_disputes dispute')} where dispute.id = cast(${text('dispute')} as uuid)`,
  // Whom the project was given to; where it stayed, all whom offices had named.
  'named-in-dispute': `
    ${buyers('party.id', `project_disputes dispute join lateral jsonb_array_elements(case when dispute.outcome = 'applicant' then jsonb_build_array(dispute.goes_to) else dispute.named end) one on true join organisations party on party.uscc = one.value ->> 'uscc'`)} where dispute.id = cast(${text('dispute')} as uuid)`,
  'demanding-authority': `select authority_id as organisation_id, 'authority' as role, cast('{}' as jsonb) as params from guard_decisions where id = cast(${text('decision')} as uuid)`,
  regulators: `
    select role.organisation_id, 'regulator' as role, cast('{}' as jsonb) as params
      from guard_decisions decision
      join organisation_roles role on role.role = 'regulator' and ${held('role', 'since', 'until')}
      join organisations regulator on regulator.id = role.organisation_id and ${within('decision.division_code', 'regulator.division_code')}
     where decision.id = cast(${text('decision')} as uuid)`,
  seat: `
    select judge.organisation_id, 'judge' as role, cast('{}' as jsonb) as params
      from tenders tender join tender_judges judge on judge.tender_id = tender.id and judge.seat = cast(${text('seat')} as int) and ${held('judge', 'invited_at', 'ended_at')}
     where tender.number = ${text('tender')}`,
  judges: `
    select judge.organisation_id, 'judge' as role, cast('{}' as jsonb) as params
      from tenders tender join tender_judges judge on judge.tender_id = tender.id and ${held('judge', 'invited_at', 'ended_at')}
     where tender.number = ${text('tender')}`,
  'regulators-of-tender': `
    select role.organisation_id, 'regulator' as role, cast('{}' as jsonb) as params
      from tenders tender
      join organisation_roles role on role.role = 'regulator' and ${held('role', 'since', 'until')}
      join organisations regulator on regulator.id = role.organisation_id and ${within('tender.division_code', 'regulator.division_code')}
     where tender.number = ${text('tender')}`,
  'agencies-of-retired': touched('not exists'),
  'agencies-of-reworded': touched('exists'),
  'authorities-of-list': `
    select role.organisation_id, 'authority' as role, cast('{}' as jsonb) as params
      from organisation_roles role join organisations office on office.id = role.organisation_id
     where role.role = 'authority' and ${held('role', 'since', 'until')} and ${within('office.division_code', text('division'))}`,
  ...audiencesOfInquiries({ text, held, within }),
  'regulators-of-list': `
    select role.organisation_id, 'regulator' as role, cast('{}' as jsonb) as params
      from organisation_roles role join organisations regulator on regulator.id = role.organisation_id and regulator.division_code = ${text('division')}
     where role.role = 'regulator' and ${held('role', 'since', 'until')}`,
  'agencies-of-proposal': `
    select distinct offered.agency_id as organisation_id, 'agency' as role, cast('{}' as jsonb) as params
      from list_proposals proposal
      join list_proposal_entries entry on entry.proposal_id = proposal.id
      join offerings offered on offered.listing_code = entry.code and ${held('offered', 'offered_at', 'withdrawn_at')}
     where proposal.number = ${text('proposal')}`,
  'answered-commenters': `
    select distinct said.organisation_id, said.role, cast('{}' as jsonb) as params
      from list_answered_comments answered join list_comments said on said.id = answered.comment_id and said.organisation_id is not null
     where answered.answer_id = cast(${text('answer')} as uuid)`,
  organisation: `select cast(${text('organisation')} as uuid) as organisation_id, ${text('role')} as role, cast('{}' as jsonb) as params`,
}
