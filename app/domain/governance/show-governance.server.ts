import { listCategories } from '#db/repositories/categories.ts'
import { listVersions } from '#db/repositories/catalogue-versions.ts'
import { findDivision } from '#db/repositories/divisions.ts'
import { findProposal, listProposals } from '#db/repositories/list-proposals.ts'
import { findListing, listListings } from '#db/repositories/listings.ts'
import { memberWho } from '../accounts/actor.ts'
import { dayOf, type Day } from '../calendar.ts'
import type { CatalogueVersion } from '../catalogue/catalogue.ts'
import type { Category } from '../catalogue/category.ts'
import { headlineOf, isDemandable } from '../catalogue/demandability.ts'
import type { Listing, ListingWording } from '../catalogue/listing.ts'
import type { Context } from '../context.ts'
import { parentCodeOf } from '../divisions/division.ts'
import { isOver } from './proposal.ts'
import { lineOf, showDraftProposal, type ProposalLine, type ShownDraft } from './show-proposal.server.ts'

const LATEST = 5
const A_PAGE = 20

export type Governance = {
  divisionName: string
  drafts: ProposalLine[]
  proposals: ProposalLine[]
  versions: (CatalogueVersion & { begun: number; ended: number })[]
  demandable: Listing[]
  next: string | null
  today: Day
}

/**
 * What a regulator governs: drafts, proposals on their way, the latest versions of its list and, page by page, what may be demanded today.
 *
 * @param after the last code of the page before
 */
export async function showGovernance(context: Context, { after }: { after?: string | undefined } = {}): Promise<Governance> {
  const { db } = context
  const { divisionCode } = memberWho(context.actor, 'propose:listing')
  const [at, division, versions, drafts, proposals] = await Promise.all([
    context.clock.read(db),
    findDivision(db, divisionCode),
    listVersions(db, divisionCode, LATEST),
    listProposals(db, { divisionCode, drafts: true, limit: A_PAGE }),
    listProposals(db, { divisionCode, limit: A_PAGE }),
  ])
  const today = dayOf(at)
  const statutory = await listListings(db, { divisionCode, on: today, filters: { nature: 'statutory' }, limit: A_PAGE + 1, ...(after !== undefined && { after }) })
  const page = statutory.slice(0, A_PAGE)
  const lines = proposals.map((one) => lineOf(one, at))
  return {
    divisionName: division?.name ?? divisionCode,
    drafts: drafts.map((one) => lineOf(one, at)),
    // What runs stands first; of what is over the latest are enough, all of it is public.
    proposals: [...lines.filter(({ state }) => !isOver(state)), ...lines.filter(({ state }) => isOver(state)).slice(0, LATEST)],
    versions,
    demandable: page.filter((listing) => isDemandable(headlineOf(listing, today))),
    next: statutory.length > A_PAGE ? page.at(-1)!.code : null,
    today,
  }
}

export type Drafting = ShownDraft & { categories: Category[]; before: ListingWording | null; reason: string | null }

/** What the form for one wording of a draft needs; with a code, what the draft says of it already, else the wording that holds today. */
export async function prepareWording(context: Context, { id, code }: { id: string; code?: string | undefined }): Promise<Drafting> {
  const { db } = context
  const shown = await showDraftProposal(context, id)
  const today = dayOf(await context.clock.read(db))
  const parent = parentCodeOf(shown.draft.divisionCode)
  const [categories, proposal, standing, above] = await Promise.all([listCategories(db), findProposal(db, { id }), code === undefined ? undefined : findListing(db, { code, divisionCode: shown.draft.divisionCode, on: today }), code === undefined || parent === null ? undefined : findListing(db, { code, divisionCode: parent, on: today })])
  const drafted = proposal?.entries.find((entry) => entry.code === code && entry.wording)
  return { ...shown, categories, before: drafted?.wording ?? standing ?? above ?? null, reason: drafted?.reason ?? null }
}

/** What a proposal that begins with one service needs to know of it: its name, or null where nothing of that code is in force. */
export async function prepareProposal(context: Context, { code }: { code?: string | undefined }): Promise<{ listing: { code: string; name: string } | null }> {
  const { db } = context
  const { divisionCode } = memberWho(context.actor, 'propose:listing')
  const listing = code === undefined ? undefined : await findListing(db, { code, divisionCode, on: dayOf(await context.clock.read(db)) })
  return { listing: listing ? { code: listing.code, name: listing.name } : null }
}
