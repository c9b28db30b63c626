import type { Knex } from 'knex'

/** Which service of the list the name of a document of a case means, as it was read when the document was written under that name. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- \`written_under\` is the service whose code the office gave with it, \`listing_code\` the one that the name means; null where there is none.
    create table material_meanings (
      case_id uuid not null,
      material_code text not null,
      name text not null,
      written_under text,
      listing_code text,
      is_exact boolean not null,
      primary key (case_id, material_code),
      foreign key (case_id, material_code) references case_materials (case_id, code) on delete cascade
    );
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
