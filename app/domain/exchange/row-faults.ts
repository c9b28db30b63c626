import { usccFault } from '../accounts/uscc.ts'
import { dayOf } from '../calendar.ts'
import { parseProjectCode } from '../projects/project-code.ts'
import { FLOW_TYPES } from '../projects/project.ts'
import { DAY_KINDS, LENGTHS, STEP_CODES, STEPS, type Column, type ServiceContent, type StepContent } from './national-row.ts'

/** What the national side refuses, in the order in which it is best mended. */
export const FAULTS = [
  'project-missing', 'project-malformed', 'project-not-stated', 'project-flow', 'project-assessment', 'division', 'case-missing', 'item-code', 'service-code',
  'agency-missing', 'agency-uscc', 'client-uscc', 'name-missing', 'too-long', 'days', 'day-kind', 'step-unknown', 'step-order', 'step-ahead', 'step-missing',
] as const
export type FaultName = (typeof FAULTS)[number]
/** A fault of a service's row, or of the step whose serial number it names. */
export type RowFault = { fault: FaultName; lsh: number; column: Column | null; params: Record<string, string | number> }

/** A service as the tables have it now, with what the row of its project (`spgl_xmjbxxb`) and of its case have to say beside it. */
export type CheckedService = {
  lsh: number
  row: ServiceContent
  steps: { lsh: number; row: StepContent }[]
  /** What the case's authority stated of the project; null: nothing, so that the row of the project is missing. */
  project: { flowType: string; assessed: boolean | null } | null
  caseFlowType: string
  /** The national code of the case's approval item. */
  itemCode: string | null
  /** A natural person has no unified code. */
  isPerson: boolean
}

const MOST_DAYS = 9999
const DIVISION = /^[1-9]\d{5}$/

/**
 * What the national side would refuse of a service, its steps included: every fault, not the first one only.
 *
 * @param at now: a step cannot have happened later
 */
export function faultsOf(service: CheckedService, at: Date): RowFault[] {
  const { lsh, row, steps } = service
  const faults: RowFault[] = []
  const fault = (name: FaultName, column: Column | null, params: RowFault['params'] = {}, of = lsh) => void faults.push({ fault: name, lsh: of, column, params })
  faultsOfProject(service, at, fault)
  if (!DIVISION.test(row.xzqhdm)) fault('division', 'xzqhdm', { value: row.xzqhdm })
  if (isBlank(row.spsxslbm)) fault('case-missing', 'spsxslbm')
  if (isBlank(service.itemCode)) fault('item-code', null)
  if (isBlank(row.dybzzjfwsxbm)) fault('service-code', 'dybzzjfwsxbm')
  faultsOfParties(service, fault)
  for (const column of ['zjfwsxmc', 'zjfwsxbm', 'zjfwsxslbm', 'wtr'] as const) if (isBlank(row[column])) fault('name-missing', column)
  if (!Number.isInteger(row.blsx) || row.blsx < 1 || row.blsx > MOST_DAYS) fault('days', 'blsx', { value: row.blsx })
  if (!Object.values<number>(DAY_KINDS).includes(row.sxlx)) fault('day-kind', 'sxlx', { value: row.sxlx })
  for (const one of [{ lsh, row }, ...steps]) {
    for (const [column, value] of Object.entries(one.row) as [Column, unknown][]) {
      const [length, most] = [typeof value === 'string' ? [...value].length : 0, LENGTHS[column] ?? Infinity]
      if (length > most) fault('too-long', column, { length, most }, one.lsh)
    }
  }
  faultsOfSteps(steps, at, fault)
  return faults.sort((one, other) => FAULTS.indexOf(one.fault) - FAULTS.indexOf(other.fault) || one.lsh - other.lsh)
}

type Say = (name: FaultName, column: Column | null, params?: RowFault['params'], of?: number) => void

/** The row of the project on which the national side joins: its code, its flow (`splclx`), and whether the area is assessed (`sfwcqypg`). */
function faultsOfProject({ row, project, caseFlowType }: CheckedService, at: Date, fault: Say): void {
  if (isBlank(row.xmdm)) return fault('project-missing', 'xmdm')
  if ('fault' in parseProjectCode(row.xmdm, dayOf(at))) fault('project-malformed', 'xmdm', { value: row.xmdm })
  if (!project) return fault('project-not-stated', null)
  if (!(FLOW_TYPES as readonly string[]).includes(project.flowType) || project.flowType !== caseFlowType) fault('project-flow', null)
  if (project.assessed === null) fault('project-assessment', null)
}

function faultsOfParties({ row, steps, isPerson }: CheckedService, fault: Say): void {
  // Before the selection there is no agency to name; from then on there has to be one.
  const isAwarded = steps.some(({ row: { blzt } }) => blzt >= STEPS.contracted.code) || lastSelection(steps) === STEPS.awarded.code
  if (isAwarded && (isBlank(row.zjjgdm) || isBlank(row.zjjgmc))) fault('agency-missing', isBlank(row.zjjgdm) ? 'zjjgdm' : 'zjjgmc')
  if (!isBlank(row.zjjgdm) && usccFault(row.zjjgdm!) !== null) fault('agency-uscc', 'zjjgdm', { value: row.zjjgdm! })
  if (isPerson ? !isBlank(row.wtrdm) : isBlank(row.wtrdm) || usccFault(row.wtrdm!) !== null) fault('client-uscc', 'wtrdm', { value: row.wtrdm ?? '' })
}

function lastSelection(steps: CheckedService['steps']): number | null {
  const turns = steps.filter(({ row: { blzt } }) => blzt === STEPS.awarded.code || blzt === STEPS.declined.code)
  return turns.sort((one, other) => Date.parse(one.row.blsj) - Date.parse(other.row.blsj)).at(-1)?.row.blzt ?? null
}

/** What a step cannot come before. A returned result is delivered anew, a declined award made anew: these follow in pairs. */
const AFTER: Record<number, readonly number[]> = { 2: [1], 3: [2], 4: [2], 5: [4], 6: [5], 7: [5] }

function faultsOfSteps(steps: CheckedService['steps'], at: Date, fault: Say): void {
  const first = (code: number) => Math.min(...steps.filter(({ row }) => row.blzt === code).map(({ row }) => Date.parse(row.blsj)))
  if (!steps.some(({ row }) => row.blzt === STEPS.published.code)) fault('step-missing', null, { step: STEPS.published.code })
  for (const { lsh, row } of steps) {
    const when = Date.parse(row.blsj)
    if (!STEP_CODES.includes(row.blzt)) fault('step-unknown', 'blzt', { value: row.blzt }, lsh)
    if (!(when <= at.getTime())) fault('step-ahead', 'blsj', {}, lsh)
    for (const before of AFTER[row.blzt] ?? []) {
      if (first(before) === Infinity) fault('step-missing', 'blzt', { step: before }, lsh)
      else if (when < first(before)) fault('step-order', 'blsj', { step: row.blzt, before }, lsh)
    }
    if (isBlank(row.blr)) fault('name-missing', 'blr', {}, lsh)
  }
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === ''
}
