import type { Database } from '#app/domain/context.ts'
import { chainOf } from '#app/domain/divisions/division.ts'
import type { Listing } from '#app/domain/catalogue/listing.ts'
import { listCategories } from '#db/repositories/categories.ts'
import { findMarketplace } from '#db/repositories/divisions.ts'
import { toListing, type ListingRow } from '#db/repositories/listings.ts'
import type { SearchDocument } from '../search.ts'

/**
 * What is listed: one document for each span of days in which one wording of a code stands, so that a wording is found
 * from its first day to its last without anybody having to tell the index on that morning.
 *
 * @param subjects listing codes
 */
export async function serviceDocuments(db: Database, subjects: readonly string[]): Promise<SearchDocument<'service'>[]> {
  const [marketplace, categories] = await Promise.all([findMarketplace(db), listCategories(db)])
  if (!marketplace) return []
  const rows: ListingRow[] = await db('listings').whereIn('code', [...subjects]).whereIn('division_code', chainOf(marketplace.divisionCode)).orderBy(['code', 'in_force_from'])
  const groups = new Map(categories.map(({ code, name }) => [code, name]))
  const wordings = Map.groupBy(rows.map(toListing), ({ code }) => code)
  return [...wordings.values()].flatMap((ofCode) => spansOf(ofCode).map((span) => documentOf(span, groups)))
}

/** Listing codes behind `after` in their order (`''` begins), each once, at most `limit`, of every division and every time. */
export function serviceSubjects(db: Database, { after, limit }: { after: string; limit: number }): PromiseLike<string[]> {
  return db('listings').distinct('code').where('code', '>', after).orderBy('code').limit(limit).pluck('code')
}

export type Span = { wording: Listing; from: string; until: string | null }

/** The days in which each wording of one code is the one that stands: where city and county both word it, the county's. */
export function spansOf(wordings: readonly Listing[]): Span[] {
  const days = [...new Set(wordings.flatMap(({ inForceFrom, inForceUntil }) => (inForceUntil ? [inForceFrom, inForceUntil] : [inForceFrom])))].sort()
  const spans: Span[] = []
  for (const [place, from] of days.entries()) {
    const standing = wordings.filter((one) => one.inForceFrom <= from && (one.inForceUntil === null || from < one.inForceUntil)).sort((one, other) => (one.divisionCode < other.divisionCode ? 1 : -1))[0]
    if (!standing || standing.removed) continue
    const until = days[place + 1] ?? null
    const before = spans.at(-1)
    if (before?.wording === standing && before.until === from) before.until = until
    else spans.push({ wording: standing, from, until })
  }
  return spans
}

function documentOf({ wording, from, until }: Span, groups: ReadonlyMap<string, string>): SearchDocument<'service'> {
  const { code, name, aliases, nature, categoryCode, rules, details } = wording
  const group = categoryCode?.slice(0, 2)
  const kind = categoryCode && groups.get(categoryCode)
  const texts = [kind, rules.material?.name, details.approvalItem, details.department, group && groups.get(group)]
  return {
    kind: 'service',
    id: `${code}/${from}`,
    subject: code,
    title: name,
    names: [name, ...aliases],
    texts: texts.filter((text) => typeof text === 'string'),
    code,
    facets: [...(group ? [{ name: 'category' as const, value: group, label: groups.get(group) ?? group }] : []), { name: 'nature', value: nature, label: null }],
    from,
    until,
    closesAt: null,
    bindsAt: null,
    outcome: null,
    newest: new Date(`${from}T00:00:00Z`),
    shown: { code, nature, rules: { bases: rules.bases, commissioner: rules.commissioner, selfPrepare: rules.selfPrepare }, item: details.approvalItem, sample: details.sample },
  }
}
