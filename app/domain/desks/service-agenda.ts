import type { AgendaItem } from '../agenda.ts'
import type { Limit } from '#app/domain/cases/clock-limits.ts'
import { standingContract, type AfterAward } from '#app/domain/contracts/after-award.ts'
import type { Side } from '#app/domain/contracts/contract.ts'

/** What may wait for either side after an award, the more pressing first where no clock runs. */
export const SERVICE_KINDS = ['contract-to-confirm', 'result-to-accept', 'result-to-mend', 'result-to-deliver', 'contract-to-file', 'contract-waiting', 'result-waiting', 'result-awaited'] as const
export type ServiceKind = (typeof SERVICE_KINDS)[number]

/** What one side of an award has to do now, or waits for, with the clock of whoever has to act. */
export function serviceItem(award: AfterAward, limits: readonly Limit[], side: Side): AgendaItem<ServiceKind> | null {
  const limit = limits.find(({ party }) => party !== 'authority')
  if (!limit) return null
  const { tender, contracts, deliverables, boundAt } = award
  const contract = standingContract(award)
  const since = deliverables.at(-1)?.returnedAt ?? deliverables.at(-1)?.deliveredAt ?? contract?.confirmedAt ?? contract?.filedAt ?? contracts.at(-1)?.refusedAt ?? boundAt
  return { kind: kindOf(limit, side), subject: tender.number, title: tender.title, until: limit.due, since, uncovered: limit.uncovered }
}

function kindOf({ name, party, round }: Limit, side: Side): ServiceKind {
  const isMine = party === side
  // Either side may file the first one; after a refusal it is for whoever filed.
  if (name === 'file') return isMine || round === 1 ? 'contract-to-file' : 'contract-waiting'
  if (name === 'confirm') return isMine ? 'contract-to-confirm' : 'contract-waiting'
  if (name === 'accept') return isMine ? 'result-to-accept' : 'result-waiting'
  if (!isMine) return 'result-awaited'
  return round > 1 ? 'result-to-mend' : 'result-to-deliver'
}
