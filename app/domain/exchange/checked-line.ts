import type { Mend } from './mend.ts'
import type { SentState } from './national-row.ts'
import type { RowFault } from './row-faults.ts'

/** How many services the tables have as valid, how many of these would be refused or were, and how many rows have ended. */
export type ExchangeCounts = { valid: number; faulty: number; refused: number; ended: number }

/** A service on the check page. */
export type CheckedLine = {
  lsh: number
  service: string
  serviceCode: string
  number: string
  caseNumber: string
  caseId: string
  projectCode: string
  itemKey: string
  division: string
  agency: { uscc: string; name: string } | null
  steps: number
  sent: SentState
  refusals: { lsh: number; reason: string }[]
  faults: (RowFault & { mend: Mend })[]
}

/** A row that is not valid any more: why, and which row took its place, if one did. */
export type EndedLine = { lsh: number; service: string; number: string; why: string[]; endedAt: Date | string; next: number | null }
