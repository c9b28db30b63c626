import type { Knex } from 'knex'
import type { Duty, Role } from '#app/domain/accounts/actor.ts'
import type { Database } from '#app/domain/context.ts'

export type DemoPerson = { accountId: string; displayName: string; organisationName: string; role: Role; duty: Duty; sentence: { zh: string; en: string } }

/** The people of the demo in the order of the story, each with the first organisation they act for. */
export async function listDemoPeople(db: Database): Promise<DemoPerson[]> {
  const { rows } = await db.raw<{ rows: { account_id: string; display_name: string; name: string; role: Role; duty: Duty; sentence_zh: string; sentence_en: string }[] }>(`
    select d.account_id, a.display_name, o.name, m.role, m.duty, d.sentence_zh, d.sentence_en
      from demo_people d
      join accounts a on a.id = d.account_id and a.disabled_at is null
      join lateral (select * from memberships where account_id = d.account_id and until is null order by since, organisation_id limit 1) m on true
      join organisations o on o.id = m.organisation_id
     order by d.place`)
  return rows.map((row) => ({ accountId: row.account_id, displayName: row.display_name, organisationName: row.name, role: row.role, duty: row.duty, sentence: { zh: row.sentence_zh, en: row.sentence_en } }))
}

/** The account itself, if it is one of the story's that is not disabled; undefined for everybody else's, so that nobody real is played. */
export async function findDemoPerson(db: Database, accountId: string): Promise<string | undefined> {
  const row = await db('demo_people as d').join('accounts as a', 'a.id', 'd.account_id').where('d.account_id', accountId).whereNull('a.disabled_at').first('d.account_id')
  return row?.account_id
}

/** `place` is the order on the page, from 1; the table refuses a place or an account twice. Seeds alone write here. */
export async function insertDemoPerson(trx: Knex.Transaction, person: { accountId: string; place: number; zh: string; en: string }): Promise<void> {
  await trx('demo_people').insert({ account_id: person.accountId, place: person.place, sentence_zh: person.zh, sentence_en: person.en })
}
