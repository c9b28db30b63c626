import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Every demand that was put on record, with the answer it got. The signed document is kept byte for byte.
    create table guard_decisions (
      id uuid primary key,
      ordinal bigint generated always as identity unique,
      division_code text not null references divisions,
      authority_id uuid not null references organisations,
      case_number text,
      project_code text,
      approval_item text not null,
      listing_id uuid references listings,
      demanded_on date not null,
      verdict text not null check (verdict in ('allowed', 'needs-facts', 'refused')),
      reasons text[] not null,
      document text not null,
      ledger_entry_id uuid not null references ledger_entries,
      decided_at timestamptz not null
    );
    create index guard_decisions_of_authority on guard_decisions (authority_id, ordinal desc);
    create index guard_decisions_of_division on guard_decisions (division_code, ordinal desc);

    -- The guard finds a listing by the document it yields, and a named agency by its name.
    create index listings_by_material on listings ((rules #>> '{material,code}'), division_code);
    create index organisations_by_name on organisations (name);

    revoke update, delete on guard_decisions from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
