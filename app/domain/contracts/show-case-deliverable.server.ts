import { can, type Client } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { findCaseDeliverable, type CaseDeliverable } from '#db/views/case-deliverables.ts'

export type DeliverableOfCase = CaseDeliverable & { caseNumber: string }

/**
 * An accepted result that landed in a case of the caller's own authority, or that such a case takes over from another.
 *
 * @throws Refusal `contracts.not-landed` (404), also for another authority's and for one that nobody has accepted
 */
export async function showCaseDeliverable({ actor, db, clock }: Context & { actor: Client }, { id }: { id: string }): Promise<DeliverableOfCase> {
  const found = can(actor, 'see:own-cases') && isUuid(id) ? await findCaseDeliverable(db, { id, authorityId: actor.organisationId, on: dayOf(await clock.read(db)) }) : undefined
  if (!found) throw new Refusal('missing', 'contracts.not-landed')
  return found
}

/** Its metadata as a case system gets them. `fileUrl`: where the bytes are; a secret result has none, and names the receipt of its handover. */
export function deliverableDocument({ id, caseNumber, materialCode: material, tender, listingCode: service, name, round, file, handover, deliveredAt, acceptedAt, deemed, validUntil }: DeliverableOfCase, fileUrl: string) {
  return { id, caseNumber, material, tender, service, name, round, file: file && { url: fileUrl, ...file }, handover, deliveredAt: deliveredAt.toISOString(), acceptedAt: acceptedAt.toISOString(), deemed, validUntil }
}
