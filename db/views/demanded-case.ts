import type { Database } from '#app/domain/context.ts'
import type { DemandedCase } from '#app/domain/guard/case-demand.ts'
import type { Line } from '../line.ts'
import { send, statement } from '../statement.ts'

const READ = statement(
  'read-demanded-case',
  `select file.project_code as "projectCode", file.approval_item as "approvalItem", item.name as "itemName"
     from cases file join approval_items item on item.code = file.approval_item
    where file.authority_id = cast(:authority as uuid) and file.number = :number`,
)

/** What an authority's case of this number is about, if it has one here. */
export async function findDemandedCase(db: Database | Line, { authorityId, number }: { authorityId: string; number: string }): Promise<DemandedCase | undefined> {
  return (await send<DemandedCase>(db, READ, { authority: authorityId, number }))[0]
}

/** Does this authority keep cases here at all? */
export async function keepsCases(db: Database, authorityId: string): Promise<boolean> {
  return Boolean(await db('cases').where({ authority_id: authorityId }).first('id'))
}
