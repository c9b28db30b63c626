import { versionOn } from '#db/repositories/catalogue-versions.ts'
import { findMarketplace } from '#db/repositories/divisions.ts'
import { findProposal } from '#db/repositories/list-proposals.ts'
import { dayOf, type Day } from '../calendar.ts'
import type { ListingWording } from '../catalogue/listing.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { standingList } from './gather-rules.server.ts'
import { LIST_FORMAT, type FileItem, type ListFile } from './list-file.ts'
import { isProposalNumber } from './proposal.ts'

/**
 * The marketplace's list as it stands on a day, whole, as a file that the import reads. Anybody may have it.
 *
 * @param on today unless said
 */
export async function exportList(context: Context, { on }: { on?: Day | undefined }): Promise<ListFile> {
  const { db } = context
  const [at, marketplace] = await Promise.all([context.clock.read(db), findMarketplace(db)])
  if (!marketplace) throw new Refusal('unavailable', 'catalogue.no-marketplace')
  const { divisionCode } = marketplace
  const day = on ?? dayOf(at)
  const [standing, version] = await Promise.all([standingList(db, divisionCode, day), versionOn(db, divisionCode, day)])
  return { format: LIST_FORMAT, division: divisionCode, on: day, version, items: [...standing.values()].map((listing) => itemOf(listing)) }
}

/** What was proposed, as a file that the import reads: what leaves the list says so. Refuses `governance.no-such-proposal`. */
export async function exportProposal({ db }: Context, number: string): Promise<ListFile> {
  const proposal = isProposalNumber(number) ? await findProposal(db, { number }) : undefined
  if (!proposal?.proposedAt) throw new Refusal('missing', 'governance.no-such-proposal')
  const on = dayOf(proposal.proposedAt)
  const items = proposal.entries.map(({ wording, before, reason }): FileItem => ({ ...itemOf((wording ?? before)!), ...(wording === null && { act: 'retire' as const }), reason }))
  return { format: LIST_FORMAT, division: proposal.divisionCode, on, version: await versionOn(db, proposal.divisionCode, on), items }
}

function itemOf({ code, name, aliases, categoryCode, nature, approvalItems, stages, rules, details }: ListingWording): FileItem {
  return { code, name, aliases, categoryCode, nature, approvalItems, stages, rules, details }
}
