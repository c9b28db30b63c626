import type { Knex } from 'knex'

/**
 * What leaves the house as events, and what comes in. The feed is numbered by one writer at a time, after the acts have
 * committed; deliveries and attempts are facts from which health and order are read.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    insert into outbox_readers (name) values ('webhooks');
    insert into outbox_pending (reader, event) select 'webhooks', id from outbox;

    -- What authorities may hear of, in the order in which it was committed. Data holds what may leave the house and nothing else.
    create table feed_events (
      position bigint generated always as identity primary key,
      event_id uuid not null unique references outbox (event_id),
      type text not null,
      subject text not null,
      -- The case as its authority numbers it; only that authority hears the number.
      case_number text,
      authority_id uuid references organisations,
      audience text not null check (audience in ('own', 'division', 'list')),
      division_code text references divisions,
      data jsonb not null,
      at timestamptz not null,
      check (audience <> 'own' or authority_id is not null),
      check (audience = 'own' or division_code is not null),
      check (case_number is null or authority_id is not null)
    );
    revoke update, delete on feed_events from mingdan_app;

    -- A receiver of one authority. Its secret is derived from the keyring and stands nowhere.
    create table webhooks (
      id uuid primary key,
      ordinal bigint generated always as identity unique,
      organisation_id uuid not null references organisations,
      client_id text not null references api_clients,
      url text not null,
      -- None means all that the authority may hear.
      types text[] not null,
      created_at timestamptz not null,
      ended_at timestamptz
    );
    create index webhooks_of_organisation on webhooks (organisation_id, ordinal) where ended_at is null;

    -- Why and since when nothing is sent to a receiver; its events wait meanwhile.
    create table webhook_pauses (
      id bigint generated always as identity primary key,
      webhook_id uuid not null references webhooks,
      cause text not null check (cause in ('gone', 'exhausted')),
      began_at timestamptz not null,
      ended_at timestamptz
    );
    create unique index webhook_pauses_open on webhook_pauses (webhook_id) where ended_at is null;

    -- One event for one receiver. It waits while it has a next attempt; leased while somebody is at it.
    create table outbox_deliveries (
      id bigint generated always as identity primary key,
      webhook_id uuid not null references webhooks,
      position bigint not null references feed_events,
      subject text not null,
      tried integer not null default 0,
      next_attempt_at timestamptz,
      leased_until timestamptz,
      delivered_at timestamptz,
      given_up_at timestamptz,
      created_at timestamptz not null,
      unique (webhook_id, position)
    );
    create index outbox_deliveries_waiting on outbox_deliveries (webhook_id, subject, position) where next_attempt_at is not null;
    create index outbox_deliveries_given_up on outbox_deliveries (webhook_id, position) where given_up_at is not null;
    create index outbox_deliveries_of_webhook on outbox_deliveries (webhook_id, id desc);

    create table delivery_attempts (
      delivery_id bigint not null references outbox_deliveries,
      number integer not null check (number > 0),
      at timestamptz not null,
      took_ms integer not null check (took_ms >= 0),
      status integer,
      -- Why there was no answer: a word of ours, never the receiver's text.
      fault text,
      primary key (delivery_id, number),
      check ((status is null) <> (fault is null))
    );
    revoke update, delete on delivery_attempts from mingdan_app;

    -- Who may send events in: a source as its sender names it, for one authority.
    create table event_sources (
      id uuid primary key,
      ordinal bigint generated always as identity unique,
      organisation_id uuid not null references organisations,
      client_id text not null references api_clients,
      source text not null,
      created_at timestamptz not null,
      ended_at timestamptz
    );
    create unique index event_sources_live on event_sources (organisation_id, source) where ended_at is null;
    create index event_sources_by_name on event_sources (source) where ended_at is null;

    -- As it came, byte for byte, before anybody reads it.
    create table inbound_events (
      id bigint generated always as identity primary key,
      source_id uuid not null references event_sources,
      event_id text not null,
      type text not null,
      subject text not null,
      body text not null,
      received_at timestamptz not null,
      trace_id text not null,
      tried integer not null default 0,
      next_attempt_at timestamptz,
      given_up_at timestamptz,
      done_at timestamptz,
      outcome text check (outcome in ('handled', 'unknown-type', 'refused')),
      -- The code of the refusal, or the class of the fault that was met last.
      fault text,
      unique (source_id, event_id),
      check ((done_at is null) = (outcome is null))
    );
    create index inbound_events_waiting on inbound_events (source_id, subject, id) where next_attempt_at is not null;
    create index inbound_events_troubled on inbound_events (id) where fault is not null or outcome = 'unknown-type';

    -- The case that a tender was opened for. Where there are no cases, no tender has one.
    do $$ begin
      if to_regclass('case_tenders') is not null then
        create view cases_of_tenders as
          select tender.number as tender, file.number as case_number, file.authority_id
            from case_tenders opened join tenders tender on tender.id = opened.tender_id join cases file on file.id = opened.case_id;
      else
        create view cases_of_tenders as
          select number as tender, cast(null as text) as case_number, cast(null as uuid) as authority_id from tenders where false;
      end if;
    end $$;
    revoke insert, update, delete on cases_of_tenders from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
