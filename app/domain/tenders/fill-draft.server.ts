import type { Knex } from 'knex'
import type { Member } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { mustNotBeGivenAway } from '#app/domain/projects/given-away.server.ts'
import type { Policies } from '#app/domain/divisions/policy.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { findListing } from '#db/repositories/listings.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { listQualificationKinds } from '#db/repositories/qualifications.ts'
import { findNameable } from '#db/views/nameable.ts'
import { directTotalOf } from '#db/views/purchases-of-the-year.ts'
import { findTenderProject, isAuthority, type TenderProject } from '#db/views/tender-form.ts'
import { conditionsOf } from './conditions.ts'
import { usccIn, whyNotDirect, type DirectFault } from './direct.ts'
import { meritOf } from './draft-merit.ts'
import { auctionRuleOf, missingIn, quoteRuleOf, type TenderDraft } from './draft.ts'
import { sizesFault } from './by-credit.ts'
import { meritFault, type Merit } from './merit.ts'
import { whyNotMethod } from './open-methods.ts'
import { isPriced, namesPrice } from './priced.ts'
import { sizesUnder } from './procedure-under.ts'
import { formatYuan } from '#app/domain/money.ts'
import { mostStep } from './auction.ts'
import type { Tender } from './tender.ts'
import { whyNotTwoKeys } from './two-keys-rule.ts'

type Filled = Pick<Tender, 'projectCode' | 'listingId' | 'divisionCode' | 'title' | 'requirements' | 'contact' | 'deliverables' | 'serviceDays' | 'ceilingFen' | 'method' | 'quote' | 'tie' | 'twoKeys' | 'auctionRule' | 'sizes' | 'merit' | 'conditions' | 'namedAgencyId' | 'directReason'>

/**
 * What a filled-in form says as facts of a tender: the project is the owner's, the service is listed there today, the
 * method is open, and an agency that is named may be named.
 *
 * Refuses at the field `tenders.no-such-project`, `tenders.no-such-listing`, `tenders.method-not-open`, `drafts.price-alone`, `drafts.direct-…`,
 * `disputes.given-away`, `drafts.no-such-agency`, `auction.step-large`, `credit.small-list`, `credit.big-list`, `keys.method`, `keys.closed`, and what {@link conditionsOf} refuses.
 */
export async function fillDraft(trx: Knex.Transaction, member: Member, draft: TenderDraft, at: Date): Promise<Filled> {
  const project = await findTenderProject(trx, draft.projectCode)
  if (!project || project.ownerId !== member.organisationId) throw new Refusal('invalid', 'tenders.no-such-project', { field: 'projectCode' })
  await mustNotBeGivenAway(trx, { code: project.code, registrantId: member.organisationId }, 'projectCode')
  const listing = await findListing(trx, { code: draft.listingCode, divisionCode: project.divisionCode, on: dayOf(at) })
  if (!listing) throw new Refusal('invalid', 'tenders.no-such-listing', { field: 'listingCode' })
  const { divisionCode } = project
  const policies = await policiesOf(trx, divisionCode, dayOf(at))
  // Naming an agency is asked with its sum below.
  const closed = draft.method === 'direct' ? null : whyNotMethod(policies, { method: draft.method, categoryCode: listing.categoryCode })
  if (closed) throw new Refusal('conflict', closed, { field: 'method' })
  const twoKeys = draft.twoKeys === 'yes'
  const unsealable = twoKeys ? whyNotTwoKeys(policies, draft.method) : null
  if (unsealable) throw new Refusal('conflict', unsealable, { field: 'twoKeys' })
  const auctionRule = draft.method === 'live-auction' ? auctionRuleOf(draft) : null
  if ((auctionRule?.stepFen ?? 0) > mostStep(draft.ceiling)) throw new Refusal('invalid', 'auction.step-large', { field: 'auctionStep', params: { most: formatYuan(mostStep(draft.ceiling)) } })
  const byCredit = draft.method === 'credit-shortlist'
  const proposed = sizesUnder(policies)
  const sizes = byCredit ? { big: draft.bigList ?? proposed.big, small: draft.smallList ?? proposed.small } : null
  const fault = sizes && sizesFault(sizes, policies)
  if (fault) throw new Refusal('invalid', fault.code, { field: fault.field, params: fault.params })
  const filled: Filled = {
    projectCode: project.code,
    listingId: listing.id,
    divisionCode,
    title: draft.title,
    requirements: draft.requirements,
    contact: draft.contact ?? '',
    deliverables: draft.deliverables ?? '',
    serviceDays: draft.serviceDays,
    ceilingFen: draft.ceiling,
    method: draft.method,
    quote: namesPrice(draft.method) ? quoteRuleOf(draft) : { kind: 'money' },
    tie: isPriced(draft.method) ? (draft.tie ?? 'draw') : 'draw',
    twoKeys,
    auctionRule,
    sizes,
    merit: draft.method === 'merit' ? meritOf(draft) : null,
    conditions: conditionsOf(draft, await listQualificationKinds(trx)),
    namedAgencyId: null,
    directReason: '',
  }
  if (filled.merit && !missingIn({ ...draft, merit: filled.merit }).some(({ field }) => field === 'criteria')) mustHoldTogether(filled.merit, policies)
  if (draft.method !== 'direct') return filled
  await mustAllowDirect(trx, { ownerId: member.organisationId, ceilingFen: draft.ceiling, policies, listing, project, at })
  const typed = draft.namedAgency ?? ''
  const named = typed ? await findNameable(trx, { ownerId: member.organisationId, divisionCode, listing, projectCode: project.code, conditions: filled.conditions, at, uscc: usccIn(typed), name: typed }) : undefined
  if (typed && !named) throw new Refusal('invalid', 'drafts.no-such-agency', { field: 'namedAgency' })
  return { ...filled, namedAgencyId: named?.id ?? null, directReason: draft.directReason ?? '' }
}

/** Refuses at its field what {@link meritFault} finds in criteria that add up: what the policy wants of them may differ from one day to the next. */
export function mustHoldTogether(merit: Merit, policies: Policies): void {
  const fault = meritFault(merit, policies)
  if (fault) throw new Refusal('conflict', fault.code, { params: fault.params, field: fault.field === 'criteria' ? 'criterion1' : fault.field })
}

type DirectPurchase = { ownerId: string; ceilingFen: number; policies: Policies; listing: { code: string; categoryCode: string | null }; project: Pick<TenderProject, 'moneySource'>; at: Date }

/** What public money of this owner has gone to named agencies for in the kind and year, in fen; null where private money buys. */
export async function directYearOf(db: Knex, { ownerId, listing, project, at }: Omit<DirectPurchase, 'ceilingFen' | 'policies'>): Promise<number | null> {
  if (project.moneySource === 'private') return null
  return directTotalOf(db, { ownerId, categoryCode: listing.categoryCode, listingCode: listing.code, year: Number(dayOf(at).slice(0, 4)) })
}

/** Refuses at `method` what {@link whyNotDirect} finds: drafting asks it, and publishing asks it again. */
export async function mustAllowDirect(trx: Knex.Transaction, purchase: DirectPurchase): Promise<void> {
  const fault = await directFault(trx, purchase)
  if (fault) throw new Refusal('conflict', fault.code, { params: fault.params, field: 'method' })
}

/** The same as an answer, for a page that shows what is open before anybody chooses. */
export async function directFault(db: Knex, purchase: DirectPurchase): Promise<DirectFault | null> {
  const { ownerId, ceilingFen, policies, listing } = purchase
  const [buyerIsAuthority, directYearFen] = await Promise.all([isAuthority(db, ownerId), directYearOf(db, purchase)])
  return whyNotDirect({ buyerIsAuthority, directYearFen, closed: whyNotMethod(policies, { method: 'direct', categoryCode: listing.categoryCode }) !== null, ceilingFen, directCeilingFen: policies.directCeiling.value })
}
