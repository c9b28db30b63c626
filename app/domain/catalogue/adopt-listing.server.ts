import { listApprovalItems } from '#db/repositories/approval-items.ts'
import { listCategories } from '#db/repositories/categories.ts'
import { findListing } from '#db/repositories/listings.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { adoptListings } from './adopt-listings.server.ts'
import type { CatalogueVersion } from './catalogue.ts'
import { wordingOf, type WordingForm } from './wording-form.ts'

/**
 * The regulator's manager lists or rewords one service of its own division, from a form.
 *
 * @throws Refusal `catalogue.items-unknown`, `catalogue.category-unknown`, and those of `adoptListings`
 */
export async function adoptListing(context: Context, form: WordingForm): Promise<CatalogueVersion> {
  const { divisionCode } = memberWho(context.actor, 'adopt:listing')
  const { db } = context
  const [items, categories, before] = await Promise.all([
    listApprovalItems(db, { codes: form.items }),
    listCategories(db),
    findListing(db, { code: form.code, divisionCode, on: form.from }),
  ])
  const unknown = form.items.filter((code) => !items.some((item) => item.code === code))
  if (unknown.length) throw new Refusal('invalid', 'catalogue.items-unknown', { params: { codes: unknown.join('、') }, field: 'items' })
  if (form.category !== null && !categories.some(({ code }) => code === form.category)) throw new Refusal('invalid', 'catalogue.category-unknown', { field: 'category' })
  const stages = [...new Set(items.map(({ stage }) => stage))]
  const wording = wordingOf(form, { divisionCode, stages, before: before ?? null })
  return adoptListings(context, { divisionCode, from: form.from, note: form.note, wordings: [wording] })
}
