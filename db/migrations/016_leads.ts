import type { Knex } from 'knex'

/** What a regulator's leads are read from and nothing else keeps, and which awards everybody has been told are binding. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- An award binds by date alone. That owner and bidders were told of it is a fact; what is still to be told is one short index.
    alter table awards add column binding_told_at timestamptz check (binding_told_at >= publicity_ends_at);
    update awards set binding_told_at = greatest(publicity_ends_at, clock_timestamp()) where publicity_ends_at <= clock_timestamp();
    create index awards_to_tell on awards (publicity_ends_at) where binding_told_at is null;
    grant update (binding_told_at) on awards to mingdan_app;
    create or replace view standing_awards as
      select awards.* from awards where not exists (select from award_declines declines where declines.bid_id = awards.bid_id);

    -- Which bids were tied to which at the close, and by what: telephones and addresses change, and the pool that everybody
    -- reads says no more than that a bid was related. For the regulator's eyes.
    alter table tender_closings add column relations jsonb not null default '[]';
    -- What tied the bids of earlier closes was not kept; that they were tied was.
    update tender_closings set relations = (
      select jsonb_agg(jsonb_build_object('bid', verdict ->> 'bid', 'to', null, 'by', '[]'::jsonb)) from jsonb_array_elements(verdicts) as verdict where verdict -> 'reasons' @> '["related-bidder"]')
     where verdicts @> '[{"reasons": ["related-bidder"]}]';
    create index tender_closings_related on tender_closings (closed_at desc) where relations <> '[]';

    create index guard_decisions_refused on guard_decisions (division_code text_pattern_ops, authority_id, decided_at) where verdict = 'refused';
    create index tenders_direct on tenders (division_code text_pattern_ops, published_at) where method = 'direct' and published_at is not null;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
