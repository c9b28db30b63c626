import type { Knex } from 'knex'

/** How the list changes: a proposal of several entries, opinions, public comment with answers, adoption or withdrawal. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A row that says that a lower list does without what the list above it has.
    alter table listings add column removed boolean not null default false;

    create table list_proposals (
      id uuid primary key,
      ordinal bigint generated always as identity unique,
      division_code text not null references divisions,
      organisation_id uuid not null references organisations,
      title text not null,
      reason text not null,
      basis text not null,
      drafted_at timestamptz not null,
      drafted_by uuid not null references accounts,
      discarded_at timestamptz,
      -- All of these are there once it is proposed, and from then on nothing of it changes.
      number text unique,
      proposed_at timestamptz,
      proposed_by uuid references accounts,
      -- Why nobody was asked for comment: a basis was repealed, and what rested on it leaves the list.
      urgent_reason text,
      ledger_entry_id uuid references ledger_entries,
      check (num_nulls(number, proposed_at, proposed_by, ledger_entry_id) in (0, 4)),
      check (discarded_at is null or proposed_at is null),
      check (urgent_reason is null or proposed_at is not null)
    );
    create index list_proposals_of_division on list_proposals (division_code, ordinal);

    create table list_proposal_entries (
      proposal_id uuid not null references list_proposals,
      code text not null,
      -- Null where the code leaves the list.
      wording jsonb,
      -- The wording that is changed or ended; null where the code enters the list.
      based_on uuid references listings,
      reason text not null,
      primary key (proposal_id, code),
      check (num_nulls(wording, based_on) < 2)
    );

    create function keep_proposal() returns trigger language plpgsql as $$
    begin
      if tg_table_name = 'list_proposals' then
        if old.proposed_at is not null or old.discarded_at is not null then raise exception 'What was proposed or discarded does not change.'; end if;
      elsif exists (select from list_proposals where id = coalesce(new.proposal_id, old.proposal_id) and (proposed_at is not null or discarded_at is not null)) then
        raise exception 'The entries of what was proposed or discarded do not change.';
      end if;
      return coalesce(new, old);
    end $$;
    create trigger list_proposals_keep before update or delete on list_proposals for each row execute function keep_proposal();
    create trigger list_proposal_entries_keep before insert or update or delete on list_proposal_entries for each row execute function keep_proposal();

    create table list_proposal_numbers (
      division_code text not null references divisions,
      year integer not null,
      last integer not null,
      primary key (division_code, year)
    );

    create table list_opinions (
      proposal_id uuid not null references list_proposals,
      kind text not null check (kind in ('necessity', 'reasonableness', 'legality', 'fair-competition')),
      favours boolean not null,
      office text not null,
      words text not null,
      given_at timestamptz not null,
      given_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries,
      primary key (proposal_id, kind)
    );
    -- Three of the opinions come from three people.
    create unique index list_opinions_by_three on list_opinions (proposal_id, given_by) where kind <> 'fair-competition';
    create function keep_own_opinion_out() returns trigger language plpgsql as $$
    begin
      if exists (select from list_proposals where id = new.proposal_id and proposed_by = new.given_by) then raise exception 'Nobody gives an opinion on a proposal of their own.'; end if;
      return new;
    end $$;
    create trigger list_opinions_of_others before insert on list_opinions for each row execute function keep_own_opinion_out();

    create table list_comment_periods (
      proposal_id uuid primary key references list_proposals,
      opened_at timestamptz not null,
      ends_at timestamptz not null check (ends_at > opened_at),
      period jsonb not null,
      source text not null,
      opened_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );

    create table list_comments (
      id uuid primary key,
      ordinal bigint generated always as identity unique,
      proposal_id uuid not null references list_comment_periods,
      words text not null,
      -- Null for a visitor.
      account_id uuid references accounts,
      organisation_id uuid references organisations,
      role text,
      -- Seen by the regulator alone.
      contact text,
      commented_at timestamptz not null,
      ledger_entry_id uuid not null references ledger_entries,
      check (num_nulls(account_id, organisation_id, role) in (0, 3))
    );
    create index list_comments_of_proposal on list_comments (proposal_id, ordinal);

    create table list_answers (
      id uuid primary key,
      proposal_id uuid not null references list_comment_periods,
      outcome text not null check (outcome in ('accepted', 'partly', 'declined')),
      words text not null,
      answered_at timestamptz not null,
      answered_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );
    create table list_answered_comments (
      comment_id uuid primary key references list_comments,
      answer_id uuid not null references list_answers
    );
    create index list_answered_by on list_answered_comments (answer_id);

    create table list_withdrawals (
      proposal_id uuid primary key references list_proposals,
      reason text not null,
      withdrawn_at timestamptz not null,
      withdrawn_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );
    create table list_adoptions (
      proposal_id uuid primary key references list_proposals,
      division_code text not null,
      version integer not null,
      adopted_at timestamptz not null,
      adopted_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries,
      unique (division_code, version),
      foreign key (division_code, version) references catalogue_versions (division_code, number)
    );

    revoke delete on list_proposals from mingdan_app;
    revoke update, delete on list_opinions, list_comment_periods, list_comments, list_answers, list_answered_comments, list_withdrawals, list_adoptions from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
