import type { Actor } from '#app/domain/accounts/actor.ts'
import type { StoredDocument } from '#app/domain/agencies/document.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { findContractFile } from '#db/repositories/contracts.ts'
import { findDeliverableFile } from '#db/repositories/deliverables.ts'
import { findTakenResult } from '#db/views/shared-documents.ts'

type Whose = { ownerId: string; agencyId: string; divisionCode: string }

/** A contract's file, for its two sides and the regulator of the area. Refuses `contracts.no-such-file` (404) to everybody else. */
export async function showContractFile({ db, actor }: Context, { id }: { id: string }): Promise<StoredDocument> {
  const found = isUuid(id) ? await findContractFile(db, id) : undefined
  if (!found || !isTheirs(actor, found)) throw new Refusal('missing', 'contracts.no-such-file')
  return found.document
}

/** A result's file, for the same and, once it is accepted, for the office in whose case it landed, or whose case takes it over from there. Refuses `contracts.no-such-file` (404) to everybody else, and of a secret result to everybody. */
export async function showResultFile({ db, clock, actor }: Context, { id }: { id: string }): Promise<StoredDocument> {
  const found = isUuid(id) ? await findDeliverableFile(db, id) : undefined
  const office = found?.acceptedAt && actor.kind === 'member' && actor.role === 'authority' ? actor.organisationId : null
  const isOffice = async (authorityId: string) => authorityId === found?.authorityId || (await findTakenResult(db, { id, authorityId, on: dayOf(await clock.read(db)) })) !== undefined
  if (!found?.document || !(isTheirs(actor, found) || (office !== null && (await isOffice(office))))) throw new Refusal('missing', 'contracts.no-such-file')
  return found.document
}

/** Two roles of one organisation are two readers: whoever acts for an office does not act for the agency that it may be too. */
function isTheirs(actor: Actor, { ownerId, agencyId, divisionCode }: Whose): boolean {
  if (actor.kind !== 'member') return false
  if (actor.role === 'owner' || actor.role === 'authority') return actor.organisationId === ownerId
  if (actor.role === 'agency') return actor.organisationId === agencyId
  return actor.role === 'regulator' && isWithin(divisionCode, actor.divisionCode)
}
