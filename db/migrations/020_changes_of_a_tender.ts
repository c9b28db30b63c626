import type { Knex } from 'knex'

/** Corrections, later deadlines, cancellation, suspension, objections; and the marketplace's own measurement of when it served. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- By when the result must be announced; a tender published before has none.
    alter table tenders add column announce_by timestamptz;

    create table tender_extensions (
      tender_id uuid not null references tenders,
      ordinal integer not null check (ordinal > 0),
      cause text not null check (cause in ('owner', 'correction', 'suspension', 'outage', 'operator')),
      reason text not null,
      from_closes_at timestamptz not null,
      closes_at timestamptz not null check (closes_at > from_closes_at),
      from_draws_after timestamptz,
      draws_after timestamptz check (draws_after > closes_at and draws_after >= from_draws_after),
      questions_until timestamptz check (questions_until <= closes_at),
      announce_by timestamptz,
      -- The time that nobody was served, where that is the cause; a gap extends a tender once.
      gap_from timestamptz,
      gap_until timestamptz check (gap_until > gap_from),
      extended_at timestamptz not null check (extended_at < closes_at),
      extended_by uuid references accounts,
      ledger_entry_id uuid not null references ledger_entries,
      primary key (tender_id, ordinal),
      check ((gap_from is null) = (cause not in ('outage', 'operator')))
    );

    -- The dates in force stand in the tender's row, where indexes find them. Nobody writes them there but the row of an
    -- extension does: what is published once moves by a fact alone, and never backwards.
    create function move_tender_dates() returns trigger language plpgsql as $$
    begin
      update tenders set closes_at = new.closes_at, draws_after = new.draws_after, questions_until = greatest(questions_until, new.questions_until), announce_by = new.announce_by
       where id = new.tender_id and closes_at = new.from_closes_at and draws_after is not distinct from new.from_draws_after;
      if not found then raise exception 'The extension starts from dates that are not in force.'; end if;
      return null;
    end $$;
    create trigger tender_extensions_move after insert on tender_extensions for each row execute function move_tender_dates();
    create function keep_tender_dates() returns trigger language plpgsql as $$
    begin
      if pg_trigger_depth() < 2 and (new.closes_at, new.draws_after) is distinct from (old.closes_at, old.draws_after) and old.closes_at is not null then
        raise exception 'The dates of a published tender move by an extension alone.';
      end if;
      return new;
    end $$;
    create trigger tenders_keep_dates before update of closes_at, draws_after on tenders for each row execute function keep_tender_dates();

    -- What was said before and after; the tender's row has what holds.
    create table tender_corrections (
      tender_id uuid not null references tenders,
      revision integer not null check (revision > 0),
      reason text not null,
      material boolean not null,
      before jsonb not null,
      after jsonb not null,
      corrected_at timestamptz not null,
      corrected_by uuid references accounts,
      ledger_entry_id uuid not null references ledger_entries,
      primary key (tender_id, revision)
    );

    create table tender_cancellations (
      tender_id uuid primary key references tenders,
      reason text not null,
      -- Whether the value that decides was fixed already: then the order is found and published all the same.
      after_value boolean not null,
      cancelled_at timestamptz not null,
      cancelled_by uuid references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );

    create table tender_suspensions (
      tender_id uuid not null references tenders,
      ordinal integer not null check (ordinal > 0),
      reason text not null,
      basis text not null,
      suspended_at timestamptz not null,
      suspended_by uuid references accounts,
      until timestamptz not null check (until > suspended_at),
      ledger_entry_id uuid not null references ledger_entries,
      primary key (tender_id, ordinal)
    );
    create table suspension_endings (
      tender_id uuid not null,
      ordinal integer not null,
      ended_at timestamptz not null,
      -- Null where the longest time was over.
      ended_by uuid references accounts,
      reason text not null,
      ledger_entry_id uuid not null references ledger_entries,
      primary key (tender_id, ordinal),
      foreign key (tender_id, ordinal) references tender_suspensions
    );
    -- The suspension that holds: a tender has at most one, since the next begins under its lock when the last has ended.
    create view standing_suspensions as
      select suspensions.* from tender_suspensions suspensions
       where not exists (select from suspension_endings endings where endings.tender_id = suspensions.tender_id and endings.ordinal = suspensions.ordinal);

    -- Until when one may object to an award; null where that is as long as its publicity.
    alter table awards add column objections_until timestamptz check (objections_until <= publicity_ends_at);
    create or replace view standing_awards as
      select awards.* from awards where not exists (select from award_declines declines where declines.bid_id = awards.bid_id);

    create table tender_objections (
      id uuid primary key,
      ordinal bigint generated always as identity unique,
      tender_id uuid not null references tenders,
      agency_id uuid not null references agencies,
      objected_by uuid references accounts,
      words text not null,
      objected_at timestamptz not null,
      answer_by timestamptz not null check (answer_by >= objected_at),
      ledger_entry_id uuid not null references ledger_entries
    );
    create index tender_objections_of_tender on tender_objections (tender_id, ordinal);
    create table objection_answers (
      objection_id uuid primary key references tender_objections,
      words text not null,
      answered_at timestamptz not null,
      answered_by uuid references accounts,
      -- Until when who objected may complain to the regulator.
      complaint_until timestamptz not null check (complaint_until > answered_at),
      ledger_entry_id uuid not null references ledger_entries
    );
    create view open_objections as
      select tender_id, count(*)::integer as open_objections, min(answer_by) as answer_by from tender_objections objections
       where not exists (select from objection_answers answers where answers.objection_id = objections.id) group by tender_id;

    -- Spells in which one web served without a break. A row grows while its process lives, so there are few.
    create table service_spells (
      process uuid not null,
      began_at timestamptz not null,
      beat_at timestamptz not null check (beat_at >= began_at),
      primary key (process, began_at)
    );
    create index service_spells_last on service_spells (beat_at);

    -- An outage that the beats do not show, such as a line that was down: one operator says so, and another agrees.
    create table outage_claims (
      id uuid primary key,
      division_code text not null references divisions,
      gap_from timestamptz not null,
      gap_until timestamptz not null check (gap_until > gap_from),
      reason text not null,
      proposed_at timestamptz not null check (proposed_at >= gap_until),
      proposed_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );
    create table outage_approvals (
      claim_id uuid primary key references outage_claims,
      approved_at timestamptz not null,
      approved_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );
    create function keep_two_people() returns trigger language plpgsql as $$
    begin
      if exists (select from outage_claims where id = new.claim_id and proposed_by = new.approved_by) then raise exception 'An outage is approved by somebody else than who proposed it.'; end if;
      return new;
    end $$;
    create trigger outage_approvals_two before insert on outage_approvals for each row execute function keep_two_people();

    alter table search_documents drop constraint search_documents_outcome_check;
    alter table search_documents add constraint search_documents_outcome_check check (outcome in ('awarded', 'failed', 'cancelled', 'suspended'));

    revoke update, delete on tender_extensions, tender_corrections, tender_cancellations, tender_suspensions, suspension_endings, tender_objections, objection_answers, outage_claims, outage_approvals from mingdan_app;
    revoke insert, update, delete on standing_suspensions, open_objections from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
