import type { Acceptance, Remark } from '#app/domain/cases/acceptance.ts'
import type { Lane } from '#app/domain/cases/case.ts'
import type { CaseStateNumber } from '#app/domain/cases/case-state.ts'
import type { Limit, ProjectTotal } from '#app/domain/cases/clock-limits.ts'
import type { CriticalPath } from '#app/domain/cases/critical-path.ts'
import type { Supplement } from '#app/domain/cases/supplement.ts'
import type { Milestone } from '#app/domain/cases/milestone.ts'
import type { Party } from '#app/domain/cases/party.ts'

/** One approval of a project. `used` are its office's own working days; `whole` everybody's, from receipt to its end or today. */
export type ProjectCase = { id: string; number: string; item: string; authority: string; lane: Lane; state: CaseStateNumber; isOver: boolean; promised: number | null; statutory: number | null; used: number; limits: Limit[]; acceptance: Acceptance | null; remarks: Remark['what'][]; supplement: Supplement | null; whole: number; waiting: { name: string; milestone: Milestone }[] }

/** A stretch of a bar in one party's hands. `start` and `days` are working days, counted from the project's first. */
export type BarPart = { party: Party; start: number; days: number }
/** A case or a service in the chart. `critical` are the stretches that the end depends on. */
export type ProjectBar = { key: string; kind: 'case' | 'service'; name: string; /** Counted from its receipt, since its office said nothing. */ deemed: boolean; caseId: string; tender: string | null; milestone: Milestone | null; from: Date; until: Date; goesOn: boolean; start: number; days: number; parts: BarPart[]; critical: { start: number; days: number }[]; criticalDays: number; spare: number | null }

export type ProjectTimes = {
  code: string
  name: string | null
  cases: ProjectCase[]
  /** Null for an office, which sees its own cases alone. */
  total: ProjectTotal | null
  /** In the order of stages, each case followed by its services. */
  bars: ProjectBar[]
  path: CriticalPath
  from: Date
  until: Date
  /** Working days of the chart. */
  whole: number
  /** Years whose holidays nobody has said. */
  uncovered: number[]
}
