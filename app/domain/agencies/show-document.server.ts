import { isUuid } from '#app/domain/uuid.ts'
import { findAgencyDocument } from '#db/repositories/agencies.ts'
import { can } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import type { StoredDocument } from './document.ts'

/** A paper that an agency showed: for that agency, the operator and the regulator. @throws Refusal `agencies.document-unknown` (404) to everybody else */
export async function showDocument(context: Context, { id }: { id: string }): Promise<StoredDocument> {
  const { actor } = context
  const document = isUuid(id) ? await findAgencyDocument(context.db, id) : undefined
  const own = actor.kind === 'member' && actor.role === 'agency' && actor.organisationId === document?.agencyId
  if (!document || !(own || can(actor, 'see:agencies'))) throw new Refusal('missing', 'agencies.document-unknown')
  return document
}
