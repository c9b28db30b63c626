import { transact } from '#db/client.ts'
import { listWordings } from '#db/repositories/listings.ts'
import type { Day } from '../calendar.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { governorOf } from './adopt-listings.server.ts'
import type { CatalogueVersion } from './catalogue.ts'
import { changeCatalogue } from './change-catalogue.server.ts'

type Retiring = { divisionCode: string; code: string; from: Day; note: string }

/**
 * The regulator's manager takes a service off its own division's list, from a day that has not passed.
 * From that day nobody may demand it and nobody can publish a tender for it; tenders published before run on.
 *
 * @throws Refusal `catalogue.unknown` (404), `accounts.not-allowed`, `catalogue.other-division` (403), `catalogue.not-listed`,
 * `catalogue.from-the-past`, `catalogue.same-day`, `catalogue.later-wording`
 */
export async function retireListing(context: Context, { divisionCode, code, from, note }: Retiring): Promise<CatalogueVersion> {
  const actor = governorOf(context, 'retire:listing', divisionCode)
  return transact(context.db, async (trx) => {
    const wordings = await listWordings(trx, { code, divisionCode })
    if (wordings.length === 0) throw new Refusal('missing', 'catalogue.unknown')
    if (!wordings.some((wording) => wording.divisionCode === divisionCode)) throw new Refusal('forbidden', 'catalogue.other-division')
    return changeCatalogue(trx, { ...context, actor }, { divisionCode, from, note, adopted: [], retired: [code] })
  })
}
