import type { Knex } from 'knex'
import { dayOf, endOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import type { Policies } from '#app/domain/divisions/policy.ts'
import { DrawTerms, drawTerms, type Randomness } from '#app/domain/draw/terms.ts'
import { markDevice } from '#app/domain/accounts/mark-device.server.ts'
import { clearTender } from '#app/domain/guard/clear-tender.server.ts'
import { mustNotBeGivenAway } from '#app/domain/projects/given-away.server.ts'
import { SUITE } from '#app/domain/ledger/canonical.ts'
import { platformHolder } from '#app/domain/ledger/sealing-key.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { formatYuan } from '#app/domain/money.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { findMarketplace } from '#db/repositories/divisions.ts'
import { findRegulatorKey, listHolderKeys } from '#db/repositories/holder-keys.ts'
import { findWording } from '#db/repositories/listings.ts'
import { listQualificationKinds } from '#db/repositories/qualifications.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { findTender, nextTenderNumber, saveTender } from '#db/repositories/tenders.ts'
import { findEntryBodies } from '#db/views/draw-entries.ts'
import { findTenderProject, type TenderProject } from '#db/views/tender-form.ts'
import { findNamed, type Nameable } from '#db/views/nameable.ts'
import { asksNothing, mustStillBeRequirable } from './conditions.ts'
import { missingFrom } from './draft.ts'
import { mustAllowDirect, mustHoldTogether } from './fill-draft.server.ts'
import { lockOwnTender } from './own-draft.server.ts'
import { announceBy, questionsUntil } from './life.ts'
import { sizesFault } from './by-credit.ts'
import { whyNotMethod } from './open-methods.ts'
import { drawsAfterOf } from './draws-after.ts'
import { procedureUnder } from './procedure-under.ts'
import type { SealedProcedure } from './procedure.ts'
import { publish, type Sealing, type Tender } from './tender.ts'
import { whyNotTwoKeys } from './two-keys-rule.ts'

/**
 * Publishes one's own draft: clears it for the market, gives it a number, fixes its dates by the division's policy and
 * calendar, and commits in the ledger to the rules of its draw and to the secret behind it. A direct selection has no draw:
 * its publication names the agency, the reason and the deadline.
 *
 * Refuses `tenders.no-such-tender`, `tenders.not-a-draft`, `drafts.incomplete`, `disputes.given-away`, `drafts.direct-…`, `agencies.qualification-…`, and whatever the clearance refuses: `guard.not-listed-today`,
 * `guard.other-wording`, `guard.route-<route>`; and `tenders.source-too-weak` where the sum is too large for a draw that the
 * platform could influence (docs/verification.md says why), `tenders.source-not-available` where no mirror of drand is configured,
 * `tenders.algorithm-needs-numbers` where policy wants RFC 3797 without numbers from outside; `keys.owner-none`, `keys.regulator-none` where
 * prices are to be sealed in shares and a holder has no key, `keys.closed`.
 */
export async function publishTender(context: Context, { id }: { id: string }): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const { tender, member } = await lockOwnTender(trx, context, { id, permission: 'publish:tender' })
    const at = await context.clock.read(trx)
    if (tender.publication || tender.discardedAt) throw new Refusal('conflict', 'tenders.not-a-draft')
    if (missingFrom(tender).length) throw new Refusal('conflict', 'drafts.incomplete')
    await mustNotBeGivenAway(trx, { code: tender.projectCode, registrantId: tender.ownerId })
    const [listing, project] = [(await findWording(trx, tender.listingId))!, (await findTenderProject(trx, tender.projectCode))!]
    const clearance = await clearTender(trx, context, { listing, project, owner: { id: tender.ownerId }, ceilingFen: tender.ceilingFen, at })

    const policies = await policiesOf(trx, tender.divisionCode, dayOf(at))
    const calendar = await calendarOf(trx, tender.divisionCode)
    const number = await nextTenderNumber(trx, tender.divisionCode, Number(dayOf(at).slice(0, 4)))
    const earlier = tender.republishesId ? await findTender(trx, { id: tender.republishesId }) : undefined
    const named = tender.method === 'direct' ? await mustName(trx, tender, { listing, project, policies, at }) : null
    const demo = (await findMarketplace(trx, tender.divisionCode))?.demo ?? false
    if (tender.merit) mustHoldTogether(tender.merit, policies)
    const procedure = procedureUnder(policies, { method: tender.method, quote: tender.quote, tie: tender.tie, twoKeys: tender.twoKeys, auctionRule: tender.auctionRule, sizes: tender.sizes, merit: tender.merit, ceilingFen: tender.ceilingFen, demo })
    const closesAt = endOf(at, procedure.application, calendar).at
    const drawsAfter = drawsAfterOf(procedure, closesAt, calendar)
    const closed = tender.method === 'direct' ? null : whyNotMethod(policies, { method: tender.method, categoryCode: listing.categoryCode })
    if (closed) throw new Refusal('conflict', closed)
    const creditFault = tender.method === 'credit-shortlist' ? sizesFault(tender.sizes!, policies)?.code : null
    if (creditFault) throw new Refusal('conflict', creditFault, { params: { most: policies.smallListMost.value } })
    // A law may have let go of a certificate since it was asked for.
    if (!asksNothing(tender.conditions)) mustStillBeRequirable(tender.conditions, await listQualificationKinds(trx))
    const randomness = procedure.method === 'direct' ? null : procedure.randomness
    if (randomness) mustBeStrongEnough(tender, { policies, demo, randomness, mirrors: context.mirrors ?? [] })
    const terms = drawsAfter && randomness && drawTerms(context.keyring, { tender: number, closesAt, drawsAfter, randomness, earlier: earlier && (await drawBefore(trx, earlier)) })

    const sealing = procedure.sealed ? await sealingOf(trx, context, { tender, number, procedure, at }) : null

    const judging = tender.merit && { wanted: tender.merit.judges, declared: 0, committed: 0, sheetsDue: null, silentDue: null, revealedAt: null, decidesAfter: null }

    const published = publish(tender, clearance, at, {
      number,
      publishedBy: member.accountId,
      closesAt,
      questionsUntil: questionsUntil({ publishedAt: at, closesAt }, procedure.life, calendar),
      drawsAfter,
      announceBy: announceBy({ closesAt, drawsAfter }, procedure, calendar),
      procedure,
      drawSource: terms?.source ?? null,
      drawCommitment: terms?.commitment ?? null,
      sealing,
    })
    const facts = {
      title: tender.title,
      listing: clearance.listingCode,
      listingVersion: clearance.listingVersion,
      project: tender.projectCode,
      // A natural person's name is not for a record that nothing can be struck from.
      owner: member.uscc,
      ceilingFen: tender.ceilingFen,
      serviceDays: tender.serviceDays,
      route: clearance.route,
      republishes: earlier?.publication?.number ?? null,
      ...(!asksNothing(tender.conditions) && { conditions: tender.conditions }),
      ...(named && { named: named.uscc, reason: tender.directReason, closesAt: closesAt.toISOString() }),
    }
    const ledger = await tell(trx, context, {
      at,
      act: 'publish:tender',
      kind: 'tender.published',
      subject: number,
      divisionCode: tender.divisionCode,
      facts: { ...facts, procedure, ...(terms && { draw: terms }), ...(sealing && { sealing }) },
      concealed: { requirements: tender.requirements, ...(tender.deliverables && { deliverables: tender.deliverables }), ...(tender.contact && { contact: tender.contact }) },
      event: { type: 'marketplace.tender.published.v1', data: { tender: number, ...facts, closesAt: closesAt.toISOString() } },
    })
    const kept = { ...published, judging, publicationEntry: ledger.entry }
    await saveTender(trx, kept)
    await markDevice(trx, context, { tender, number, organisationId: tender.ownerId, at })
    return kept
  })
}

/** To whom bids will be sealed: to the platform, or in shares to owner, regulator and platform, each by its own key of the day. */
async function sealingOf(trx: Knex.Transaction, { keyring }: Context, { tender: { ownerId, divisionCode, method, twoKeys }, number, procedure: { sealing }, at }: { tender: Tender; number: string; procedure: SealedProcedure; at: Date }): Promise<Sealing> {
  const platform = platformHolder(keyring, number)
  if (!sealing) return { suite: SUITE, holders: [platform] }
  const fault = twoKeys ? whyNotTwoKeys(await policiesOf(trx, divisionCode, dayOf(at)), method) : null
  if (fault) throw new Refusal('conflict', fault)
  const [[own], regulator] = [await listHolderKeys(trx, ownerId), await findRegulatorKey(trx, { divisionCode, ownerId, at })]
  if (!own) throw new Refusal('conflict', 'keys.owner-none')
  if (!regulator) throw new Refusal('conflict', 'keys.regulator-none')
  return { suite: SUITE, holders: [{ id: 'owner', publicKey: own.publicKey }, { id: 'regulator', publicKey: regulator.publicKey }, platform], threshold: sealing.threshold }
}

/** The agency that may be named still, under the rules of the day of publication. */
async function mustName(trx: Knex.Transaction, tender: Tender, { listing, project, policies, at }: { listing: { id: string; code: string; categoryCode: string | null }; project: Pick<TenderProject, 'moneySource'>; policies: Policies; at: Date }): Promise<Nameable> {
  const { ownerId, divisionCode, projectCode, conditions, ceilingFen, namedAgencyId } = tender
  await mustAllowDirect(trx, { ownerId, ceilingFen, policies, listing, project, at })
  const named = await findNamed(trx, { ownerId, divisionCode, listing, projectCode, conditions, at, agencyId: namedAgencyId! })
  if (!named) throw new Refusal('conflict', 'drafts.no-such-agency')
  return named
}

/** Much money is not drawn for by what the platform itself could influence; and a source is promised only where it can be read. */
function mustBeStrongEnough(tender: Tender, { policies, demo, randomness, mirrors }: { policies: Policies; demo: boolean; randomness: Randomness; mirrors: readonly string[] }): void {
  if (randomness.source === 'drand' && mirrors.length === 0) throw new Refusal('conflict', 'tenders.source-not-available')
  if (randomness.rules === 'rfc3797' && randomness.source === 'local') throw new Refusal('conflict', 'tenders.algorithm-needs-numbers')
  if (randomness.source === 'local' && !demo && tender.ceilingFen > policies.localDrawCeiling.value) {
    throw new Refusal('conflict', 'tenders.source-too-weak', { params: { limit: formatYuan(policies.localDrawCeiling.value) } })
  }
}

/** Which number the draw before had, and which tender was the first of the row. */
async function drawBefore(trx: Parameters<typeof findEntryBodies>[0], { publication, publicationEntry }: Tender): Promise<{ number: number; first: { tender: string; entry: string } }> {
  const body = (await findEntryBodies(trx, [publicationEntry!])).get(publicationEntry!)!
  const { number, first } = DrawTerms.parse((JSON.parse(body) as { facts: { draw: unknown } }).facts.draw)
  return { number, first: first ?? { tender: publication!.number, entry: publicationEntry! } }
}
