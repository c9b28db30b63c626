import type { Context } from '#app/domain/context.ts'
import { countDemands, listDemands, type DemandFigures, type DemandLine } from '#db/views/demands.ts'

export type Supervision = DemandFigures & { newest: Omit<DemandLine, 'caseNumber' | 'approvalItem'>[] }

const NEWEST = 8

/** What anybody may know of all demands: figures, and the newest answers without what belongs to one case. */
export async function showSupervision({ db }: Context): Promise<Supervision> {
  const [figures, lines] = await Promise.all([countDemands(db, {}), listDemands(db, { limit: NEWEST })])
  return { ...figures, newest: lines.map(({ caseNumber: _case, approvalItem: _item, ...line }) => line) }
}
