import type { Database } from '#app/domain/context.ts'
import type { DemandedCase } from '#app/domain/guard/case-demand.ts'

/** What an authority's case of this number is about, if it has one here. */
export async function findDemandedCase(db: Database, { authorityId, number }: { authorityId: string; number: string }): Promise<DemandedCase | undefined> {
  return db('cases as file')
    .join('approval_items as item', 'item.code', 'file.approval_item')
    .where({ 'file.authority_id': authorityId, 'file.number': number })
    .first<DemandedCase | undefined>({ projectCode: 'file.project_code', approvalItem: 'file.approval_item', itemName: 'item.name' })
}

/** Does this authority keep cases here at all? */
export async function keepsCases(db: Database, authorityId: string): Promise<boolean> {
  return Boolean(await db('cases').where({ authority_id: authorityId }).first('id'))
}
