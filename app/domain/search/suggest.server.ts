import { openSearch } from '#search/search.ts'
import type { Context } from '../context.ts'
import { KINDS, WAYS, type Hit } from './found.ts'

const MOST = 8
/** So many of a kind come before any other of its kind: a list of services alone would hide the agency that was meant. */
const FIRST = 4

/**
 * What somebody who is still typing may mean, the best first: at most eight. What fits only roughly is left out unless
 * nothing else is there. Anybody may ask.
 */
export async function suggest({ db, clock }: Pick<Context, 'db' | 'clock'>, { text }: { text: string }): Promise<Hit[]> {
  const { hits, near } = await openSearch(db).find({ text, kind: null, filters: {}, page: 1, limit: MOST, at: await clock.read(db) })
  const fitting = (near ? hits : hits.filter(({ way }) => way !== 'near')).toSorted((one, other) => WAYS.indexOf(one.way) - WAYS.indexOf(other.way) || KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind))
  const isFirst = (hit: Hit) => fitting.filter(({ kind }) => kind === hit.kind).indexOf(hit) < FIRST
  const chosen = [...fitting.filter(isFirst), ...fitting.filter((hit) => !isFirst(hit))].slice(0, MOST)
  return fitting.filter((hit) => chosen.includes(hit))
}
