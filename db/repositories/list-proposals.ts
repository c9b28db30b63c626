import type { Knex } from 'knex'
import type { ListingWording } from '#app/domain/catalogue/listing.ts'
import type { Database } from '#app/domain/context.ts'
import { proposalNumber, type Entry, type Opinion, type Proposal } from '#app/domain/governance/proposal.ts'
import { toListing, type ListingRow } from './listings.ts'

type Row = Omit<Proposal, 'entries' | 'opinions' | 'period' | 'withdrawal' | 'adoption'> & {
  entries: { code: string; wording: ListingWording | null; reason: string; before: ListingRow | null }[]
  opinions: (Omit<Opinion, 'givenAt'> & { givenAt: string })[]
  period: { openedAt: string; endsAt: string; source: string; entry: string } | null
  withdrawal: { at: string; reason: string; entry: string } | null
  adoption: { at: string; entry: string; version: number; effectiveOn: string; note: string } | null
}

const WHOLE = `
  select proposal.id, proposal.ordinal, proposal.division_code as "divisionCode", proposal.organisation_id as "organisationId", office.name as "organisationName",
         proposal.title, proposal.reason, proposal.basis, proposal.drafted_at as "draftedAt", proposal.discarded_at as "discardedAt", proposal.number,
         proposal.proposed_at as "proposedAt", proposal.proposed_by as "proposedBy", proposal.urgent_reason as "urgentReason", proposal.ledger_entry_id as "ledgerEntryId",
         (select coalesce(json_agg(json_build_object('code', entry.code, 'wording', entry.wording, 'reason', entry.reason, 'before', to_jsonb(before)) order by entry.code), '[]')
            from list_proposal_entries entry left join listings before on before.id = entry.based_on where entry.proposal_id = proposal.id) as entries,
         (select coalesce(json_agg(json_build_object('kind', kind, 'favours', favours, 'office', office, 'words', words, 'givenAt', given_at, 'givenBy', given_by, 'entry', ledger_entry_id) order by given_at), '[]')
            from list_opinions where proposal_id = proposal.id) as opinions,
         (select json_build_object('openedAt', opened_at, 'endsAt', ends_at, 'source', source, 'entry', ledger_entry_id) from list_comment_periods where proposal_id = proposal.id) as period,
         (select json_build_object('all', count(*), 'open', count(*) filter (where answer.id is null), 'accepted', count(*) filter (where outcome = 'accepted'),
                                   'partly', count(*) filter (where outcome = 'partly'), 'declined', count(*) filter (where outcome = 'declined'))
            from list_comments said left join list_answered_comments answered on answered.comment_id = said.id left join list_answers answer on answer.id = answered.answer_id
           where said.proposal_id = proposal.id) as comments,
         (select max(answered_at) from list_answers where proposal_id = proposal.id) as "lastAnsweredAt",
         (select json_build_object('at', withdrawn_at, 'reason', reason, 'entry', ledger_entry_id) from list_withdrawals where proposal_id = proposal.id) as withdrawal,
         (select json_build_object('at', adoption.adopted_at, 'entry', adoption.ledger_entry_id, 'version', version, 'effectiveOn', effective_on, 'note', note)
            from list_adoptions adoption join catalogue_versions on catalogue_versions.division_code = adoption.division_code and number = version where proposal_id = proposal.id) as adoption
    from list_proposals proposal join organisations office on office.id = proposal.organisation_id`

/** A proposal with everything that happened to it. */
export async function findProposal(db: Database, key: { id: string } | { number: string }): Promise<Proposal | undefined> {
  const { rows } = await db.raw<{ rows: Row[] }>(`${WHOLE} where ${'id' in key ? 'proposal.id' : 'proposal.number'} = ?`, ['id' in key ? key.id : key.number])
  return rows[0] && toProposal(rows[0])
}

/** The same, held alone until the transaction ends: what happens to one proposal happens one after the other. */
export async function lockProposal(trx: Knex.Transaction, key: { id: string } | { number: string }): Promise<Proposal | undefined> {
  const held = (await trx('list_proposals').where(key).forUpdate().first('id')) as { id: string } | undefined
  return held && findProposal(trx, held)
}

type Asked = { divisionCode: string; drafts?: boolean; before?: number | undefined; limit: number }

/** A division's proposals, newest first; its drafts or what was proposed. Discarded drafts are not among them. */
export async function listProposals(db: Database, { divisionCode, drafts = false, before, limit }: Asked): Promise<Proposal[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `${WHOLE} where proposal.division_code = :divisionCode and proposal.discarded_at is null and (proposal.number is null) = :drafts and (cast(:before as bigint) is null or proposal.ordinal < :before)
      order by proposal.ordinal desc limit :limit`,
    { divisionCode, drafts, before: before ?? null, limit } as unknown as Knex.ValueDict,
  )
  return rows.map(toProposal)
}

/** What was proposed in a division and has neither been adopted nor withdrawn, the oldest first. */
export async function listRunningProposals(db: Database, divisionCode: string): Promise<Proposal[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `${WHOLE} where proposal.division_code = ? and proposal.number is not null
        and not exists (select from list_withdrawals ended where ended.proposal_id = proposal.id) and not exists (select from list_adoptions ended where ended.proposal_id = proposal.id)
      order by proposal.ordinal limit 100`,
    [divisionCode],
  )
  return rows.map(toProposal)
}

type Draft = Pick<Proposal, 'id' | 'divisionCode' | 'organisationId' | 'title' | 'reason' | 'basis' | 'draftedAt'> & { draftedBy: string }

/** Whether a draft with this id was begun, and where; two clicks of one form ask one after the other. */
export async function lockBegun(trx: Knex.Transaction, id: string): Promise<{ divisionCode: string } | undefined> {
  await trx.raw(`select pg_advisory_xact_lock(hashtextextended('list-proposal:' || ?, 0))`, [id])
  return trx('list_proposals').where({ id }).first({ divisionCode: 'division_code' })
}

/** After {@link lockBegun}, so that a form sent twice makes one. It has no number, and no entry yet. */
export async function insertDraft(trx: Knex.Transaction, draft: Draft): Promise<void> {
  await trx('list_proposals').insert({ id: draft.id, division_code: draft.divisionCode, organisation_id: draft.organisationId, title: draft.title, reason: draft.reason, basis: draft.basis, drafted_at: draft.draftedAt, drafted_by: draft.draftedBy })
}

/** Its heading alone; entries are changed one by one. After {@link lockProposal}: the table refuses it of what was proposed or discarded. */
export async function saveDraft(trx: Knex.Transaction, { id, title, reason, basis }: Pick<Proposal, 'id' | 'title' | 'reason' | 'basis'>): Promise<void> {
  await trx('list_proposals').where({ id }).update({ title, reason, basis })
}

/** Puts a code into a draft in place of what the draft said of it before. */
export async function saveEntry(trx: Knex.Transaction, { id, code, wording, before, reason }: Entry & { id: string }): Promise<void> {
  await trx('list_proposal_entries').insert({ proposal_id: id, code, wording: wording && JSON.stringify(wording), based_on: before?.id ?? null, reason }).onConflict(['proposal_id', 'code']).merge()
}

/** Takes a code out of a draft that is held; nothing where the draft says nothing of it. Refused as {@link saveDraft} is. */
export async function deleteEntry(trx: Knex.Transaction, { id, code }: { id: string; code: string }): Promise<void> {
  await trx('list_proposal_entries').where({ proposal_id: id, code }).delete()
}

/** For good, after {@link lockProposal}; the row stays and is listed nowhere. Refused of what was proposed. */
export async function saveDiscarded(trx: Knex.Transaction, { id, at }: { id: string; at: Date }): Promise<void> {
  await trx('list_proposals').where({ id }).update({ discarded_at: at })
}

/** Takes a division's next number of a year. */
export async function nextProposalNumber(trx: Knex.Transaction, divisionCode: string, year: number): Promise<string> {
  const { rows } = await trx.raw<{ rows: [{ last: number }] }>(
    `insert into list_proposal_numbers (division_code, year, last) values (?, ?, 1)
     on conflict (division_code, year) do update set last = list_proposal_numbers.last + 1 returning last`,
    [divisionCode, year],
  )
  return proposalNumber(divisionCode, year, rows[0].last)
}

type Proposed = { id: string; number: string; at: Date; by: string; urgentReason: string | null; ledgerEntryId: string }

/** Gives a held draft its number; from here on the table lets nothing of it change. `urgentReason` is null where everybody is asked for comment. */
export async function saveProposed(trx: Knex.Transaction, { id, number, at, by, urgentReason, ledgerEntryId }: Proposed): Promise<void> {
  await trx('list_proposals').where({ id }).update({ number, proposed_at: at, proposed_by: by, urgent_reason: urgentReason, ledger_entry_id: ledgerEntryId })
}

function toProposal(row: Row): Proposal {
  const { entries, opinions, period, withdrawal, adoption } = row
  return {
    ...row,
    entries: entries.map((entry) => ({ ...entry, before: entry.before && toListing(entry.before) })),
    opinions: opinions.map((one) => ({ ...one, givenAt: new Date(one.givenAt) })),
    period: period && { ...period, openedAt: new Date(period.openedAt), endsAt: new Date(period.endsAt) },
    withdrawal: withdrawal && { ...withdrawal, at: new Date(withdrawal.at) },
    adoption: adoption && { ...adoption, at: new Date(adoption.at) },
  }
}
