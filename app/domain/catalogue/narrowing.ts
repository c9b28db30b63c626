import type { Condition } from './condition.ts'
import { fieldAt, POINTERS, sayingOf, type WordingField } from './fields.ts'
import { implies } from './implication.ts'
import { inheritanceFaults } from './inheritance.ts'
import type { ListingWording } from './listing.ts'

/** Where neither wording's own word is the stricter of the two, but what both of them say. Everywhere else it is the upper's. */
const BOTH: Partial<Record<WordingField, (upper: ListingWording, lower: ListingWording) => unknown>> = {
  aliases: (upper, lower) => lower.aliases.filter((one) => upper.aliases.includes(one)),
  approvalItems: (upper, lower) => lower.approvalItems.filter((one) => upper.approvalItems.includes(one)),
  stages: (upper, lower) => lower.stages.filter((one) => upper.stages.includes(one)),
  appliesWhen: (upper, lower) => bothConditions(upper.rules.appliesWhen, lower.rules.appliesWhen),
}

/**
 * A lower list's wording as far as the list above it still allows it: the stricter of each field. What cannot be shown to be less is
 * taken for more, as when a lower list adopts, and gives way to what the upper list says.
 *
 * @returns the very same where nothing of it is more; `inheritanceFaults` finds nothing in what is returned
 */
export function narrowedTo<W extends ListingWording>(upper: ListingWording, lower: W): W {
  const fields = new Set(inheritanceFaults(upper, lower).flatMap(({ pointer }) => fieldAt(pointer) ?? []))
  if (fields.size === 0) return lower
  // The source's own words of the basis say no other basis than the list does.
  if (fields.has('bases')) fields.add('legalBasis')
  const narrowed = structuredClone(lower)
  for (const field of fields) write(narrowed, field, BOTH[field] ? BOTH[field](upper, lower) : structuredClone(sayingOf(upper, field)))
  return narrowed
}

function write(wording: ListingWording, field: WordingField, value: unknown): void {
  const parts = POINTERS[field].slice(1).split('/')
  const last = parts.pop()!
  const place = parts.reduce<Record<string, unknown>>((whole, part) => whole[part] as Record<string, unknown>, wording as unknown as Record<string, unknown>)
  place[last] = value
}

/** Holds only where both hold, so that each of them is seen to follow from it. */
function bothConditions(upper: Condition | null, lower: Condition | null): Condition | null {
  if (upper === null || lower === null || implies(upper, lower)) return upper ?? lower
  const parts = (condition: Condition) => ('all' in condition ? condition.all : [condition])
  return { all: [...parts(upper), ...parts(lower)] }
}
