import type { Knex } from 'knex'

/**
 * An award need not come from a draw, and then its place is nobody's: none, or the only one. So an award is known by its
 * bid, a decline by the award's bid, and a tender has one award a place at most.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table award_declines add column bid_id uuid;
    update award_declines set bid_id = awards.bid_id from awards where awards.tender_id = award_declines.tender_id and awards.place = award_declines.place;

    create or replace view standing_awards as
      select awards.* from awards where not exists (select from award_declines declines where declines.bid_id = awards.bid_id);

    alter table award_declines drop column tender_id, drop column place;
    alter table awards
      drop constraint awards_pkey,
      add primary key (bid_id),
      drop constraint awards_bid_id_key,
      alter column place drop not null,
      add constraint awards_of_tender unique nulls not distinct (tender_id, place),
      drop constraint awards_tender_id_fkey,
      add constraint awards_tender_id_fkey foreign key (tender_id) references tender_closings;
    alter table award_declines add primary key (bid_id), add foreign key (bid_id) references awards;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
