import type { Knex } from 'knex'
import { memberWho, type Member } from '#app/domain/accounts/actor.ts'
import type { Permission } from '#app/domain/accounts/permissions.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import { isTenderNumber, type Publication, type Tender } from './tender.ts'

export type PublishedTender = Tender & { publication: Publication }

/** Holds a published tender alone, and reads the clock after that. Refuses `tenders.no-such-tender`. */
export async function lockPublished(trx: Knex.Transaction, context: Context, number: string): Promise<{ tender: PublishedTender; at: Date }> {
  const tender = isTenderNumber(number) ? await lockTender(trx, { number }) : undefined
  if (!tender?.publication) throw new Refusal('missing', 'tenders.no-such-tender')
  return { tender: { ...tender, publication: tender.publication }, at: await context.clock.read(trx) }
}

/** The same for its owner. Refuses also `life.not-your-tender` to anybody else. */
export async function lockOwnPublished(trx: Knex.Transaction, context: Context, { number, permission }: { number: string; permission: Permission }): Promise<{ tender: PublishedTender; at: Date; member: Member }> {
  const held = await lockPublished(trx, context, number)
  const member = memberWho(context.actor, permission)
  if (held.tender.ownerId !== member.organisationId) throw new Refusal('forbidden', 'life.not-your-tender')
  return { ...held, member }
}
