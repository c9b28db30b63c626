import type { Knex } from 'knex'

/** What puts equal sealed prices in order, as the owner wants it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table tenders add column tie_rule text not null default 'draw' check (tie_rule in ('draw', 'electronic-lot'));
    alter table tenders add check (method in ('lowest-price', 'average-price') or tie_rule = 'draw');
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
