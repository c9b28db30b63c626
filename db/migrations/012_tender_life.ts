import type { Knex } from 'knex'

/** Questions and answers before the close; publicity, decline and the reserve order after the draw; one republication of a failed tender. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Until when bidders may ask. A tender published before questions were taken has none.
    alter table tenders add column questions_until timestamptz check (questions_until <= closes_at);

    create table tender_questions (
      id uuid primary key,
      ordinal bigint generated always as identity unique,
      tender_id uuid not null references tenders,
      -- Public are the words alone. Who asked is told to nobody; it stays here to count by.
      asker_id uuid not null references agencies,
      asked_by uuid references accounts,
      words text not null,
      asked_at timestamptz not null,
      answer_by timestamptz not null check (answer_by >= asked_at),
      -- The instant of the first answer, so that what still waits is one short index.
      answered_at timestamptz check (answered_at >= asked_at),
      ledger_entry_id uuid not null references ledger_entries
    );
    create index tender_questions_of_tender on tender_questions (tender_id, ordinal);
    create index tender_questions_waiting on tender_questions (tender_id) where answered_at is null;

    -- A correction is a further revision: what was said first stays beside it.
    create table tender_answers (
      question_id uuid not null references tender_questions,
      revision integer not null check (revision > 0),
      words text not null,
      answered_at timestamptz not null,
      answered_by uuid references accounts,
      ledger_entry_id uuid not null references ledger_entries,
      primary key (question_id, revision)
    );

    create view open_questions as
      select tender_id, count(*)::integer as open_questions, min(answer_by) as answer_by from tender_questions where answered_at is null group by tender_id;

    -- One award a place: who declines makes way for the next of the order, without a new draw. An award need not come
    -- from a draw, so its place names no drawn position; the verb takes it from the order that it reads under the tender's lock.
    alter table awards drop constraint if exists awards_tender_id_place_fkey;
    alter table awards drop constraint if exists awards_tender_id_fkey;
    alter table awards drop constraint awards_pkey;
    alter table awards add primary key (tender_id, place);
    alter table awards add constraint awards_tender_id_fkey foreign key (tender_id) references tenders;
    alter table awards add column publicity_ends_at timestamptz;
    alter table awards add column decline_until timestamptz;
    -- Awards made before there was a publicity bound at once.
    update awards set publicity_ends_at = awarded_at, decline_until = awarded_at;
    alter table awards alter column publicity_ends_at set not null;
    alter table awards alter column decline_until set not null;
    -- Nothing that binds can be declined any more.
    alter table awards add check (awarded_at <= decline_until and decline_until <= publicity_ends_at);

    create table award_declines (
      tender_id uuid not null,
      place integer not null,
      declined_at timestamptz not null,
      declined_by uuid references accounts,
      reason text not null check (reason in ('no-capacity', 'staff-left', 'conflict-of-interest', 'terms-changed', 'other')),
      words text not null,
      ledger_entry_id uuid not null references ledger_entries,
      primary key (tender_id, place),
      foreign key (tender_id, place) references awards (tender_id, place)
    );

    -- The award that nobody has declined: a tender has at most one.
    create view standing_awards as
      select awards.* from awards where not exists (select from award_declines declines where declines.tender_id = awards.tender_id and declines.place = awards.place);

    -- A failed tender is republished once. Of several drafts that followed the same one, the first stays; the ledger knows of none of them.
    update tenders set discarded_at = drafted_at where published_at is null and discarded_at is null and republishes_id is not null and exists (
      select from tenders earlier where earlier.republishes_id = tenders.republishes_id and earlier.discarded_at is null
        and (earlier.published_at is not null or (earlier.drafted_at, earlier.id) < (tenders.drafted_at, tenders.id)));
    create unique index tenders_republished_once on tenders (republishes_id) where discarded_at is null and republishes_id is not null;

    revoke update, delete on tender_questions, tender_answers, award_declines from mingdan_app;
    grant update (answered_at) on tender_questions to mingdan_app;
    revoke insert, update, delete on open_questions, standing_awards from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
