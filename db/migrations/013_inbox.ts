import type { Knex } from 'knex'

/**
 * The in-app inbox. A message goes to an organisation in one of its roles, or to its managers alone; that somebody has
 * read it is a fact of an account, so that a manager's reading leaves it unread for a delegate.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table messages (
      id bigint generated always as identity primary key,
      -- The outbox is the only source: there is no message without an event that happened.
      event_id uuid not null references outbox (event_id),
      organisation_id uuid not null references organisations,
      role text not null check (role in ('agency', 'owner', 'authority', 'regulator', 'operator')),
      -- Null where everybody of the role is meant.
      duty text check (duty in ('manager', 'delegate')),
      kind text not null,
      -- What the message leads to: a tender's number, a decision's id, a code.
      subject text not null,
      params jsonb not null,
      at timestamptz not null,
      unique (event_id, organisation_id, role)
    );
    create index messages_of_recipient on messages (organisation_id, role, id desc);

    create table message_reads (
      account_id uuid not null references accounts,
      message_id bigint not null references messages,
      read_at timestamptz not null,
      primary key (account_id, message_id)
    );

    -- Everything up to here counts as read, so that a thousand messages are read by one row.
    create table inbox_marks (
      account_id uuid not null references accounts,
      organisation_id uuid not null references organisations,
      role text not null,
      read_to bigint not null,
      marked_at timestamptz not null,
      primary key (account_id, organisation_id, role)
    );

    revoke update, delete on messages from mingdan_app;
    revoke update on message_reads from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
