import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { SYSTEM, type Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import type { PolicyName } from '#app/domain/divisions/policy.ts'
import { makeSequencer } from '#app/domain/ledger/sequence.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { statusAt, type TenderState } from '#app/domain/tenders/tender.ts'
import { findTender } from '#db/repositories/tenders.ts'
import type { MakeContext, TestClock, TestContext, TestDatabase } from './database.ts'
import { CHANGCHUN } from './factories.ts'
import { aTender, KEYRING, setPeriods, type Stage } from './tenders.ts'

const PERIODS = { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, lowQuoteExplanation: { n: 5, unit: 's' }, publicity: { n: 40, unit: 's' }, decline: { n: 20, unit: 's' } } as const
/** The code of a refusal, or null where there was none. */
export const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))

/** What the division's policy says of the source; what is not named has its default. */
export async function setPolicy(db: Knex, values: Partial<Record<PolicyName, unknown>>): Promise<void> {
  for (const [name, value] of Object.entries({ drawSource: 'local', lotteryGame: 'ssq', drawAlgorithm: 'mingdan-draw/v1', ...values })) {
    await db('policy_parameters').where({ division_code: CHANGCHUN, name }).delete()
    await db('policy_parameters').insert({ division_code: CHANGCHUN, name, value: JSON.stringify(value), source: 'test', from_on: '2026-01-01' })
  }
}

/** A tender under a source, with a ledger whose checkpoints are signed by the standing clock. */
export async function aSetting(database: TestDatabase, context: MakeContext, clock: TestClock, values: Partial<Record<PolicyName, unknown>>, method: 'random' | 'lowest-price' = 'random') {
  await setPeriods(database.owner, PERIODS)
  await setPolicy(database.owner, values)
  const make = (member: Member): TestContext => ({ ...context(member), keyring: KEYRING, mirrors: ['http://127.0.0.1:1'] })
  const stage = await aTender(database, make, { method })
  const system: TestContext = { ...context(SYSTEM), keyring: KEYRING }
  return { make, stage, system, sequence: makeSequencer({ db: database.ledger, keyring: KEYRING, clock, log: { warn: () => {} } }) }
}

/** Close and freeze, and the freeze under a checkpoint at the deadline. */
export async function frozen({ system, sequence, stage }: Awaited<ReturnType<typeof aSetting>>, clock: TestClock): Promise<void> {
  clock.set(stage.tender.publication.closesAt)
  await attendTender(system, stage.tender)
  await sequence()
}

export const stateOf = async (database: TestDatabase, { tender }: Stage, clock: TestClock): Promise<TenderState> => statusAt((await findTender(database.owner, tender))!, clock.now)

/** Another officer of the same office. */
export async function colleagueOf(db: Knex, member: Member): Promise<Member> {
  const accountId = randomUUID()
  await db('accounts').insert({ id: accountId, display_name: '另一名人员', locale: 'zh', created_at: new Date('2026-01-05T01:00:00Z') })
  await db('memberships').insert({ account_id: accountId, organisation_id: member.organisationId, role: 'regulator', duty: 'delegate', since: new Date('2026-01-05T01:00:00Z') })
  return { ...member, accountId, duty: 'delegate' }
}
