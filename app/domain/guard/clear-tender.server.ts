import type { Knex } from 'knex'
import { isInForce, type Listing } from '#app/domain/catalogue/listing.ts'
import type { Context } from '#app/domain/context.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import { formatYuan, type Fen } from '#app/domain/money.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { lockListing } from '#db/repositories/listings.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { lockYearTotal, yearTotalOf } from '#db/views/purchases-of-the-year.ts'
import type { Clearance, ClearanceGrounds } from './clearance.ts'
import { routeOf } from './route.ts'

type ToClear = {
  listing: Pick<Listing, 'id' | 'code'>
  project: { divisionCode: string; moneySource: 'fiscal' | 'state-owned' | 'private' }
  owner: { id: string }
  /** The most the owner pays, in fen. */
  ceilingFen: Fen
  /** The instant of the act, read after the tender was locked. */
  at: Date
}

/**
 * Clears one purchase for the market, inside the publishing transaction: locks the listing against retirement and checks
 * that it is listed (of any nature) for the project's division on this Beijing day, and that the purchase belongs here.
 *
 * @returns the only thing that publishing accepts
 * @throws Refusal `guard.not-listed-today`, `guard.other-wording` (the list has been reworded since the draft), or
 *   `guard.route-<route>`, which names where the purchase belongs
 */
export async function clearTender(trx: Knex.Transaction, _context: Context, { listing, project, owner, ceilingFen, at }: ToClear): Promise<Clearance<'publish:tender'>> {
  const day = dayOf(at)
  const { divisionCode } = project
  const locked = await lockListing(trx, { code: listing.code, divisionCode, on: day })
  if (!locked || !isInForce(locked, day) || !isWithin(divisionCode, locked.divisionCode)) throw new Refusal('conflict', 'guard.not-listed-today', { params: { code: listing.code, day } })
  if (locked.id !== listing.id) throw new Refusal('conflict', 'guard.other-wording', { params: { code: listing.code, day: locked.inForceFrom } })

  const year = { ownerId: owner.id, categoryCode: locked.categoryCode, listingCode: locked.code, year: Number(day.slice(0, 4)) }
  await lockYearTotal(trx, year)
  const yearTotalFen = await yearTotalOf(trx, year)
  const purchase = { categoryCode: locked.categoryCode, moneySource: project.moneySource, ceilingFen, yearTotalFen, exemption: null }
  const { route, sumFen, limitFen } = routeOf(purchase, await policiesOf(trx, divisionCode, day))
  if (route !== 'marketplace' && route !== 'free') {
    throw new Refusal('conflict', `guard.route-${route}`, { params: { sum: formatYuan(sumFen), limit: limitFen === null ? '' : formatYuan(limitFen) } })
  }
  const grounds: ClearanceGrounds<'publish:tender'> = {
    act: 'publish:tender',
    listingId: locked.id,
    listingCode: locked.code,
    listingVersion: locked.sinceVersion,
    divisionCode,
    day,
    route: 'marketplace',
    obliged: route === 'marketplace',
    ceilingFen,
    yearTotalFen,
  }
  mustBeInOrder(grounds, locked)
  return grounds
}

/** The one mint. It states to the compiler what was just checked, and checks it: a slip above becomes a bug, never a clearance. */
function mustBeInOrder(grounds: ClearanceGrounds<'publish:tender'>, listing: Listing): asserts grounds is Clearance<'publish:tender'> {
  const inOrder = grounds.listingId === listing.id && isInForce(listing, grounds.day) && isWithin(grounds.divisionCode, listing.divisionCode)
  if (!inOrder) throw new Error('A clearance was about to be minted for something that was not checked.')
}
