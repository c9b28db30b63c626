import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { keepExchange } from '#app/domain/exchange/keep-exchange.server.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import { clockAt } from './clock.ts'
import type { TestContext, TestDatabase } from './database.ts'

/** Lets the national tables hear of everything that happened; answers how many versions of rows were written. */
export async function tellExchange(context: TestContext): Promise<number> {
  let told = 0
  for (;;) {
    const { events, written } = await keepExchange(context, 100)
    told += written
    if (events === 0) return told
  }
}

/** Tells the national tables of one tender and of nothing that happened before, as a site has it where a whole town has gone by. */
export async function tellOf({ database, keyring, number }: { database: TestDatabase; keyring: Keyring; number: string }): Promise<void> {
  await database.owner('outbox_pending').where({ reader: 'exchange' }).delete()
  await database.owner.transaction((trx) => insertEvent(trx, { type: 'marketplace.tender.published.v1', subject: number, data: {}, at: new Date(), traceId: '1' }))
  await tellExchange({ db: database.app, keyring, clock: clockAt(new Date()), actor: SYSTEM, traceId: '1' })
}

export type National = Record<string, string | number | Date | null>

/** A front-end machine of the exchange: a login of its own, as an operator makes it, that holds the one role and nothing else. */
export type Machine = { client: pg.Client; leave: () => Promise<void> }

export async function machineOfExchange({ name }: TestDatabase): Promise<Machine> {
  const { superUrl } = inject('cluster')!
  const [login, password] = [`front_${randomBytes(6).toString('hex')}`, randomBytes(12).toString('hex')]
  const administer = async (statement: string) => {
    const client = new pg.Client({ connectionString: superUrl.replace(/DATABASE$/, name) })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await administer(`create role ${login} login password '${password}' in role mingdan_exchange`)
  const url = new URL(superUrl.replace(/DATABASE$/, name))
  url.username = login
  url.password = password
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  return {
    client,
    leave: async () => {
      await client.end()
      await administer(`drop role ${login}`)
    },
  }
}
