import type { Condition } from './condition.ts'

type Leaf = Exclude<Condition, { all: unknown } | { any: unknown }>

/**
 * Does `narrow` hold only where `wide` holds too? Null is a condition that always holds.
 *
 * @returns false wherever it cannot be shown, even if it is so: who narrows a trigger has to write it so that it is seen
 */
export function implies(narrow: Condition | null, wide: Condition | null): boolean {
  if (wide === null) return true
  if (narrow === null) return false
  if ('any' in narrow) return narrow.any.every((each) => implies(each, wide))
  if ('all' in wide) return wide.all.every((each) => implies(narrow, each))
  // One value of several is the same as any of them, so each may find another branch.
  if ('in' in narrow && narrow.in.length > 1) return narrow.in.every((is) => implies({ fact: narrow.fact, is }, wide))
  if ('any' in wide && wide.any.some((each) => implies(narrow, each))) return true
  if ('all' in narrow) return narrow.all.some((each) => implies(each, wide))
  return !('any' in wide) && leafImplies(narrow, wide)
}

/**
 * A fact that is a set holds a value when it contains it, and a number may stand in a set: so `is` and `in` are shown by
 * the same values alone, and never by a bound.
 */
function leafImplies(narrow: Leaf, wide: Leaf): boolean {
  if (narrow.fact !== wide.fact) return false
  if ('atLeast' in wide) return 'atLeast' in narrow && narrow.atLeast >= wide.atLeast
  if ('atLeast' in narrow) return false
  const allowed = valuesOf(wide)
  return valuesOf(narrow).every((value) => allowed.includes(value))
}

function valuesOf(leaf: Exclude<Leaf, { atLeast: number }>) {
  return 'in' in leaf ? leaf.in : [leaf.is]
}
