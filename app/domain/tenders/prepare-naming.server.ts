import { memberWho } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { findListing } from '#db/repositories/listings.ts'
import { listNameable } from '#db/views/nameable.ts'
import { findTenderProject } from '#db/views/tender-form.ts'

const MOST = 300

/**
 * Whom an owner may name for a purchase: eligible agencies by name, at most three hundred; whoever is behind them is found
 * by typing the code. Somebody else's project has none.
 */
export async function prepareNaming({ db, clock, actor }: Context, { projectCode, listingCode }: { projectCode: string; listingCode: string }): Promise<{ uscc: string; name: string }[]> {
  const { organisationId: ownerId } = memberWho(actor, 'draft:tender')
  const [at, project] = await Promise.all([clock.read(db), findTenderProject(db, projectCode)])
  if (project?.ownerId !== ownerId) return []
  const listing = await findListing(db, { code: listingCode, divisionCode: project.divisionCode, on: dayOf(at) })
  if (!listing) return []
  const found = await listNameable(db, { ownerId, divisionCode: project.divisionCode, listing, projectCode, at, limit: MOST })
  return found.map(({ uscc, name }) => ({ uscc, name }))
}
