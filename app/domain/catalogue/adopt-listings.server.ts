import { transact } from '#db/client.ts'
import { memberWho, type Member } from '../accounts/actor.ts'
import type { Day } from '../calendar.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import type { CatalogueVersion } from './catalogue.ts'
import { changeCatalogue } from './change-catalogue.server.ts'
import { usableBases } from './basis.ts'
import type { ListingWording } from './listing.ts'

type Adopting = { divisionCode: string; from: Day; note: string; wordings: readonly ListingWording[]; retiring?: readonly string[] }

/**
 * The regulator's manager puts services on its own division's list, from a day that has not passed.
 * A wording of a code that is listed already ends the earlier one on that day. All of it is one new version.
 *
 * @throws Refusal `accounts.not-allowed` (not its manager), `catalogue.other-division` (403), `catalogue.statutory-needs-basis`,
 * `catalogue.from-the-past`, `catalogue.same-day`, `catalogue.later-wording`
 */
export async function adoptListings(context: Context, { divisionCode, from, note, wordings, retiring = [] }: Adopting): Promise<CatalogueVersion> {
  const actor = governorOf(context, 'adopt:listing', divisionCode)
  for (const { nature, rules, name } of wordings) {
    // 优化营商环境条例 43: without one of these the service may be bought, so it is listed as what it is.
    if (nature === 'statutory' && usableBases(rules.bases, from).length === 0) throw new Refusal('invalid', 'catalogue.statutory-needs-basis', { params: { name }, field: 'nature' })
  }
  return transact(context.db, (trx) => changeCatalogue(trx, { ...context, actor }, { divisionCode, from, note, adopted: wordings, retired: retiring }))
}

/** The actor, if it governs this division's list. */
export function governorOf(context: Context, permission: 'adopt:listing' | 'retire:listing', divisionCode: string): Member {
  const actor = memberWho(context.actor, permission)
  if (actor.divisionCode !== divisionCode) throw new Refusal('forbidden', 'catalogue.other-division')
  return actor
}
