import { usableBases } from '../catalogue/basis.ts'
import { changesBetween } from '../catalogue/fields.ts'
import { inheritanceFaults } from '../catalogue/inheritance.ts'
import type { Listing } from '../catalogue/listing.ts'
import type { Day } from '../calendar.ts'
import { levelOf } from '../divisions/division.ts'
import type { Policies } from '../divisions/policy.ts'
import type { RefusalCode, RefusalParams } from '../refusal.ts'
import type { Entry } from './proposal.ts'

/** What is wrong with one entry, and where in its wording as a JSON pointer. */
export type EntryFault = { code: RefusalCode; pointer: string; params: RefusalParams }

/** What an entry is held against: what the list above says of its code, what is known to the house, and the division's policy. */
export type Rules = { above: Listing | null; items: ReadonlySet<string>; categories: ReadonlySet<string>; whoMayList: Policies['whoMayList']['value']; divisionCode: string; on: Day }

/**
 * Everything that speaks against an entry, all at once.
 *
 * 优化营商环境条例 43 (a statutory service needs a basis that carries it), and the rule of inheritance: where a list above has
 * the code, this one keeps its name, type and basis and asks for less; where none has it, policy says who may list it.
 */
export function entryFaults({ code, wording, before }: Pick<Entry, 'code' | 'wording' | 'before'>, { above, items, categories, whoMayList, divisionCode, on }: Rules): EntryFault[] {
  const fault = (code: RefusalCode, pointer: string, params: RefusalParams = {}): EntryFault => ({ code, pointer, params })
  if (wording === null) return before ? [] : [fault('governance.not-listed', '/code', { code })]
  const faults: EntryFault[] = []
  if (before && changesBetween(before, wording).length === 0) faults.push(fault('governance.same-wording', ''))
  if (wording.nature === 'statutory' && usableBases(wording.rules.bases, on).length === 0) faults.push(fault('catalogue.statutory-needs-basis', '/nature', { name: wording.name }))
  for (const [place, item] of wording.approvalItems.entries()) if (!items.has(item)) faults.push(fault('catalogue.items-unknown', `/approvalItems/${place}`, { codes: item }))
  if (wording.categoryCode !== null && !categories.has(wording.categoryCode)) faults.push(fault('catalogue.category-unknown', '/categoryCode'))
  if (above) return [...faults, ...inheritanceFaults(above, wording).map(({ code, pointer }) => fault(`governance.${code}`, pointer))]
  if (whoMayList === 'may-supplement-by-own-regulation' || levelOf(divisionCode) === 'province') return faults
  // What was listed here before that policy stays, and may only become less.
  return [...faults, ...(before ? inheritanceFaults(before, wording).map(({ code, pointer }) => fault(`governance.${code}`, pointer)) : [fault('governance.province-only', '/code')])]
}
