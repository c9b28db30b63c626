import type { Knex } from 'knex'

/** Drafts that are saved as one goes, direct selection, purchases that are exempt, and forms kept over an ended session. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table tenders
      -- Counts the savings of a draft: whoever saves over another saving is told so.
      add column version integer not null default 1 check (version > 0),
      add column changed_at timestamptz,
      add column handed_over_at timestamptz,
      add column handed_over_by uuid references accounts,
      add column copied_from_id uuid references tenders,
      add column contact text not null default '',
      add column deliverables text not null default '',
      add column named_agency_id uuid references agencies,
      add column direct_reason text not null default '',
      -- A draft may leave open how long the service takes; a publication may not.
      drop constraint tenders_service_days_check,
      add check (service_days >= 0 and (published_at is null or service_days > 0)),
      add check (num_nonnulls(handed_over_at, handed_over_by) in (0, 2)),
      add check (method <> 'direct' or published_at is null or (named_agency_id is not null and direct_reason <> ''));

    -- A direct selection has no draw: its publication promises no source and no hour of it.
    do $$
    declare found text;
    begin
      for found in select conname from pg_constraint where conrelid = 'tenders'::regclass and contype = 'c'
          and (pg_get_constraintdef(oid) like '%draw_commitment%' or pg_get_constraintdef(oid) like '%closes_at < draws_after%')
      loop execute format('alter table tenders drop constraint %I', found); end loop;
    end $$;
    alter table tenders
      add check (num_nonnulls(number, published_at, closes_at, procedure, clearance, published_entry_id) in (0, 6)),
      add check (num_nonnulls(draws_after, draw_source, draw_commitment) = case when published_at is null or method = 'direct' then 0 else 3 end),
      add check (published_at < closes_at and (draws_after is null or closes_at < draws_after));

    create index tenders_of_project on tenders (project_code, drafted_at desc, id);
    create index projects_of_owner_by_name on projects (owner_id, registered_at desc, code);
    create index guard_decisions_of_project on guard_decisions (project_code, ordinal desc) where project_code is not null;

    -- The named agency accepted: the closing says so, and the award follows without a draw.
    alter table tender_closings
      drop constraint tender_closings_outcome_check,
      add constraint tender_closings_outcome_check check (outcome in ('to-draw', 'too-few-bidders', 'accepted'));

    -- Why a purchase went past every rule of procurement: 抢险救灾、事故调查、国家秘密.
    create table purchase_exemptions (
      id uuid primary key,
      owner_id uuid not null references organisations,
      project_code text not null references projects,
      listing_id uuid not null references listings,
      exemption text not null check (exemption in ('disaster', 'accident-inquiry', 'state-secret')),
      reason text not null,
      ceiling_fen bigint not null check (ceiling_fen > 0),
      recorded_by uuid references accounts,
      recorded_at timestamptz not null,
      ledger_entry_id uuid not null references ledger_entries
    );
    create index purchase_exemptions_of_project on purchase_exemptions (project_code, recorded_at desc, id);
    revoke update, delete on purchase_exemptions from mingdan_app;

    -- What somebody had typed when the session was found to have ended. Only the cookie's token opens it.
    create table kept_forms (
      token_hash bytea primary key check (octet_length(token_hash) = 32),
      -- Whose session it was: nobody else gets it back, and everybody has one at most.
      account_id uuid not null unique references accounts,
      path text not null,
      sealed bytea not null,
      kept_at timestamptz not null,
      expires_at timestamptz not null
    );
    create index kept_forms_expiry on kept_forms (expires_at);
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
