import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { showProject } from '#app/domain/projects/show-project.server.ts'
import { FACT_KEYS, isFactKey, type FactKey } from '#app/domain/projects/project-facts.ts'
import { listListings } from '#db/repositories/listings.ts'
import { conditionFacts } from './conditions.ts'

/** Which listed services ask for a fact: some by name, and how many more. */
export type FactNeed = { services: string[]; more: number }
export type FactNeeds = { needs: Partial<Record<FactKey, FactNeed>>; missing: FactKey[] }

const NAMED = 3
const MOST = 1000

/**
 * Why each fact of an own project is asked for: the services of today's list that only it can decide about. What a service
 * that may be demanded asks for and nobody has said is missing.
 *
 * @throws Refusal `projects.unknown` (404), also for somebody else's
 */
export async function showFactNeeds(context: Context, { code }: { code: string }): Promise<FactNeeds> {
  const [project, at] = await Promise.all([showProject(context, { code }), context.clock.read(context.db)])
  const listings = await listListings(context.db, { divisionCode: project.divisionCode, on: dayOf(at), filters: { nature: 'statutory' }, limit: MOST })
  const asking = new Map<FactKey, string[]>()
  for (const { name, rules } of listings) for (const fact of conditionFacts(rules)) if (isFactKey(fact)) asking.set(fact, [...(asking.get(fact) ?? []), name])
  const needs = Object.fromEntries([...asking].map(([fact, names]) => [fact, { services: names.slice(0, NAMED), more: Math.max(0, names.length - NAMED) }]))
  return { needs, missing: FACT_KEYS.filter((key) => asking.has(key) && project.facts[key] === undefined) }
}
