import type { Knex } from 'knex'
import { memberWho, type Member } from '#app/domain/accounts/actor.ts'
import type { Permission } from '#app/domain/accounts/permissions.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import { isTenderNumber, type Publication, type Tender } from './tender.ts'

export type PublishedTender = Tender & { publication: Publication }
export type EnteredTender = PublishedTender & { publicationEntry: string }

/** Holds a published tender, alone or with others who only share it. Refuses `tenders.no-such-tender`. */
export async function holdPublished(trx: Knex.Transaction, number: string, hold: 'share' | 'alone' = 'alone'): Promise<EnteredTender> {
  const tender = isTenderNumber(number) ? await lockTender(trx, { number }, hold) : undefined
  return mustBePublished(tender)
}

/** Holds a published tender alone, and reads the clock after that. Refuses `tenders.no-such-tender`. */
export async function lockPublished(trx: Knex.Transaction, context: Context, number: string): Promise<{ tender: PublishedTender; at: Date }> {
  const tender = await holdPublished(trx, number)
  return { tender, at: await context.clock.read(trx) }
}

/** Refuses `tenders.no-such-tender`, of a draft too. */
export function mustBePublished(tender: Tender | undefined): EnteredTender {
  if (!tender?.publication || !tender.publicationEntry) throw new Refusal('missing', 'tenders.no-such-tender')
  return { ...tender, publication: tender.publication, publicationEntry: tender.publicationEntry }
}

/** The same for its owner. Refuses also `life.not-your-tender` to anybody else. */
export async function lockOwnPublished(trx: Knex.Transaction, context: Context, { number, permission }: { number: string; permission: Permission }): Promise<{ tender: PublishedTender; at: Date; member: Member }> {
  const held = await lockPublished(trx, context, number)
  const member = memberWho(context.actor, permission)
  if (held.tender.ownerId !== member.organisationId) throw new Refusal('forbidden', 'life.not-your-tender')
  return { ...held, member }
}
