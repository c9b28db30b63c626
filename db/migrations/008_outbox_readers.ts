import type { Knex } from 'knex'

/**
 * Who reads the outbox, and what each has still to read. A row comes with its event by trigger, inside the act's own
 * transaction, and goes with the reader's work inside the reader's: an event that commits late is read late and never lost.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table outbox_readers (
      name text primary key
    );
    insert into outbox_readers (name) values ('search'), ('inbox');

    create table outbox_pending (
      reader text not null references outbox_readers,
      event bigint not null references outbox,
      primary key (reader, event)
    );
    insert into outbox_pending (reader, event) select outbox_readers.name, outbox.id from outbox_readers, outbox;

    create function await_readers() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin insert into outbox_pending (reader, event) select name, new.id from outbox_readers; return null; end $$;
    create trigger outbox_awaits_readers after insert on outbox for each row execute function await_readers();

    revoke insert, update, delete on outbox_readers from mingdan_app;
    revoke insert, update on outbox_pending from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
