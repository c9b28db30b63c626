import type { Knex } from 'knex'

/** Demands that were kept up, papers that were turned away, reports by anybody, and leads opened as files. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A refused demand that its authority keeps up all the same, and one that it takes back. Neither is ever unsaid.
    create table upheld_demands (
      decision_id uuid primary key references guard_decisions,
      reason text not null,
      upheld_at timestamptz not null,
      upheld_by uuid references accounts,
      client_id text references api_clients,
      ledger_entry_id uuid not null references ledger_entries,
      check (num_nonnulls(upheld_by, client_id) = 1)
    );
    create table withdrawn_demands (
      decision_id uuid primary key references guard_decisions,
      reason text not null,
      withdrawn_at timestamptz not null,
      withdrawn_by uuid references accounts,
      client_id text references api_clients,
      ledger_entry_id uuid not null references ledger_entries,
      check (num_nonnulls(withdrawn_by, client_id) = 1)
    );

    -- What a regulator decided of an officer's words that came near to no listing: the new signed decision answers the old one.
    create table word_reviews (
      decision_id uuid primary key references guard_decisions,
      answer_id uuid not null unique references guard_decisions,
      reviewed_at timestamptz not null,
      reviewed_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );
    create index guard_decisions_unmatched on guard_decisions (division_code text_pattern_ops, decided_at) where listing_id is null;

    -- A paper that the applicant wrote without an agency, as the law lets one, and that an office did not take.
    create table turned_away_documents (
      id uuid primary key,
      division_code text not null references divisions,
      authority_id uuid not null references organisations,
      told_by uuid not null references organisations,
      told_as text not null check (told_as in ('authority', 'owner')),
      account_id uuid not null references accounts,
      decision_id uuid references guard_decisions,
      listing_id uuid references listings,
      material text not null,
      reason text not null,
      turned_away_on date not null,
      project_code text,
      told_at timestamptz not null,
      ledger_entry_id uuid not null references ledger_entries
    );
    create index turned_away_of_division on turned_away_documents (division_code text_pattern_ops, told_at desc);

    -- "I was asked for something." Of who reports anonymously nothing is kept: no account, no project, no decision; a code that only the
    -- reporter holds leads to the report, and we have its hash.
    create table demand_reports (
      id uuid primary key,
      receipt_hash bytea not null unique check (length(receipt_hash) = 32),
      division_code text not null references divisions,
      authority_id uuid not null references organisations,
      reporter_id uuid references organisations,
      reporter_role text check (reporter_role in ('owner', 'authority', 'agency')),
      reporter_account uuid references accounts,
      listing_id uuid references listings,
      asked text not null,
      words text not null,
      project_code text,
      decision_id uuid references guard_decisions,
      reported_at timestamptz not null,
      ledger_entry_id uuid not null references ledger_entries,
      check (num_nulls(reporter_id, reporter_role, reporter_account) in (0, 3)),
      check (reporter_id is not null or (project_code is null and decision_id is null))
    );
    create index demand_reports_of_division on demand_reports (division_code text_pattern_ops, reported_at desc);

    create table inquiry_numbers (division_code text not null references divisions, year integer not null, last integer not null, primary key (division_code, year));

    -- A lead that was opened as a file. Where it stands is read from the rows below and the hour, and kept nowhere.
    create table inquiries (
      id uuid primary key,
      number text not null unique,
      division_code text not null references divisions,
      lead_kind text not null,
      lead_key text not null,
      -- The newest fact behind the lead when it was opened: what happens afterwards is a lead again.
      lead_since timestamptz not null,
      lead_params jsonb not null,
      respondent_id uuid not null references organisations,
      respondent_role text not null check (respondent_role in ('authority', 'owner', 'agency')),
      decision_id uuid references guard_decisions,
      report_id uuid references demand_reports,
      listing_id uuid references listings,
      allegation text not null,
      opened_at timestamptz not null,
      opened_by uuid not null references accounts,
      reply_by timestamptz not null check (reply_by >= opened_at),
      ledger_entry_id uuid not null references ledger_entries,
      unique (lead_kind, lead_key, lead_since)
    );
    create index inquiries_of_division on inquiries (division_code text_pattern_ops, opened_at desc);
    create index inquiries_of_respondent on inquiries (respondent_id, opened_at desc);

    create table inquiry_replies (
      inquiry_id uuid primary key references inquiries,
      words text not null,
      replied_at timestamptz not null,
      replied_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );
    create table inquiry_findings (
      inquiry_id uuid primary key references inquiries,
      outcome text not null check (outcome in ('unfounded', 'violation', 'referred')),
      bases text[] not null,
      reason text not null,
      referred_to text check ((referred_to is not null) = (outcome = 'referred')),
      -- Of a violation: by when the respondent may ask for a review, and by when it has to put things right.
      contest_by timestamptz check ((contest_by is not null) = (outcome = 'violation')),
      rectify_by timestamptz check ((rectify_by is not null) = (outcome = 'violation')),
      found_at timestamptz not null,
      found_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );
    create index inquiry_findings_of_violations on inquiry_findings (contest_by) where outcome = 'violation';
    create table inquiry_contests (
      inquiry_id uuid primary key references inquiry_findings,
      words text not null,
      contested_at timestamptz not null,
      contested_by uuid not null references accounts,
      decide_by timestamptz not null,
      ledger_entry_id uuid not null references ledger_entries
    );
    create table contest_answers (
      inquiry_id uuid primary key references inquiry_contests,
      outcome text not null check (outcome in ('kept', 'revoked')),
      reason text not null,
      answered_at timestamptz not null,
      answered_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );
    create table rectifications (
      id uuid primary key,
      inquiry_id uuid not null references inquiry_findings,
      round integer not null check (round >= 1),
      words text not null,
      submitted_at timestamptz not null,
      submitted_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries,
      unique (inquiry_id, round)
    );
    create table rectification_verdicts (
      rectification_id uuid primary key references rectifications,
      accepted boolean not null,
      reason text not null,
      -- Where it was not accepted: by when there has to be another.
      again_by timestamptz check ((again_by is null) = accepted),
      judged_at timestamptz not null,
      judged_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );
    -- A violation is public by the hour alone; that the ledger was told of it is a fact.
    create table inquiry_publications (
      inquiry_id uuid primary key references inquiry_findings,
      published_at timestamptz not null,
      ledger_entry_id uuid not null references ledger_entries
    );

    -- Papers that stand behind a report, a reply or a proof of putting right.
    create table evidence_files (
      id uuid primary key,
      report_id uuid references demand_reports,
      reply_of uuid references inquiry_replies,
      rectification_id uuid references rectifications,
      sha256 bytea not null check (length(sha256) = 32),
      name text not null,
      media_type text not null,
      bytes integer not null check (bytes > 0),
      kept_at timestamptz not null,
      check (num_nonnulls(report_id, reply_of, rectification_id) = 1)
    );
    create index evidence_files_by_content on evidence_files (sha256);
    create index evidence_files_of_report on evidence_files (report_id) where report_id is not null;
    create index evidence_files_of_reply on evidence_files (reply_of) where reply_of is not null;
    create index evidence_files_of_rectification on evidence_files (rectification_id) where rectification_id is not null;

    revoke update, delete on upheld_demands, withdrawn_demands, word_reviews, turned_away_documents, demand_reports, inquiries, inquiry_replies,
      inquiry_findings, inquiry_contests, contest_answers, rectifications, rectification_verdicts, inquiry_publications, evidence_files from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
