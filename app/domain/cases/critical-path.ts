import { dayOf, NATIONAL_CALENDAR, workingDaysBetween, type Calendar } from '../calendar.ts'
import { LANES, type Lane } from './case.ts'

/** One case of a project, or one service that a case waits for. `until` is its end, or now while it goes on. */
export type Task = { key: string; from: Date; until: Date } & ({ kind: 'case'; lane: Lane } | { kind: 'service'; ofCase: string })

/** Whose time a step is: a service's, its case's while nobody had bought the service yet, the case's with all results in it, and that between two stages. */
export const STEP_PARTS = ['service', 'unbought', 'case', 'between'] as const
export type StepPart = (typeof STEP_PARTS)[number]

/** A stretch of time that the end depends on. `key` is its task; between two stages, that which ended. */
export type Step = { key: string; part: StepPart; from: Date; until: Date; workingDays: number }

/** `spare` are the working days by which a service that ended before its case's last one could have ended later. */
export type CriticalPath = { steps: Step[]; totals: Record<StepPart, number>; whole: number; spare: Record<string, number> }

type CaseTask = Extract<Task, { kind: 'case' }>
type ServiceTask = Extract<Task, { kind: 'service' }>
type Stretch = Omit<Step, 'workingDays'>

/**
 * The longest chain of tasks that the end of a project depends on, in the order of time and without a gap.
 *
 * A case cannot end before the services whose results it waits for, so that up to the last of them time is that service's; before
 * that one was bought, and after its result, it is the case's own. A case of a later stage begins after those of earlier stages that
 * had ended by then. Of several that end last, or that still go on, the chain that began first
 * counts, and of those the one with the least time between stages.
 *
 * A working day belongs to the step that was under way when the day began, as on the service clock, so that days add up.
 */
export function criticalPath(tasks: readonly Task[], calendar: Calendar = NATIONAL_CALENDAR): CriticalPath {
  const end = Math.max(...tasks.map(({ until }) => until.getTime()))
  // A service is its case's affair, unless it outlived it.
  const last = tasks.filter((task) => task.until.getTime() === end && (task.kind === 'case' || caseOf(task, tasks)?.until.getTime() !== end))
  const chains = last.map((task) => ({ key: task.key, chain: chainTo(task, tasks) }))
  const longest = chains.toSorted((one, other) => begin(one.chain) - begin(other.chain) || idle(one.chain) - idle(other.chain) || (one.key < other.key ? -1 : 1))[0]?.chain ?? []
  const steps = longest.map((step): Step => ({ ...step, workingDays: workingDaysBetween(dayOf(step.from), dayOf(step.until), calendar) }))
  const totals: Record<StepPart, number> = { service: 0, unbought: 0, case: 0, between: 0 }
  for (const { part, workingDays } of steps) totals[part] += workingDays
  return { steps, totals, whole: steps.reduce((sum, { workingDays }) => sum + workingDays, 0), spare: spareOf(tasks, steps, calendar) }
}

const idle = (chain: readonly Stretch[]) => chain.reduce((sum, { part, from, until }) => sum + (part === 'between' ? until.getTime() - from.getTime() : 0), 0)
const begin = (chain: readonly Stretch[]) => chain[0]?.from.getTime() ?? Infinity

function chainTo(last: Task, tasks: readonly Task[]): Stretch[] {
  const steps: Stretch[] = []
  const step = (key: string, part: StepPart, from: Date, until: Date) => from < until && steps.unshift({ key, part, from, until })
  // A service may outlive its case, which was then granted on the promise of a document to follow.
  let [file, until] = last.kind === 'case' ? [last, last.until] : [caseOf(last, tasks), last.until]
  for (let held = last.kind === 'service' ? last : undefined; file; held = undefined) {
    const service = held ?? holding(file, tasks)
    if (service) {
      const from = service.from < file.from ? file.from : service.from
      step(file.key, 'case', service.until, until)
      step(service.key, 'service', from, service.until)
      step(file.key, 'unbought', file.from, from)
    } else step(file.key, 'case', file.from, until)
    const before = stageBefore(file, tasks)
    if (before) step(before.key, 'between', before.until, file.from)
    ;[file, until] = [before, before?.until ?? until]
  }
  return steps
}

/** The service whose result came last into a case, if it waited for any; of those that came at once, the one that was begun first. */
function holding(file: CaseTask, tasks: readonly Task[]): ServiceTask | undefined {
  return tasks
    .filter((task): task is ServiceTask => task.kind === 'service' && task.ofCase === file.key && task.until > file.from && task.until <= file.until)
    .toSorted((one, other) => other.until.getTime() - one.until.getTime() || one.from.getTime() - other.from.getTime() || (one.key < other.key ? -1 : 1))[0]
}

/** The case of an earlier stage that ended last before this one began. What runs in parallel waits for no stage. */
function stageBefore({ lane, from }: CaseTask, tasks: readonly Task[]): CaseTask | undefined {
  if (lane === 'parallel') return undefined
  return tasks
    .filter((task): task is CaseTask => task.kind === 'case' && task.lane !== 'parallel' && LANES.indexOf(task.lane) < LANES.indexOf(lane) && task.until <= from)
    .toSorted((one, other) => other.until.getTime() - one.until.getTime() || one.from.getTime() - other.from.getTime() || (one.key < other.key ? -1 : 1))[0]
}

function caseOf({ ofCase }: ServiceTask, tasks: readonly Task[]): CaseTask | undefined {
  return tasks.find((task): task is CaseTask => task.kind === 'case' && task.key === ofCase)
}

function spareOf(tasks: readonly Task[], steps: readonly Step[], calendar: Calendar): Record<string, number> {
  const last = new Map(steps.filter(({ part }) => part === 'service').map(({ key, until }) => [(tasks.find((task) => task.key === key) as ServiceTask).ofCase, { key, until }]))
  return Object.fromEntries(
    tasks.flatMap((task) => {
      const held = task.kind === 'service' ? last.get(task.ofCase) : undefined
      return held && held.key !== task.key && task.until <= held.until ? [[task.key, workingDaysBetween(dayOf(task.until), dayOf(held.until), calendar)]] : []
    }),
  )
}
