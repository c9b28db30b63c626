import { findMarketplace, listDivisionsBelow, findDivision } from '#db/repositories/divisions.ts'
import { findListing, listListings } from '#db/repositories/listings.ts'
import { memberWho } from '../accounts/actor.ts'
import { dayOf } from '../calendar.ts'
import type { Listing } from '../catalogue/listing.ts'
import type { Context } from '../context.ts'
import type { Division } from '../divisions/division.ts'

const MOST_FOUND = 20

type Choice = Pick<Listing, 'code' | 'name' | 'nature' | 'divisionCode'>

/**
 * What the form of an offering needs: the service if one is chosen, else what the words find; and where one can serve.
 *
 * @returns `chosen` null when nothing is chosen or the code is not on today's list
 */
export async function prepareOffering(context: Context, { code, words }: { code?: string; words?: string }): Promise<{ chosen: Choice | null; found: Choice[]; divisions: Division[] }> {
  memberWho(context.actor, 'offer:service')
  const [at, marketplace] = await Promise.all([context.clock.read(context.db), findMarketplace(context.db)])
  if (!marketplace) return { chosen: null, found: [], divisions: [] }
  const { divisionCode } = marketplace
  const on = dayOf(at)
  const [chosen, found, own, below] = await Promise.all([
    code ? findListing(context.db, { code: code.toUpperCase(), divisionCode, on }) : undefined,
    code ? [] : listListings(context.db, { divisionCode, on, filters: words ? { words } : {}, limit: MOST_FOUND }),
    findDivision(context.db, divisionCode),
    listDivisionsBelow(context.db, divisionCode),
  ])
  return { chosen: chosen ?? null, found, divisions: [...(own ? [own] : []), ...below] }
}
