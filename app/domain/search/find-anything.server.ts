import { openSearch, type FilterChoice } from '#search/search.ts'
import { dayOf } from '../calendar.ts'
import { headlineOf } from '../catalogue/demandability.ts'
import type { Context } from '../context.ts'
import { FILTERS, type FilterName, type Filters, type Hit, type Kind, type Line, type Understood } from './found.ts'

/** Of each kind where all are shown, and on a page where one is. */
const BEST = 5
const PAGE = 20
/** Fifty pages of twenty: nobody reads further, and a deeper page costs as much as all before it. */
export const LAST_PAGE = 50

export type Asked = { text: string; kind: Kind | null; filters: Filters; page: number }

export type Answer = {
  lines: Line[]
  counts: Record<Kind, number>
  total: number
  next: number | null
  choices: { name: FilterName; chosen: string | null; options: FilterChoice[] }[]
  understood: Understood[]
  marks: string[]
  near: boolean
  /** Only the newest thousand of each kind were ranked: the word is too common to tell them apart. */
  common: boolean
}

/**
 * Finds services, agencies, tenders and results by what somebody typed: Chinese words, pinyin, initials, abbreviations, slips.
 * Anybody may; only public facts are in the index, and natural persons' names are not.
 *
 * @param asked with one `kind`, a page of twenty of it, narrowed; without, the best five of each
 */
export async function findAnything({ db, clock }: Context, { text, kind, filters, page }: Asked): Promise<Answer> {
  const at = await clock.read(db)
  const limit = kind ? PAGE : BEST
  const found = await openSearch(db).find({ text, kind, filters, page, limit, at })
  const names: readonly FilterName[] = kind ? FILTERS[kind] : []
  return {
    lines: found.hits.map((hit) => lineOf(hit, dayOf(at))),
    counts: found.counts,
    total: found.total,
    next: kind && found.total > page * limit && page < LAST_PAGE ? page + 1 : null,
    choices: names.flatMap((name) => (found.choices[name] || filters[name] ? [{ name, chosen: filters[name] ?? null, options: found.choices[name] ?? [] }] : [])),
    understood: found.understood,
    marks: found.marks,
    near: found.near,
    common: found.common,
  }
}

function lineOf(hit: Hit, on: string): Line {
  return hit.kind === 'service' ? { ...hit, headline: headlineOf({ ...hit.shown, inForceFrom: on, inForceUntil: null }, on) } : hit
}
