import { openSearch } from '#search/search.ts'
import type { Context } from '../context.ts'
import { KINDS, WAYS, type Hit } from './found.ts'

const MOST = 8
const OF_EACH = 4

/**
 * What somebody who is still typing may mean, the best first: at most eight, of no kind more than four.
 * What fits only roughly is left out unless nothing else is there. Anybody may ask.
 */
export async function suggest({ db, clock }: Context, { text }: { text: string }): Promise<Hit[]> {
  const { hits, near } = await openSearch(db).find({ text, kind: null, filters: {}, page: 1, limit: OF_EACH, at: await clock.read(db) })
  const fitting = near ? hits : hits.filter(({ way }) => way !== 'near')
  return fitting.toSorted((one, other) => WAYS.indexOf(one.way) - WAYS.indexOf(other.way) || KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind)).slice(0, MOST)
}
