import { FINAL } from '#app/domain/cases/case-state.ts'
import type { Database } from '#app/domain/context.ts'
import type { DemandedCase } from '#app/domain/guard/case-demand.ts'

/** When the case `file` came into the first state in which it is over. */
export const ENDED_AT = `(select min(entered.at) from case_states entered where entered.case_id = file.id and entered.state in (${FINAL.join(', ')}))`

/** Does this authority keep cases here, and none of this number? */
export async function lacksCase(db: Database, { authorityId, number }: { authorityId: string; number: string }): Promise<boolean> {
  const { rows } = await db.raw<{ rows: [{ lacks: boolean }] }>('select exists (select from cases where authority_id = :authorityId) and not exists (select from cases where authority_id = :authorityId and number = :number) as lacks', { authorityId, number })
  return rows[0].lacks
}

/** What the case of this number is about, for its own authority; null where it keeps none. */
export async function findDemandedCase(db: Database, { authorityId, number }: { authorityId: string; number: string }): Promise<DemandedCase | null> {
  const row = (await db('cases as file')
    .join('approval_items as known', 'known.code', 'file.approval_item')
    .where({ 'file.authority_id': authorityId, 'file.number': number })
    .first({ projectCode: 'file.project_code', divisionCode: 'file.division_code', approvalItem: 'known.code', itemName: 'known.name', receivedAt: 'file.received_at', endedAt: db.raw(ENDED_AT) })) as DemandedCase | undefined
  return row ?? null
}
