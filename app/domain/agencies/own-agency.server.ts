import type { Knex } from 'knex'
import { lockAgency, type AgencyRow } from '#db/repositories/agencies.ts'
import { memberWho, type Member } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'

/** The caller's own agency, held for change. @throws Refusal `agencies.not-admitted` where its agreement has ended */
export async function lockOwnAgency(trx: Knex.Transaction, context: Context): Promise<{ member: Member; agency: AgencyRow; at: Date }> {
  const member = memberWho(context.actor, 'keep:agency')
  const agency = await lockAgency(trx, member.organisationId, 'update')
  if (!agency || agency.expelledAt) throw new Refusal('conflict', 'agencies.not-admitted')
  return { member, agency, at: await context.clock.read(trx) }
}
