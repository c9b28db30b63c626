import { silenceUnder } from '#app/domain/cases/acceptance.ts'
import { projectTotal, type ProjectTotal } from '#app/domain/cases/clock-limits.ts'
import type { Context } from '#app/domain/context.ts'
import { transact } from '#db/client.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { insertProjectWarning, listProjectWarnings, type ProjectWarning } from '#db/repositories/limit-warnings.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import { listRunningProjects, type RunningProject } from '#db/views/running-cases.ts'
import { totalsOf } from './show-project-times.server.ts'
import type { Rules } from './warn-of-limits.server.ts'

const PAGE = 100

/**
 * Warns of each project whose whole time is near its end, has its last day today, or has passed: once for each level and due day.
 * While no office's time runs nobody is warned.
 *
 * @param rulesOf the rules of a division at an instant
 * @returns how many warnings this call told
 */
export async function warnProjects(context: Context, rulesOf: (divisionCode: string, at: Date) => Promise<Rules>, stopped: () => boolean): Promise<number> {
  const { db, clock } = context
  let told = 0
  for (let after: string | undefined; !stopped(); ) {
    const at = await clock.read(db)
    const projects = await listRunningProjects(db, { limit: PAGE, ...(after !== undefined && { after }) })
    const before = await listProjectWarnings(db, projects.map(({ code }) => code))
    for (const one of projects) {
      const rules = await rulesOf(one.divisionCode, at)
      const warning = warningOf(one, totalOf(one, rules, at))
      const isKnown = warning && before.some(({ projectCode, level, due }) => projectCode === one.code && level === warning.level && due.getTime() === warning.due.getTime())
      if (warning && !isKnown && (await warn(context, one.code, rules))) told += 1
    }
    if (projects.length < PAGE) break
    after = projects.at(-1)!.code
  }
  return told
}

function totalOf({ flowType, cases }: RunningProject, { policies, calendar }: Rules, at: Date): ProjectTotal {
  return projectTotal(flowType, cases, { totals: totalsOf(policies), now: at, silence: silenceUnder(policies), before: policies.clockWarning.value, calendar })
}

function warningOf({ code }: RunningProject, { level, due }: ProjectTotal): ProjectWarning | null {
  return due && level !== 'running' ? { projectCode: code, level, due } : null
}

/** Counts again in the transaction that tells, so that nobody is warned of days that a case has just stopped using. */
async function warn({ db, clock, traceId }: Context, code: string, rules: Rules): Promise<boolean> {
  return transact(db, async (trx) => {
    const at = await clock.read(trx)
    const [one] = await listRunningProjects(trx, { code, limit: 1 })
    const total = one && totalOf(one, rules, at)
    const warning = total && warningOf(one, total)
    if (!warning || !(await insertProjectWarning(trx, warning, { at }))) return false
    const { kind, limit, used, uncovered } = total
    const data = { project: code, division: one.divisionCode, kind, days: limit, used, level: warning.level, dueAt: warning.due.toISOString(), uncoveredYears: [...uncovered] }
    await insertAudit(trx, { at, accountId: null, organisationId: null, act: 'tell:limit', subject: code, details: data, traceId })
    await insertEvent(trx, { type: 'marketplace.project-limit.warned.v1', subject: code, data, at, traceId })
    return true
  })
}
