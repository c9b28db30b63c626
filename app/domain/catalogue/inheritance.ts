import { basisKey } from './basis.ts'
import { implies } from './implication.ts'
import type { ListingWording } from './listing.ts'
import { isCheaper, isShorter } from './measure.ts'

export const INHERITANCE_CODES = [
  'same-code', 'same-name', 'same-type', 'same-basis', 'no-more-names', 'no-more-items', 'no-more-stages', 'trigger-not-narrower', 'self-prepare-kept', 'office-pays-kept',
  'no-other-material', 'assessment-kept', 'merging-kept', 'cancellation-kept', 'download-kept', 'validity-not-shorter', 'time-not-shorter', 'fee-not-lower', 'qualification-added',
] as const
export type InheritanceCode = (typeof INHERITANCE_CODES)[number]

/** Why a lower list may not word a service so, and where in the wording, as a JSON pointer. */
export type InheritanceFault = { code: InheritanceCode; pointer: string }

type Pair = { upper: ListingWording; lower: ListingWording }
type Rule = { code: InheritanceCode; pointer: string | ((pair: Pair) => string[]); breaks?: (pair: Pair) => boolean }

/** What stands in the lower list and not in the upper, each at its own place. */
const added = (at: string, list: (wording: ListingWording) => readonly string[]) => ({ upper, lower }: Pair) =>
  list(lower).flatMap((one, place) => (list(upper).includes(one) ? [] : [`${at}/${place}`]))

/** What the upper list says once and the lower may say too but not otherwise. */
const kept = <T>(of: (wording: ListingWording) => T | null) => ({ upper, lower }: Pair) => of(upper) !== null && of(lower) !== of(upper)

/**
 * "Same name, type, basis and code at every level"; a lower list only removes, shortens, cheapens, simplifies. It never adds
 * a qualification and never widens a trigger. What cannot be shown to be less is taken for more.
 */
const RULES: readonly Rule[] = [
  { code: 'same-code', pointer: '/code', breaks: ({ upper, lower }) => lower.code !== upper.code },
  { code: 'same-name', pointer: '/name', breaks: ({ upper, lower }) => lower.name !== upper.name },
  { code: 'same-type', pointer: '/nature', breaks: ({ upper, lower }) => lower.nature !== upper.nature },
  { code: 'same-type', pointer: '/categoryCode', breaks: ({ upper, lower }) => lower.categoryCode !== upper.categoryCode },
  { code: 'same-basis', pointer: added('/rules/bases', ({ rules }) => rules.bases.map(basisKey)) },
  { code: 'same-basis', pointer: '/rules/bases', breaks: ({ upper, lower }) => upper.rules.bases.some((one) => !lower.rules.bases.map(basisKey).includes(basisKey(one))) },
  { code: 'no-more-names', pointer: added('/aliases', ({ aliases }) => aliases) },
  { code: 'no-more-items', pointer: added('/approvalItems', ({ approvalItems }) => approvalItems) },
  { code: 'no-more-items', pointer: '/details/approvalItem', breaks: ({ upper, lower }) => lower.details.approvalItem !== null && lower.details.approvalItem !== upper.details.approvalItem },
  { code: 'no-more-stages', pointer: added('/stages', ({ stages }) => stages) },
  { code: 'trigger-not-narrower', pointer: '/rules/appliesWhen', breaks: ({ upper, lower }) => !implies(lower.rules.appliesWhen, upper.rules.appliesWhen) },
  // Where the upper list does not say whether the applicant may write it itself, the lower may say yes and not no.
  { code: 'self-prepare-kept', pointer: '/rules/selfPrepare', breaks: ({ upper, lower }) => upper.rules.selfPrepare !== false && lower.rules.selfPrepare !== true && lower.rules.selfPrepare !== upper.rules.selfPrepare },
  { code: 'office-pays-kept', pointer: '/rules/commissioner', breaks: ({ upper, lower }) => upper.rules.commissioner === 'authority' && lower.rules.commissioner !== 'authority' },
  { code: 'no-other-material', pointer: '/rules/material', breaks: ({ upper, lower }) => lower.rules.material !== null && (lower.rules.material.code !== upper.rules.material?.code || lower.rules.material.name !== upper.rules.material.name) },
  { code: 'assessment-kept', pointer: '/rules/regionalAssessment', breaks: kept(({ rules }) => rules.regionalAssessment) },
  { code: 'merging-kept', pointer: '/rules/mergedInto', breaks: kept(({ rules }) => rules.mergedInto) },
  { code: 'merging-kept', pointer: '/rules/duplicateOf', breaks: kept(({ rules }) => rules.duplicateOf) },
  { code: 'cancellation-kept', pointer: '/rules/itemCancelledOn', breaks: ({ upper, lower }) => upper.rules.itemCancelledOn !== null && (lower.rules.itemCancelledOn === null || lower.rules.itemCancelledOn > upper.rules.itemCancelledOn) },
  { code: 'download-kept', pointer: '/rules/freeDownload', breaks: ({ upper, lower }) => upper.rules.freeDownload !== null && lower.rules.freeDownload === null },
  // A result without an end stays good for ever.
  { code: 'validity-not-shorter', pointer: '/rules/validYears', breaks: ({ upper, lower }) => lower.rules.validYears !== null && lower.rules.validYears < (upper.rules.validYears ?? Infinity) },
  { code: 'time-not-shorter', pointer: '/details/timeLimit', breaks: ({ upper, lower }) => !isShorter(lower.details.timeLimit, upper.details.timeLimit) },
  { code: 'fee-not-lower', pointer: '/details/feeBasis', breaks: ({ upper, lower }) => !isCheaper(lower.details.feeBasis, upper.details.feeBasis) },
  { code: 'qualification-added', pointer: '/details/qualification', breaks: ({ upper, lower }) => lower.details.qualification !== null && lower.details.qualification !== upper.details.qualification },
]

/**
 * Everything that speaks against a lower list's wording of a service which the list above it has.
 *
 * @param upper as the nearest list above words it
 * @returns every fault at once, in the order of the wording's fields; none: it may be worded so
 */
export function inheritanceFaults(upper: ListingWording, lower: ListingWording): InheritanceFault[] {
  const pair = { upper, lower }
  return RULES.flatMap(({ code, pointer, breaks }) => {
    if (typeof pointer === 'function') return pointer(pair).map((at) => ({ code, pointer: at }))
    return breaks!(pair) ? [{ code, pointer }] : []
  })
}
