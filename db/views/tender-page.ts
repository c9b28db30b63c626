import type { Beacon, PoolLeaf } from '#app/domain/draw/draw.ts'
import type { AskedQuestion, MadeAward, PlaceOutcome, ShownPrice, ShownQuote, ShownSeat, ShownWitness, TenderView } from '#app/domain/tenders/tender-view.ts'
import { fingerprintOf } from '#app/domain/ledger/keyring.ts'
import type { Database } from '#app/domain/context.ts'
import { toTender, type TenderRow } from '#db/repositories/tender-row.ts'
import { tenderColumns, tendersWithOutcomes } from '#db/repositories/tenders.ts'

type Row = TenderRow & {
  listing_code: string
  listing_name: string
  sample: boolean
  project_name: string
  dispute: 'open' | 'applicant' | null
  division: string
  owner: string | null
  demo: boolean
  named_uscc: string | null
  named_name: string | null
  republishes: string | null
  republished_as: string | null
  republished_draft: string | null
  askers: string[] | null
  bidder_ids: string[] | null
  corrections: TenderView['corrections'] | null
  extensions: TenderView['extensions'] | null
  further_rounds: TenderView['furtherRounds'] | null
  cancelled: TenderView['cancellation']
  holds: TenderView['suspensions'] | null
  objected: TenderView['objections'] | null
  winner_id: string | null
  questions: AskedQuestion[] | null
  made: MadeAward[] | null
  secret: Buffer | null
  root: Buffer | null
  leaves: PoolLeaf[] | null
  beacon: Beacon | null
  placed: { place: number; label: string; name: string; position: string; amountFen: number | null; awarded: boolean }[] | null
  pick: TenderView['pick']
  prices: ShownPrice[] | null
  seats: ShownSeat[] | null
  names: Record<string, string> | null
  labels: Record<string, string> | null
  quotes: ShownQuote[] | null
  contributions: Record<string, string> | null
  witnesses: (Omit<ShownWitness, 'fingerprint'> & { key: string | null })[] | null
  enrolled: number
  entries: TenderView['entries'] | null
}

/** Everything that one tender's page shows, in one query, which each connection keeps prepared: to plan it takes longer than to answer it. Drafts included: whether they may be seen is the verb's question. */
export async function findTenderView(db: Database, key: { id: string } | { number: string }): Promise<TenderView | undefined> {
  const row = (await tendersWithOutcomes(db)
    .join('listings', 'listings.id', 'tenders.listing_id')
    .join('projects', 'projects.code', 'tenders.project_code')
    .join('divisions', 'divisions.code', 'tenders.division_code')
    .join('organisations as owners', 'owners.id', 'tenders.owner_id')
    .leftJoin('organisations as named', 'named.id', 'tenders.named_agency_id')
    .leftJoin('tenders as earlier', 'earlier.id', 'tenders.republishes_id')
    .select(
      ...tenderColumns,
      'listings.code as listing_code',
      'listings.name as listing_name',
      db.raw(`(listings.details ->> 'sample')::boolean as sample`),
      'projects.name as project_name',
      db.raw(`(select coalesce(doubt.outcome, 'open') from project_disputes doubt where doubt.project_code = tenders.project_code and doubt.registrant_id = tenders.owner_id and (doubt.settled_at is null or doubt.outcome = 'applicant') order by doubt.settled_at is null desc limit 1) as dispute`),
      'divisions.name as division',
      db.raw(`case when owners.kind = 'organisation' then owners.name end as owner`),
      db.raw('coalesce((select demo from marketplaces where marketplaces.division_code in (tenders.division_code, left(tenders.division_code, 4) || ?) order by division_code desc limit 1), false) as demo', ['00']),
      'named.uscc as named_uscc',
      'named.name as named_name',
      'earlier.number as republishes',
      db.raw('(select later.number from tenders later where later.republishes_id = tenders.id and later.published_at is not null order by later.published_at limit 1) as republished_as'),
      db.raw('(select later.id from tenders later where later.republishes_id = tenders.id and later.published_at is null and later.discarded_at is null limit 1) as republished_draft'),
      db.raw('(select jsonb_agg(asker_id) from tender_questions where tender_id = tenders.id) as askers'),
      db.raw(`(select jsonb_agg(bids.agency_id) from bids where bids.tender_id = tenders.id and bids.replaced_at is null and bids.withdrawn_at is null) as bidder_ids`),
      db.raw(`(select jsonb_agg(jsonb_build_object('revision', revision, 'reason', reason, 'material', material, 'before', before, 'after', after, 'correctedAt', corrected_at) order by revision) from tender_corrections where tender_id = tenders.id) as corrections`),
      db.raw(`(select jsonb_agg(jsonb_build_object('ordinal', ordinal, 'cause', cause, 'reason', reason, 'fromClosesAt', from_closes_at, 'closesAt', closes_at, 'extendedAt', extended_at, 'gapFrom', gap_from, 'gapUntil', gap_until) order by ordinal) from tender_extensions where tender_id = tenders.id) as extensions`),
      db.raw(`(select jsonb_agg(jsonb_build_object('ordinal', ordinal, 'cause', cause, 'reason', reason, 'gapFrom', gap_from, 'gapUntil', gap_until, 'fromEndsAt', from_ends_at, 'startsAt', starts_at, 'endsAt', ends_at, 'extendedAt', extended_at) order by ordinal) from auction_extensions where tender_id = tenders.id) as further_rounds`),
      db.raw(`(select jsonb_build_object('reason', ended.reason, 'cancelledAt', ended.cancelled_at, 'afterValue', ended.after_value) from tender_cancellations ended where ended.tender_id = tenders.id) as cancelled`),
      db.raw(`(select jsonb_agg(jsonb_build_object('reason', held.reason, 'basis', held.basis, 'suspendedAt', held.suspended_at, 'until', held.until,
                 'ended', case when endings.tender_id is not null then jsonb_build_object('at', endings.ended_at, 'reason', endings.reason, 'byDate', endings.ended_by is null) end) order by held.ordinal)
                 from tender_suspensions held left join suspension_endings endings on endings.tender_id = held.tender_id and endings.ordinal = held.ordinal where held.tender_id = tenders.id) as holds`),
      db.raw(`(select jsonb_agg(jsonb_build_object('id', objections.id, 'words', objections.words, 'objectedAt', objections.objected_at, 'answerBy', objections.answer_by, 'objectorId', objections.agency_id, 'objectorName', objectors.name,
                 'answer', case when answers.objection_id is not null then jsonb_build_object('words', answers.words, 'answeredAt', answers.answered_at, 'complaintUntil', answers.complaint_until) end) order by objections.ordinal)
                 from tender_objections objections join organisations objectors on objectors.id = objections.agency_id left join objection_answers answers on answers.objection_id = objections.id where objections.tender_id = tenders.id) as objected`),
      db.raw(`(select jsonb_agg(jsonb_build_object('id', questions.id, 'words', questions.words, 'askedAt', questions.asked_at, 'answerBy', questions.answer_by, 'answers', coalesce(
                 (select jsonb_agg(jsonb_build_object('words', answers.words, 'answeredAt', answers.answered_at) order by answers.revision) from tender_answers answers where answers.question_id = questions.id), '[]')) order by questions.ordinal)
                 from tender_questions questions where questions.tender_id = tenders.id) as questions`),
      db.raw('(select bids.agency_id from bids where bids.id = awards.bid_id) as winner_id'),
      db.raw(`(select jsonb_agg(jsonb_build_object('place', made.place, 'label', agencies.uscc, 'name', agencies.name, 'awardedAt', made.awarded_at, 'publicityEndsAt', made.publicity_ends_at, 'declineUntil', made.decline_until,
                 'declined', case when declines.bid_id is not null then jsonb_build_object('at', declines.declined_at, 'reason', declines.reason, 'words', declines.words) end) order by made.awarded_at, made.place)
                 from awards made join bids on bids.id = made.bid_id join organisations agencies on agencies.id = bids.agency_id
                 left join award_declines declines on declines.bid_id = made.bid_id where made.tender_id = tenders.id) as made`),
      'pools.root',
      'pools.leaves',
      'draws.beacon',
      'draws.secret',
      db.raw(`(select jsonb_agg(jsonb_build_object('place', positions.place, 'label', agencies.uscc, 'name', agencies.name, 'position', encode(positions.position, 'hex'), 'amountFen', opened.amount_fen, 'awarded', awards.bid_id is not distinct from positions.bid_id) order by positions.place)
                 from draw_positions positions join bids on bids.id = positions.bid_id join organisations agencies on agencies.id = bids.agency_id left join bid_openings opened on opened.bid_id = bids.id
                where positions.tender_id = tenders.id) as placed`),
      db.raw(`(select jsonb_build_object('label', agencies.uscc, 'name', agencies.name, 'place', positions.place, 'at', made.picked_at, 'reason', made.reason)
                 from shortlist_picks made join bids on bids.id = made.bid_id join organisations agencies on agencies.id = bids.agency_id
                 join draw_positions positions on positions.tender_id = made.tender_id and positions.bid_id = made.bid_id where made.tender_id = tenders.id) as pick`),
      db.raw(`(select jsonb_agg(jsonb_build_object('bid', opened.bid_id, 'label', agencies.uscc, 'name', agencies.name, 'outcome', opened.outcome, 'reason', opened.reason, 'quote', opened.offer -> 'quote', 'lot', opened.offer ->> 'lot', 'amountFen', opened.amount_fen, 'low', opened.low_marks,
                 'explanation', case when explained.bid_id is not null then jsonb_build_object('words', explained.words, 'at', explained.explained_at) end) order by opened.amount_fen nulls last, bids.ordinal)
                 from bid_openings opened join bids on bids.id = opened.bid_id join organisations agencies on agencies.id = bids.agency_id
                 left join quote_explanations explained on explained.bid_id = opened.bid_id where opened.tender_id = tenders.id) as prices`),
      db.raw(`(select jsonb_agg(jsonb_build_object('seat', judges.seat, 'name', persons.name, 'declaredAt', judges.declared_at, 'committedAt', sheets.committed_at, 'hash', encode(sheets.hash, 'hex'), 'shownAt', sheets.shown_at, 'dueAt', judges.due_at, 'ended', judges.ended_by,
                 'marks', case when reveals.tender_id is not null then sheets.body::jsonb -> 'marks' end) order by judges.seat, judges.ended_at nulls last, judges.id)
                 from tender_judges judges join organisations persons on persons.id = judges.organisation_id left join score_sheets sheets on sheets.judge_id = judges.id where judges.tender_id = tenders.id) as seats`),
      // Who bid in an auction is public once it has ended, and until then nothing leads from a label to an agency.
      db.raw(`case when openings.tender_id is not null and auctions.tender_id is not null then (select jsonb_object_agg(bids.id, agencies.uscc) from bids join organisations agencies on agencies.id = bids.agency_id where bids.tender_id = tenders.id) end as labels`),
      db.raw(`case when openings.tender_id is not null then (select jsonb_agg(jsonb_build_object('sequence', quotes.sequence, 'round', quotes.round, 'amountFen', quotes.amount_fen, 'at', quotes.quoted_at, 'hash', encode(quotes.hash, 'hex'), 'label', agencies.uscc, 'name', agencies.name) order by quotes.sequence)
                 from auction_quotes quotes join bids on bids.id = quotes.bid_id join organisations agencies on agencies.id = bids.agency_id where quotes.tender_id = tenders.id) end as quotes`),
      db.raw(`case when pools.tender_id is not null and (auctions.tender_id is null or openings.tender_id is not null) then (select jsonb_object_agg(agencies.uscc, agencies.name) from bids join organisations agencies on agencies.id = bids.agency_id where bids.tender_id = tenders.id) end as names`),
      db.raw(`(select jsonb_agg(jsonb_build_object('place', signed.place, 'name', case when witness.kind = 'organisation' then witness.name end, 'key', encode(signed.public_key, 'hex'), 'before', signed.enrolment_id is not null, 'signedAt', signed.signed_at, 'entry', signed.ledger_entry_id) order by signed.place)
                 from witness_signatures signed join organisations witness on witness.id = signed.organisation_id where signed.tender_id = tenders.id) as witnesses`),
      db.raw('(select count(*)::int from witness_enrolments enrolled where enrolled.tender_id = tenders.id and enrolled.left_at is null) as enrolled'),
      // What a bidder added to the pool is shown once it has been drawn from, and of bids that stood alone.
      db.raw(`case when draws.tender_id is not null then (select jsonb_object_agg(bids.id, bids.body::jsonb ->> 'contribution') from bids where bids.tender_id = tenders.id and bids.replaced_at is null and bids.withdrawn_at is null) end as contributions`),
      db.raw(`(select jsonb_agg(jsonb_build_object('kind', told.kind, 'id', told.id, 'leafHash', encode(told.leaf_hash, 'hex'), 'index', leaves.index, 'recordedAt', told.recorded_at) order by told.ordinal)
                 from ledger_entries told left join ledger_leaves leaves on leaves.entry_id = told.id where told.subject = tenders.number and told.kind <> 'quote.received') as entries`),
    )
    .where('id' in key ? { 'tenders.id': key.id } : { 'tenders.number': key.number })
    .first()
    .options({ name: 'id' in key ? 'tender-page-by-id' : 'tender-page-by-number' })) as Row | undefined
  return row && toView(row)
}

function toView(row: Row): TenderView {
  const made = row.made ?? []
  const tender = toTender(row)
  const { procedure } = tender.publication ?? {}
  const list = procedure?.method === 'credit-shortlist' ? { small: procedure.smallList, picked: row.pick?.place ?? null } : null
  return {
    tender,
    listing: { code: row.listing_code, name: row.listing_name, sample: row.sample },
    project: { code: row.project_code, name: row.project_name, dispute: row.dispute },
    division: row.division,
    owner: row.owner,
    demo: row.demo,
    named: row.named_uscc === null ? null : { uscc: row.named_uscc, name: row.named_name! },
    republishes: row.republishes,
    republishedAs: row.republished_as,
    republishedDraft: row.republished_draft,
    askers: row.askers ?? [],
    winnerId: row.winner_id,
    questions: row.questions ?? [],
    corrections: row.corrections ?? [],
    extensions: row.extensions ?? [],
    furtherRounds: row.further_rounds ?? [],
    cancellation: row.cancelled,
    suspensions: row.holds ?? [],
    objections: row.objected ?? [],
    bidderIds: row.bidder_ids ?? [],
    awards: made,
    pick: row.pick,
    prices: row.prices ?? (row.opened_at ? [] : null),
    seats: row.merit && row.published_at ? (row.seats ?? []) : null,
    draw: row.root && {
      root: row.root.toString('hex'),
      beacon: row.beacon,
      secret: row.secret?.toString('hex') ?? null,
      order: (row.placed ?? []).map((placed) => ({ ...placed, outcome: list ? listedOutcomeOf(placed, made, list) : outcomeOf(placed, made) })),
      pool: (row.leaves ?? []).map((leaf) => ({ ...leaf, name: leaf.label === null ? null : (row.names?.[row.labels?.[leaf.bid] ?? leaf.label] ?? null), contribution: row.contributions?.[leaf.bid] || null })),
    },
    quotes: row.quotes ?? [],
    witnesses: (row.witnesses ?? []).map(({ key, ...witness }) => ({ ...witness, fingerprint: key && fingerprintOf(Buffer.from(key, 'hex')) })),
    enrolled: row.enrolled,
    entries: row.entries ?? [],
  }
}

/** A place before the last award that has none of its own was passed over: its agency was not eligible any more. */
function outcomeOf({ place, awarded }: { place: number; awarded: boolean }, made: readonly MadeAward[]): PlaceOutcome {
  if (awarded) return 'awarded'
  if (made.some((award) => award.place === place && award.declined)) return 'declined'
  const standing = made.find(({ declined }) => !declined)
  return standing && standing.place !== null && place > standing.place ? 'reserve' : 'passed-over'
}

/** Behind a pick the small list is walked from its top, and nobody beyond it ever follows. */
function listedOutcomeOf({ place, awarded }: { place: number; awarded: boolean }, made: readonly MadeAward[], { small, picked }: { small: number; picked: number | null }): PlaceOutcome {
  if (awarded) return 'awarded'
  if (place > small) return 'unlisted'
  if (made.some((award) => award.place === place && award.declined)) return 'declined'
  if (picked === null) return 'listed'
  const standing = made.find(({ declined }) => !declined)
  const walked = standing?.place !== picked && (place === picked || !standing || place < standing.place!)
  return walked ? 'passed-over' : 'reserve'
}
