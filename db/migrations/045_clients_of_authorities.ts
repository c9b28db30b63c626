import type { Knex } from 'knex'

/** What an operator does with an authority's client, an approval item found by its national code, and why an event that came in was refused. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table api_clients
      -- Grows with each act, so that two operators who saw the same client do not both change it.
      add column version integer not null default 1,
      -- The secret before, as long as it is taken beside the new one.
      add column previous_secret_hash text,
      add column previous_until timestamptz,
      add column last_token_at timestamptz,
      add check ((previous_secret_hash is null) = (previous_until is null));
    create index api_clients_of_organisation on api_clients (organisation_id);

    create index national_codes_by_code on national_codes (kind, code, division_code);

    -- Each fault with where in the event it is, its code, and what its sentence needs.
    alter table inbound_events add column faults jsonb not null default '[]';
    create index inbound_events_of_source on inbound_events (source_id, id desc);
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
