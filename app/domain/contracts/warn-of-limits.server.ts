import type { Knex } from 'knex'
import { dayOf, type Calendar } from '#app/domain/calendar.ts'
import { silenceUnder } from '#app/domain/cases/acceptance.ts'
import { officeLimits, type Limit } from '#app/domain/cases/clock-limits.ts'
import type { Context, Database } from '#app/domain/context.ts'
import type { Policies } from '#app/domain/divisions/policy.ts'
import type { Json } from '#app/domain/ledger/canonical.ts'
import { transact } from '#db/client.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { insertWarning, listWarnings, type Warning } from '#db/repositories/limit-warnings.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import { findAfterAward, listRunningServices } from '#db/views/after-award.ts'
import { listRunningCases, type RunningCase } from '#db/views/running-cases.ts'
import { limitsOf } from './after-award.ts'
import { warnProjects } from './warn-of-projects.server.ts'

export type Rules = { policies: Policies; calendar: Calendar }
/** Rules of each division, read once a round. */
type Known = Map<string, Promise<Rules>>

const PAGE = 100

/**
 * Warns of every limit of the service clock that is near, has its last day today, or has passed: once for each round, level and
 * due day, however many workers walk. Whether a limit is near is derived; that it was told is a row, written with the event that tells it.
 * A limit that was met first when it had passed is told as passed, and not as near any more. So it is with a project's whole time.
 *
 * @returns how many warnings this call told
 */
export async function warnOfLimits(context: Context, { stopped = () => false }: { stopped?: () => boolean } = {}): Promise<number> {
  const known: Known = new Map()
  return (await warnServices(context, known, stopped)) + (await warnCases(context, known, stopped)) + (await warnProjects(context, (code, at) => rulesOf(context.db, known, code, at), stopped))
}

async function warnServices(context: Context, known: Known, stopped: () => boolean): Promise<number> {
  const { db, clock } = context
  let told = 0
  for (let after: string | undefined; !stopped(); ) {
    const at = await clock.read(db)
    const awards = await listRunningServices(db, { at, limit: PAGE, ...(after !== undefined && { after }) })
    const before = await listWarnings(db, awards.map(({ tender }) => tender.id))
    for (const award of awards) {
      const rules = await rulesOf(db, known, award.tender.divisionCode, at)
      if (pressing(limitsOf({ ...award, landing: null }, { now: at, ...rules }), { about: 'tender', aboutId: award.tender.id }, before).length) told += await warnService(context, award.tender.id, rules)
    }
    if (awards.length < PAGE) break
    after = awards.at(-1)!.tender.id
  }
  return told
}

/** Looks again with the tender held, so that nobody is warned of what was done a moment ago. */
async function warnService(context: Context, tenderId: string, rules: Rules): Promise<number> {
  return transact(context.db, async (trx) => {
    await lockTender(trx, { id: tenderId }, 'share')
    const at = await context.clock.read(trx)
    const award = await findAfterAward(trx, { id: tenderId, at })
    if (!award) return 0
    const { number, projectCode } = award.tender
    const event = { type: 'marketplace.limit.warned.v1', subject: number, data: { tender: number, project: projectCode } }
    return warn(trx, context, limitsOf({ ...award, landing: null }, { now: at, ...rules }), { key: { about: 'tender', aboutId: tenderId }, event, at })
  })
}

async function warnCases(context: Context, known: Known, stopped: () => boolean): Promise<number> {
  const { db, clock } = context
  let told = 0
  for (let after: string | undefined; !stopped(); ) {
    const at = await clock.read(db)
    const cases = await listRunningCases(db, { limit: PAGE, ...(after !== undefined && { after }) })
    const before = await listWarnings(db, cases.map(({ id }) => id))
    for (const one of cases) {
      const { policies, calendar } = await rulesOf(db, known, one.divisionCode, at)
      const limits = officeLimits(one, one, { now: at, silence: silenceUnder(policies), before: policies.clockWarning.value, calendar })
      if (pressing(limits, { about: 'case', aboutId: one.id }, before).length) told += await transact(db, (trx) => warn(trx, context, limits, { key: { about: 'case', aboutId: one.id }, event: eventOf(one), at }))
    }
    if (cases.length < PAGE) break
    after = cases.at(-1)!.id
  }
  return told
}

function eventOf({ number, authority, projectCode }: RunningCase) {
  return { type: 'marketplace.case-limit.warned.v1', subject: number, data: { caseNumber: number, authority, project: projectCode } }
}

type Told = { key: Pick<Warning, 'about' | 'aboutId'>; event: { type: string; subject: string; data: Record<string, Json> }; at: Date }

async function warn(trx: Knex.Transaction, { traceId }: Context, limits: readonly Limit[], { key, event, at }: Told): Promise<number> {
  let told = 0
  for (const { name, round, level, due, party, uncovered } of limits) {
    if (level === 'running' || !(await insertWarning(trx, { ...key, name, round, level, due }, { at }))) continue
    const data = { ...event.data, limit: name, party, round, level, dueAt: due.toISOString(), uncoveredYears: [...uncovered] }
    await insertAudit(trx, { at, accountId: null, organisationId: null, act: 'tell:limit', subject: event.subject, details: data, traceId })
    await insertEvent(trx, { type: event.type, subject: event.subject, data, at, traceId })
    told += 1
  }
  return told
}

/** Limits that are to be told and were not. */
function pressing(limits: readonly Limit[], { aboutId }: Pick<Warning, 'about' | 'aboutId'>, told: readonly Warning[]): Limit[] {
  return limits.filter(({ name, round, level, due }) => level !== 'running' && !told.some((one) => one.aboutId === aboutId && one.name === name && one.round === round && one.level === level && one.due.getTime() === due.getTime()))
}

function rulesOf(db: Database, known: Known, divisionCode: string, at: Date): Promise<Rules> {
  const rules = known.get(divisionCode) ?? Promise.all([policiesOf(db, divisionCode, dayOf(at)), calendarOf(db, divisionCode)]).then(([policies, calendar]) => ({ policies, calendar }))
  known.set(divisionCode, rules)
  return rules
}
