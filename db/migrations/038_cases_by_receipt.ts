import type { Knex } from 'knex'

/** Lists of cases stand in the order in which they were received, as their column says, and no more in that of their registering. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create index cases_of_applicant_by_receipt on cases (applicant_uscc, received_at desc, ordinal desc);
    create index cases_of_authority_by_receipt on cases (authority_id, received_at desc, ordinal desc);
    create index cases_by_receipt on cases (received_at desc, ordinal desc);
    drop index cases_of_applicant;
    drop index cases_of_authority;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
