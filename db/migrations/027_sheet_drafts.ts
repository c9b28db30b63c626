import type { Knex } from 'knex'

/** Score sheets that a judge has begun and not committed to, and that the beginning of an auction was told. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- One a seat and written over, so that no earlier opinion is kept. Gone as soon as the sheet is committed or the judge leaves.
    create table score_sheet_drafts (
      judge_id uuid primary key references tender_judges,
      saved_at timestamptz not null,
      -- Under the tender's key, which is written nowhere, as the sheet itself will be.
      sealed text not null
    );

    alter table tender_auctions add column start_told_at timestamptz check (start_told_at >= starts_at and start_told_at < ends_at);
    grant update (start_told_at) on tender_auctions to mingdan_app;
    create index auctions_to_tell on tender_auctions (ends_at) where start_told_at is null;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
