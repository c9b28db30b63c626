import { factsOf, type Condition } from '#app/domain/catalogue/condition.ts'
import type { ProjectFacts } from '#app/domain/projects/project-facts.ts'

/** Kleene's three values: a fact that nobody gave is neither yes nor no. */
export type Truth = 'met' | 'not-met' | 'unknown'

export type Evaluation = { truth: Truth; missing: string[] }

const KNOWN: Record<'met' | 'not-met', Evaluation> = { met: { truth: 'met', missing: [] }, 'not-met': { truth: 'not-met', missing: [] } }

/**
 * Does a listing's trigger hold for a project?
 *
 * @param facts what is known of the project; an absent key is unknown, never false
 * @returns `unknown` names the facts on which the answer hangs, and only those: one known part may settle it
 */
export function evaluate(condition: Condition, facts: ProjectFacts): Evaluation {
  if ('all' in condition) return settle(condition.all.map((each) => evaluate(each, facts)), 'not-met', 'met')
  if ('any' in condition) return settle(condition.any.map((each) => evaluate(each, facts)), 'met', 'not-met')
  const value = (facts as Record<string, unknown>)[condition.fact]
  if (value === undefined || value === null) return { truth: 'unknown', missing: [condition.fact] }
  return KNOWN[holds(condition, value) ? 'met' : 'not-met']
}

function settle(parts: Evaluation[], decisive: 'met' | 'not-met', otherwise: 'met' | 'not-met'): Evaluation {
  if (parts.some(({ truth }) => truth === decisive)) return KNOWN[decisive]
  const missing = [...new Set(parts.flatMap((part) => part.missing))]
  return missing.length ? { truth: 'unknown', missing } : KNOWN[otherwise]
}

type Plain = Exclude<Condition, { all: unknown } | { any: unknown }>

/** A fact that is a set holds a value when it contains it. */
function holds(condition: Plain, value: unknown): boolean {
  if ('atLeast' in condition) return typeof value === 'number' && value >= condition.atLeast
  const wanted: readonly unknown[] = 'in' in condition ? condition.in : [condition.is]
  return (Array.isArray(value) ? value : [value]).some((one) => wanted.includes(one))
}

/** Every fact of a project that a listing's rules may ask for. */
export function conditionFacts({ appliesWhen, regionalAssessment }: { appliesWhen: Condition | null; regionalAssessment: string | null }): string[] {
  return [...new Set([...(appliesWhen ? factsOf(appliesWhen) : []), ...(regionalAssessment ? ['site.regionalAssessments'] : [])])]
}
