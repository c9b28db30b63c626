import type { Ineligibility } from '#app/domain/bids/eligibility.ts'
import type { LeadKind } from '#app/domain/oversight/lead.ts'

/** A natural person's name is nobody's to read in a list. */
export const nameOf = (organisation: string) => `case when ${organisation}.kind = 'organisation' then ${organisation}.name end`
export const here = (row: string) => `${row}.division_code like :here`

/** Reasons that say of a bidder that it stands too near to the owner, the approving office or another job. */
const CONFLICTS: readonly Ineligibility[] = ['second-role', 'is-the-owner', 'same-person', 'same-phone', 'same-address', 'same-shareholder', 'same-account', 'supervised-by-owner', 'body-of-authority']
const isConflict = `in (${CONFLICTS.map((reason) => `'${reason}'`).join(', ')})`
const until = `case when coalesce(award.publicity_ends_at, tender.draws_after) > :at then coalesce(award.publicity_ends_at, tender.draws_after) end as until`
/** Who bids in an auction is told to nobody before its end, the regulator included; one that its owner ended early has none. */
const mayBeNamed = `(closing.outcome <> 'to-auction' or tender.settled_at is not null or exists (select from tender_openings ended where ended.tender_id = tender.id))`
/** Once the tender has closed: before, not even the regulator learns who has bid. */
const closedHere = `
      join tender_closings closing on closing.tender_id = found.tender_id
      join tenders tender on tender.id = found.tender_id
      left join standing_awards award on award.tender_id = tender.id
     where ${here('tender')} and closing.closed_at > :from and ${mayBeNamed}`

/** What a regulator should look at among those who bid in one tender; the columns are those of every lead. */
export const LEADS_OF_BIDDERS: Record<Extract<LeadKind, 'bidders-related' | 'bids-one-hand' | 'bidders-conflicted' | 'award-passed-over' | 'people-shared'>, string> = {
  // Those put out at the close, and ties of a winner that an award found and that put out nobody.
  'bidders-related': `
    select tender.number as key, tender.number as subject, ${until}, closing.closed_at as since,
           jsonb_build_object('title', tender.title,
             'count', (select count(*) from jsonb_array_elements(closing.verdicts) as verdict where verdict -> 'reasons' @> '["related-bidder"]'),
             'atAward', found.at_award, 'pairs', found.pairs) as params
      from (
        select tied.tender_id, count(*) filter (where tied.at_award) as at_award, jsonb_agg(jsonb_build_object('one', one.name, 'other', other.name, 'by', tied.pair -> 'by') order by one.name, other.name) as pairs
          from (
            select tender_id, jsonb_array_elements(relations) as pair, false as at_award from tender_closings
            union all
            -- Two that are tied and win one after the other, as the first declines, are one tie.
            (select distinct on (tender_id, least(pair ->> 'bid', pair ->> 'to'), greatest(pair ->> 'bid', pair ->> 'to')) tender_id, pair, true
              from (select tender_id, checked_at, jsonb_array_elements(relations) as pair from award_checks) as checked
             order by tender_id, least(pair ->> 'bid', pair ->> 'to'), greatest(pair ->> 'bid', pair ->> 'to'), checked_at)
          ) as tied
          join bids one_bid on one_bid.id = cast(tied.pair ->> 'bid' as uuid) join organisations one on one.id = one_bid.agency_id
          left join bids other_bid on other_bid.id = cast(tied.pair ->> 'to' as uuid) left join organisations other on other.id = other_bid.agency_id
         group by tied.tender_id
      ) as found${closedHere}`,

  // One account or browser that sent bids of two agencies, an account that acted for both while the tender was open, or a bid from the browser that published; every bid that was received counts.
  'bids-one-hand': `
    select tender.number as key, tender.number as subject,
           case when coalesce(award.publicity_ends_at, tender.draws_after) > :at then coalesce(award.publicity_ends_at, tender.draws_after) end as until, closing.closed_at as since,
           jsonb_build_object('title', tender.title, 'count', hands.count, 'pairs', hands.pairs) as params
      from (
        select pair.tender_id, count(*) as count, jsonb_agg(jsonb_build_object('one', one.name, 'other', ${nameOf('other')}, 'by', pair.by) order by one.name, other.name) as pairs
          from (
            select found.tender_id, found.one, found.other, jsonb_agg(distinct found.by order by found.by) as by
              from (
                select one.tender_id, least(one.agency_id, other.agency_id) as one, greatest(one.agency_id, other.agency_id) as other, 'same-submitter' as by
                  from bids one join bids other on other.submitted_by = one.submitted_by and other.tender_id = one.tender_id and other.agency_id <> one.agency_id
                union all
                select one.tender_id, least(one.agency_id, other.agency_id), greatest(one.agency_id, other.agency_id), 'same-member'
                  from memberships mine
                  join memberships theirs on theirs.account_id = mine.account_id and theirs.organisation_id <> mine.organisation_id
                  join bids one on one.agency_id = mine.organisation_id
                  join bids other on other.agency_id = theirs.organisation_id and other.tender_id = one.tender_id
                  join tenders shared on shared.id = one.tender_id
                 where least(mine.until, theirs.until) is null or least(mine.until, theirs.until) > shared.published_at
                union all
                select one.tender_id, least(one.organisation_id, other.organisation_id), greatest(one.organisation_id, other.organisation_id), 'same-device'
                  from device_marks one
                  join device_marks other on other.tender_id = one.tender_id and other.mark = one.mark and other.organisation_id <> one.organisation_id
                  join tenders shared on shared.id = one.tender_id and shared.owner_id not in (one.organisation_id, other.organisation_id)
                union all
                select one.tender_id, one.organisation_id, other.organisation_id, 'owner-device'
                  from device_marks one
                  join device_marks other on other.tender_id = one.tender_id and other.mark = one.mark and other.organisation_id <> one.organisation_id
                  join tenders shared on shared.id = one.tender_id and shared.owner_id = other.organisation_id
              ) as found
             group by found.tender_id, found.one, found.other
          ) as pair
          join organisations one on one.id = pair.one
          join organisations other on other.id = pair.other
         group by pair.tender_id
      ) as hands
      join tender_closings closing on closing.tender_id = hands.tender_id
      join tenders tender on tender.id = hands.tender_id
      left join standing_awards award on award.tender_id = tender.id
     where ${here('tender')} and closing.closed_at > :from and ${mayBeNamed}`,

  'bidders-conflicted': `
    select tender.number as key, tender.number as subject, ${until}, closing.closed_at as since,
           jsonb_build_object('title', tender.title, 'count', found.count, 'pairs', found.pairs) as params
      from (
        select out.tender_id, count(*) as count, jsonb_agg(jsonb_build_object('one', out.name, 'other', null, 'by', out.by) order by out.name) as pairs
          from (
            select each.tender_id, agency.name, jsonb_agg(distinct each.reason order by each.reason) as by
              from (
                select closed.tender_id, bid.agency_id, reason
                  from tender_closings closed, jsonb_array_elements(closed.verdicts) as verdict
                  cross join lateral jsonb_array_elements_text(verdict -> 'reasons') as reason
                  join bids bid on bid.id = cast(verdict ->> 'bid' as uuid)
                 where reason ${isConflict}
                union all
                select checked.tender_id, passed_agency.id, reason
                  from award_checks checked, jsonb_array_elements(checked.passed_over) as passed
                  cross join lateral jsonb_array_elements_text(passed -> 'reasons') as reason
                  join organisations passed_agency on passed_agency.uscc = passed ->> 'label'
                 where reason ${isConflict}
              ) as each
              join organisations agency on agency.id = each.agency_id
             group by each.tender_id, agency.id, agency.name
          ) as out
         group by out.tender_id
      ) as found${closedHere}`,

  // Whoever stood first and did not win, but for a conflict, which is told above: what came between the close and the award chose the winner.
  'award-passed-over': `
    select tender.number as key, tender.number as subject, ${until}, found.since,
           jsonb_build_object('title', tender.title, 'count', found.count, 'pairs', found.pairs) as params
      from (
        select passed.tender_id, min(passed.checked_at) as since, count(*) as count, jsonb_agg(jsonb_build_object('one', passed.name, 'other', null, 'by', passed.by) order by passed.name) as pairs
          from (
            select checked.tender_id, min(checked.checked_at) as checked_at, agency.name, jsonb_agg(distinct reason order by reason) as by
              from award_checks checked, jsonb_array_elements(checked.passed_over) as passed
              cross join lateral jsonb_array_elements_text(passed -> 'reasons') as reason
              join organisations agency on agency.uscc = passed ->> 'label'
             where not reason ${isConflict}
             group by checked.tender_id, agency.id, agency.name
          ) as passed
         group by passed.tender_id
      ) as found${closedHere}`,

  'people-shared': `
    select tender.number as key, tender.number as subject, ${until}, closing.closed_at as since,
           jsonb_build_object('title', tender.title, 'count', found.count, 'pairs', found.pairs) as params
      from (
        select tied.tender_id, count(*) as count, jsonb_agg(jsonb_build_object('one', tied.one, 'other', tied.other, 'by', tied.by) order by tied.one, tied.other) as pairs
          from (
            select each.tender_id, one.name as one, ${nameOf('other')} as other, jsonb_agg(distinct tie order by tie) as by
              from (
                select tender_id, jsonb_array_elements(people) as pair from tender_closings
                union all
                select tender_id, jsonb_array_elements(people) from award_checks
              ) as each
              cross join lateral jsonb_array_elements_text(each.pair -> 'by') as tie
              join tenders asked on asked.id = each.tender_id
              join bids one_bid on one_bid.id = cast(each.pair ->> 'bid' as uuid)
              left join bids other_bid on other_bid.id = cast(each.pair ->> 'to' as uuid)
              join organisations one on one.id = one_bid.agency_id
              join organisations other on other.id = coalesce(other_bid.agency_id, asked.owner_id)
             group by each.tender_id, one.id, one.name, other.id, other.name, other.kind
          ) as tied
         group by tied.tender_id
      ) as found${closedHere}`,
}
