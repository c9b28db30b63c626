import type { Knex } from 'knex'

/** Where offices name somebody else than whoever registered a project. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- An open one takes the registrant's say away; so does one that gave the project to another, until that one takes its code.
    create table project_disputes (
      id uuid primary key,
      project_code text not null references projects,
      registrant_id uuid not null references organisations,
      -- Whom the offices named: when it began, and from its settling on, when it was settled.
      named jsonb not null check (jsonb_typeof(named) = 'array'),
      raised_at timestamptz not null,
      ledger_entry_id uuid not null references ledger_entries,
      settled_at timestamptz check (settled_at >= raised_at),
      -- The registrant keeps it; it goes to whom the offices named; or the offices named the registrant after all.
      outcome text check (outcome in ('registrant', 'applicant', 'mended')),
      goes_to jsonb check ((goes_to is not null) = (outcome is not distinct from 'applicant')),
      reason text,
      settled_by uuid references accounts,
      check ((settled_at is null) = (outcome is null)),
      check ((settled_by is null) = (reason is null))
    );
    create unique index project_disputes_open on project_disputes (project_code) where settled_at is null;
    create index project_disputes_of_project on project_disputes (project_code, raised_at desc);
    create index project_disputes_settled on project_disputes (settled_at desc) where settled_at is not null;
    revoke update, delete on project_disputes from mingdan_app;
    grant update (named, settled_at, outcome, goes_to, reason, settled_by) on project_disputes to mingdan_app;

    -- Projects of which their registrant speaks as the owner. The twin of speaksFor in app/domain/projects/dispute.ts.
    create view owned_projects as
      select project.* from projects project
       where not exists (
         select from project_disputes dispute
          where dispute.project_code = project.code and dispute.registrant_id = project.owner_id
            and (dispute.settled_at is null or dispute.outcome = 'applicant')
       );
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
