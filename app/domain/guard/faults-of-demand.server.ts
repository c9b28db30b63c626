import type { Client } from '#app/domain/accounts/actor.ts'
import { isNationalCode } from '#app/domain/catalogue/item-code.ts'
import { unknownItem } from '#app/domain/catalogue/unknown-item.server.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { findMeantItem } from '#db/repositories/approval-items.ts'
import { findDemandedCase } from '#db/views/demanded-case.ts'
import { misfits } from './case-demand.ts'
import type { Demand } from './demand.ts'

export type DemandParts = Partial<Pick<Demand, 'authority' | 'caseNumber' | 'projectCode' | 'approvalItem' | 'demandedOn'>>

/**
 * What a decision would refuse of the parts of a demand whose shape is right, each at its field. Only a demand that nobody can decide
 * is looked at so: one that can be has its case read with everything else.
 */
export async function faultsOfDemand({ db, clock, actor }: Context & { actor: Client }, { authority, caseNumber, ...parts }: DemandParts): Promise<Refusal[]> {
  if (authority !== undefined && authority !== actor.uscc) return [new Refusal('forbidden', 'guard.not-your-authority', { field: 'authority' })]
  const found = caseNumber ? await findDemandedCase(db, { authorityId: actor.organisationId, number: caseNumber }) : null
  const { approvalItem: said } = parts
  const meant = said === undefined ? undefined : await findMeantItem(db, said, actor.divisionCode)
  const unknown = said !== undefined && !meant && isNationalCode(said) ? [await unknownItem(db, said, actor)] : []
  return [...unknown, ...misfits(parts, { divisionCode: actor.divisionCode, at: await clock.read(db), found, meant: meant?.code ?? null })]
}
