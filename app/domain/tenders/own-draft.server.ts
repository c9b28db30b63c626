import type { Knex } from 'knex'
import { memberWho, type Member } from '#app/domain/accounts/actor.ts'
import type { Permission } from '#app/domain/accounts/permissions.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import type { Tender } from './tender.ts'

/** Holds an owner's own tender. Somebody else's is `missing`, and only then is asked what the member may do. */
export async function lockOwnTender(trx: Knex.Transaction, context: Context, { id, permission }: { id: string; permission: Permission }): Promise<{ tender: Tender; member: Member }> {
  const { actor } = context
  if (actor.kind === 'visitor') throw new Refusal('unauthenticated', 'accounts.sign-in-first')
  const tender = isUuid(id) ? await lockTender(trx, { id }) : undefined
  if (!tender || actor.kind !== 'member' || tender.ownerId !== actor.organisationId) throw new Refusal('missing', 'tenders.no-such-tender')
  return { tender, member: memberWho(actor, permission) }
}
