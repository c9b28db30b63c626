import type { Knex } from 'knex'

/** A word that stands in nearly every document is ranked among the newest of each kind; this is how they are come by. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`create index search_documents_newest on search_documents (kind, newest desc, id)`)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
