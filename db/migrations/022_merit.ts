import type { Knex } from 'knex'

const ROLES = `('agency', 'owner', 'authority', 'regulator', 'operator', 'judge')`

/** Selection by merit: criteria, judges with their declarations, and score sheets that are sealed until all are committed. */
export async function up(knex: Knex): Promise<void> {
  for (const table of ['organisation_roles', 'memberships', 'invitations', 'messages']) {
    await knex.raw(`alter table ${table} drop constraint ${table}_role_check, add constraint ${table}_role_check check (role in ${ROLES})`)
  }
  await knex.raw(`
    alter table tenders add column merit jsonb;
    alter table tenders add check (method = 'merit' or merit is null);
    alter table tenders add check (published_at is null or method <> 'merit' or merit is not null);

    create table tender_judges (
      id uuid primary key,
      tender_id uuid not null references draw_pools,
      seat integer not null check (seat > 0),
      organisation_id uuid not null references organisations,
      invited_at timestamptz not null,
      invited_by uuid references accounts,
      -- Declares that nothing ties them to any bidder or to the owner.
      declared_at timestamptz,
      -- Until when the score sheet is due; null before the bids are opened.
      due_at timestamptz,
      reported_at timestamptz,
      ended_at timestamptz,
      ended_by text check (ended_by in ('stepped-back', 'absent', 'silent')),
      ended_reason text not null default '',
      check ((ended_by is null) = (ended_at is null))
    );
    create unique index tender_judges_seats on tender_judges (tender_id, seat) where ended_at is null;
    create unique index tender_judges_persons on tender_judges (tender_id, organisation_id);
    create index tender_judges_of_organisation on tender_judges (organisation_id);

    create table score_sheets (
      judge_id uuid primary key references tender_judges,
      tender_id uuid not null references tender_openings,
      committed_at timestamptz not null,
      -- SHA-256 of the canonical sheet, which has a salt.
      hash bytea not null check (length(hash) = 32),
      -- The sheet under the tender's key, which is written nowhere.
      sealed text not null,
      ledger_entry_id uuid not null references ledger_entries,
      shown_at timestamptz,
      body text check (body is null or shown_at is not null)
    );
    create index score_sheets_of_tender on score_sheets (tender_id);

    create table sheet_reveals (
      tender_id uuid primary key references tender_openings,
      revealed_at timestamptz not null,
      decides_after timestamptz not null check (decides_after > revealed_at),
      ledger_entry_id uuid not null references ledger_entries
    );

    create view tender_judging as
      select judge.tender_id,
             count(judge.declared_at)::int as declared,
             count(sheet.judge_id)::int as committed,
             max(judge.due_at) as sheets_due,
             min(judge.due_at) filter (where sheet.judge_id is null and judge.reported_at is null) as silent_due
        from tender_judges judge
        left join score_sheets sheet on sheet.judge_id = judge.id
       where judge.ended_at is null
       group by judge.tender_id;

    revoke insert, update, delete on tender_judging from mingdan_app;
    revoke delete on tender_judges, score_sheets from mingdan_app;
    revoke update, delete on sheet_reveals from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
