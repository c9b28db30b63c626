import type { Context } from '../context.ts'
import { adoptListing } from './adopt-listing.server.ts'
import type { WordingForm } from './wording-form.ts'

const REHEARSED = new Error('Everything holds; nothing is written.')

/**
 * Asks whether a wording could be listed as it stands, by every rule that `adoptListing` has, and writes nothing.
 *
 * @throws Refusal those of `adoptListing`
 */
export async function rehearseAdoption(context: Context, form: WordingForm): Promise<void> {
  try {
    await context.db.transaction(async (trx) => {
      await adoptListing({ ...context, db: trx }, form)
      throw REHEARSED
    })
  } catch (error) {
    if (error !== REHEARSED) throw error
  }
}
