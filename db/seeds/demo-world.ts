import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Config } from '#app/config.server.ts'
import { hashPassword } from '#app/domain/accounts/password.server.ts'
import type { Clock } from '#app/domain/context.ts'
import { insertAccount, insertMembership, savePassword } from '../repositories/accounts.ts'
import { insertDemoPerson } from '../repositories/demo-people.ts'
import { transact } from '../client.ts'
import type { Demo, DemoSecrets } from './demo.ts'
import { DEMO_DIVISION, DEMO_PEOPLE, type DemoPerson } from './demo-people.ts'

type Filling = { db: Knex; clock: Clock; config: Config; secrets: DemoSecrets; secretsAreNew: boolean }

/** Everything of the demo, once. What exists is left as it is, so that the story goes on where it was left. */
export async function seedDemo({ db, clock, secrets, secretsAreNew }: Filling): Promise<Omit<Demo, 'baseUrl'>> {
  await openMarketplace(db)
  const known = await peopleWhoExist(db)
  for (const [place, person] of DEMO_PEOPLE.entries()) {
    const accountId = known.get(person.signInName)
    if (!accountId) await bringPerson(db, clock, person, place + 1, secrets.password)
    else if (secretsAreNew) await savePassword(db, accountId, await hashPassword(secrets.password), await clock.read(db))
  }
  return {
    accounts: DEMO_PEOPLE.map(({ role, displayName, signInName }) => ({ role, name: displayName, signIn: { name: signInName, password: secrets.password } })),
    apiClient: null,
  }
}

async function openMarketplace(db: Knex): Promise<void> {
  await db('marketplaces').insert({ division_code: DEMO_DIVISION, opened_on: '2026-01-01', demo: true }).onConflict('division_code').ignore()
}

async function peopleWhoExist(db: Knex): Promise<Map<string, string>> {
  const rows = await db('credentials').whereIn('sign_in_name', DEMO_PEOPLE.map(({ signInName }) => signInName)).select('sign_in_name', 'account_id')
  return new Map(rows.map((row) => [row.sign_in_name, row.account_id]))
}

/** A person with the organisation they answer for, in one transaction. */
async function bringPerson(db: Knex, clock: Clock, person: DemoPerson, place: number, password: string): Promise<void> {
  const passwordHash = await hashPassword(password)
  await transact(db, async (trx) => {
    const at = await clock.read(trx)
    const [accountId, organisationId] = [randomUUID(), randomUUID()]
    const { organisation, role, displayName, signInName } = person
    await insertAccount(trx, { id: accountId, displayName, locale: 'zh', signInName, passwordHash, at })
    await trx('organisations').insert({
      id: organisationId,
      kind: organisation.uscc ? 'organisation' : 'natural-person',
      uscc: organisation.uscc,
      name: organisation.name,
      division_code: organisation.divisionCode,
      registered_at: at,
    })
    await trx('organisation_roles').insert({ organisation_id: organisationId, role, since: at })
    await insertMembership(trx, { accountId, organisationId, role, duty: 'manager', since: at })
    await insertDemoPerson(trx, { accountId, place, zh: person.zh, en: person.en })
  })
}
