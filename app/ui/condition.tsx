import type { Condition as Of } from '#app/domain/catalogue/condition.ts'
import { DEMANDED_ITEM } from '#app/domain/guard/guard.ts'
import { useWords } from './locale.tsx'
import type { Words } from '#app/words/words.ts'

/** When a listed service is needed, in words: the facts of a project by their names. */
export function Condition({ of }: { of: Of }) {
  return <>{conditionText(of, useWords())}</>
}

export function conditionText(condition: Of, words: Words): string {
  const { conditions } = words.catalogue
  if ('all' in condition) return conditions.all + condition.all.map((one) => conditionText(one, words)).join(conditions.and)
  if ('any' in condition) return conditions.any + condition.any.map((one) => conditionText(one, words)).join(conditions.and)
  const fact = factName(condition.fact, words)
  if ('atLeast' in condition) return conditions.atLeast(fact, condition.atLeast.toLocaleString('en'))
  const values = 'in' in condition ? condition.in : [condition.is]
  return conditions.is(fact, values.map((value) => valueText(condition.fact, value, words)).join(conditions.or))
}

function valueText(fact: string, value: string | number | boolean | null, words: Words): string {
  if (value === true) return words.catalogue.conditions.yes
  if (value === false) return words.catalogue.conditions.no
  return projectWords(words).choices[fact]?.[String(value)] ?? String(value)
}

/** A fact that this house has no name for shows its key. */
export function factName(fact: string, words: Words): string {
  return fact === DEMANDED_ITEM ? words.guard.ask.whichItem : (projectWords(words).facts[fact] ?? fact)
}

function projectWords(words: Words): { facts: Record<string, string>; choices: Record<string, Record<string, string>> } {
  return words.projects
}
