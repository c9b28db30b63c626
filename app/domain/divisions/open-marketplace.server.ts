import { transact } from '#db/client.ts'
import { findDivision, insertMarketplace, type Marketplace } from '#db/repositories/divisions.ts'
import { dayOf, type Day } from '../calendar.ts'
import type { Context } from '../context.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { DivisionCode, isPlace } from './division.ts'

/** `on` is the day it opens, today in Beijing unless said; a demo marketplace counts some periods in seconds. */
type Opening = { divisionCode: string; on?: Day | undefined; demo?: boolean }

/**
 * Opens the marketplace of a province, a city or a county. It is done from the operator's command line or by seeds,
 * that is by the system itself, and stands in the ledger; the list, the offices and everybody else come afterwards.
 *
 * @throws Refusal `accounts.not-allowed` to everybody but the system; `catalogue.division-malformed`, `catalogue.division-unknown`,
 * `catalogue.division-no-place`, `catalogue.opens-in-the-past`; `catalogue.already-open` (409)
 */
export async function openMarketplace(context: Context, { divisionCode, on, demo = false }: Opening): Promise<Marketplace & { ledger: LedgerReference }> {
  if (context.actor.kind !== 'system') throw new Refusal('forbidden', 'accounts.not-allowed')
  if (!DivisionCode.safeParse(divisionCode).success) throw new Refusal('invalid', 'catalogue.division-malformed', { field: 'divisionCode' })
  return transact(context.db, async (trx) => {
    const division = await findDivision(trx, divisionCode)
    if (!division) throw new Refusal('invalid', 'catalogue.division-unknown', { field: 'divisionCode' })
    if (!isPlace(division)) throw new Refusal('invalid', 'catalogue.division-no-place', { params: { name: division.name }, field: 'divisionCode' })
    const at = await context.clock.read(trx)
    const openedOn = on ?? dayOf(at)
    // An opening that reaches back would give yesterday a marketplace that nobody could have seen.
    if (openedOn < dayOf(at)) throw new Refusal('invalid', 'catalogue.opens-in-the-past', { field: 'on' })
    const marketplace = { divisionCode, divisionName: division.name, openedOn, demo }
    if (!(await insertMarketplace(trx, marketplace))) throw new Refusal('conflict', 'catalogue.already-open', { params: { name: division.name } })
    const ledger = await tell(trx, context, {
      at,
      act: 'open:marketplace',
      kind: 'marketplace.opened',
      subject: divisionCode,
      divisionCode,
      facts: { name: division.name, openedOn, demo },
      event: { type: 'marketplace.opened.v1', data: { division: divisionCode, openedOn, demo } },
    })
    return { ...marketplace, ledger }
  })
}
