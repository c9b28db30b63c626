import type { Knex } from 'knex'
import { listApprovalItems } from '#db/repositories/approval-items.ts'
import { listCategories } from '#db/repositories/categories.ts'
import { listListings } from '#db/repositories/listings.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import type { Day } from '../calendar.ts'
import type { Listing } from '../catalogue/listing.ts'
import type { Database } from '../context.ts'
import { parentCodeOf } from '../divisions/division.ts'
import { entryFaults, type EntryFault } from './entry-faults.ts'
import type { Entry } from './proposal.ts'

/** A whole list; the largest that was published has some thousand entries. */
const WHOLE = 20_000

/** Everything that holds in a division on a day, by code: its own wordings and those of the lists above. */
export async function standingList(db: Database, divisionCode: string, on: Day): Promise<Map<string, Listing>> {
  return new Map((await listListings(db, { divisionCode, on, limit: WHOLE })).map((listing) => [listing.code, listing]))
}

/** What every entry of a division's proposals is held against on a day, in a few queries whatever their number. */
export async function gatherRules(db: Knex | Knex.Transaction, { divisionCode, on }: { divisionCode: string; on: Day }): Promise<{ standing: ReadonlyMap<string, Listing>; above: ReadonlyMap<string, Listing>; faultsOf: (entry: Pick<Entry, 'code' | 'wording' | 'before'>) => EntryFault[] }> {
  const parent = parentCodeOf(divisionCode)
  const [items, categories, policies, standing, above] = await Promise.all([listApprovalItems(db), listCategories(db), policiesOf(db, divisionCode, on), standingList(db, divisionCode, on), parent === null ? new Map<string, Listing>() : standingList(db, parent, on)])
  const known = { items: new Set(items.map(({ code }) => code)), categories: new Set(categories.map(({ code }) => code)), whoMayList: policies.whoMayList.value, divisionCode, on }
  return { standing, above, faultsOf: (entry) => entryFaults(entry, { ...known, above: above.get(entry.code) ?? null }) }
}
