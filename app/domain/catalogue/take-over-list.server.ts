import { transact } from '#db/client.ts'
import { hasAdoptedProposal } from '#db/repositories/catalogue-versions.ts'
import type { Day } from '../calendar.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { usableBases } from './basis.ts'
import type { CatalogueVersion } from './catalogue.ts'
import { changeCatalogue } from './change-catalogue.server.ts'
import type { ListingWording } from './listing.ts'

type Taken = { divisionCode: string; from: Day; note: string; wordings: readonly ListingWording[]; retiring?: readonly string[] }

/**
 * Takes over a list that a division had before its marketplace opened, by the house itself: from a day that has not passed,
 * as one new version. Once a proposal has been adopted there the list changes by proposals alone.
 *
 * @throws Refusal `accounts.not-allowed` (nobody who can sign in), `catalogue.governed`, `catalogue.statutory-needs-basis`,
 * `catalogue.from-the-past`, `catalogue.same-day`, `catalogue.later-wording`
 */
export async function takeOverList(context: Context, { divisionCode, from, note, wordings, retiring = [] }: Taken): Promise<CatalogueVersion> {
  if (context.actor.kind !== 'system') throw new Refusal('forbidden', 'accounts.not-allowed')
  mustCarry(wordings, from)
  return transact(context.db, async (trx) => {
    if (await hasAdoptedProposal(trx, divisionCode)) throw new Refusal('conflict', 'catalogue.governed')
    return changeCatalogue(trx, context, { divisionCode, from, note, adopted: wordings, retired: retiring, proposal: null })
  })
}

/** 优化营商环境条例 43: without a basis that carries it a service may be bought, so it is listed as what it is. */
function mustCarry(wordings: readonly ListingWording[], on: Day): void {
  for (const { nature, rules, name } of wordings) {
    if (nature === 'statutory' && usableBases(rules.bases, on).length === 0) throw new Refusal('invalid', 'catalogue.statutory-needs-basis', { params: { name }, field: 'nature' })
  }
}
