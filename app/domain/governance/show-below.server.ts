import { newId } from '#app/domain/chance.server.ts'
import { nextVersions } from '#db/repositories/catalogue-versions.ts'
import { listWordingsAround } from '#db/repositories/listings.ts'
import { changesBetween } from '../catalogue/fields.ts'
import { stepsOf, type Step } from '../catalogue/list-step.ts'
import { changedLists } from '../catalogue/lower-lists.ts'
import type { Day } from '../calendar.ts'
import type { Context } from '../context.ts'
import { nameDivision } from '../divisions/name-division.server.ts'
import { isRefusal } from '../refusal.ts'
import type { Entry } from './proposal.ts'
import type { Below, ShownEntry } from './shown-entry.ts'

/**
 * Which lower lists would follow a proposal by themselves, and how: by the rule with which it is adopted, before it is. An entry that could not be adopted
 * from that day on, as a later wording stands in its way, shows nothing here; its fault is said elsewhere.
 *
 * @param from the day from which the proposal would hold
 */
export async function showBelow(context: Context, { divisionCode, entries, from, today }: { divisionCode: string; entries: readonly Pick<Entry, 'code' | 'wording'>[]; from: Day; today: Day }): Promise<Below[]> {
  const rows = await listWordingsAround(context.db, { codes: entries.map(({ code }) => code), divisionCode })
  const numbers = await nextVersions(context.db, [divisionCode, ...rows.map((row) => row.divisionCode)])
  const steps = entries.flatMap(({ code, wording }) => {
    const before = rows.filter((row) => row.code === code)
    try {
      return stepsOf(before, changedLists(before, { divisionCode, from, today, wording, versionOf: (division) => numbers.get(division)!, newId }).rows).filter((step) => step.divisionCode !== divisionCode)
    } catch (error) {
      if (isRefusal(error)) return []
      throw error
    }
  })
  const divisions = [...new Set(steps.map((step) => step.divisionCode))].sort()
  return Promise.all(divisions.map(async (code) => ({ divisionCode: code, divisionName: (await nameDivision(context, { code })) ?? code, entries: steps.filter((step) => step.divisionCode === code).map(shownStep) })))
}

function shownStep({ code, ended, begun }: Step): ShownEntry {
  const [before, after] = [ended[0], begun[0]]
  const { name } = (after ?? before)!
  return { code, name, reason: null, kind: after ? 'changed' : 'retired', changes: before && after ? changesBetween(before, after) : [] }
}
