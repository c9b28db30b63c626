import { silenceUnder } from '#app/domain/cases/acceptance.ts'
import { can } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isTenderNumber } from '#app/domain/tenders/tender.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { findAfterAward } from '#db/views/after-award.ts'
import { findTakenResult } from '#db/views/shared-documents.ts'
import { awardedTerms, clockOf, limitsOf, sideOf, standingContract, type AfterAward } from './after-award.ts'
import { contractPeriods } from './contract.ts'
import { standingOf, type Deliverable } from './deliverable.ts'
import type { Reader, ShownAfterAward, ShownDeliverable } from './shown-award.ts'

/**
 * What came of a tender's award: contract, results and clock, as this reader may see them; null while no award binds.
 *
 * Refuses `tenders.no-such-tender`.
 */
export async function showAfterAward(context: Context, { number }: { number: string }): Promise<{ title: string; award: ShownAfterAward | null }> {
  const { db, clock } = context
  const [at, tender] = await Promise.all([clock.read(db), isTenderNumber(number) ? findTender(db, { number }) : undefined])
  if (!tender?.publication) throw new Refusal('missing', 'tenders.no-such-tender')
  const [award, calendar, policies] = await Promise.all([findAfterAward(db, { id: tender.id, at }), calendarOf(db, tender.divisionCode), policiesOf(db, tender.divisionCode, dayOf(at))])
  if (!award) return { title: tender.title, award: null }
  const reader = await readerOf(context, award, at)
  const isOpen = reader !== 'public' && reader !== 'taking'
  const { contracts, deliverables, owner, agency, landing, awardedFen: _awardedFen, ...rest } = award
  const running = clockOf(award, { now: at, silence: silenceUnder(policies), calendar })
  const { sign, signAtMost, contractFiled, contractConfirmed, acceptance, rework, returnsFree } = policies
  return {
    title: tender.title,
    award: {
      ...rest,
      at,
      reader,
      owner: owner.name,
      agency: { name: agency.name, uscc: agency.uscc },
      terms: awardedTerms(award),
      periods: contractPeriods(award.boundAt, policies, calendar),
      returnsFree: policies.returnsFree.value,
      contracts: contracts.map((one) => (isOpen ? one : { ...one, amountFen: null, document: null, refusal: null })),
      standing: standingContract(award)?.id ?? null,
      deliverables: deliverables.map((one) => shownResult(one, isOpen || (reader === 'taking' && one.acceptedAt !== null))),
      state: standingContract(award)?.confirmedAt ? standingOf(deliverables, at).state : null,
      landing: landing && isOpen ? { caseNumber: landing.caseNumber, authority: landing.authority, material: landing.material } : null,
      clock: isOpen ? running : { ...running, spans: [] },
      limits: isOpen ? limitsOf(award, { now: at, policies, calendar }) : [],
      numbers: { sign, signAtMost, contractFiled, contractConfirmed, acceptance, rework, returnsFree },
    },
  }
}

async function readerOf({ actor, db }: Context, award: AfterAward, at: Date): Promise<Reader> {
  if (actor.kind !== 'member') return 'public'
  const side = sideOf(award, actor.organisationId)
  if (side === 'owner' ? can(actor, 'draft:tender') : side === 'agency' && can(actor, 'deliver:result')) return side!
  if (actor.role === 'regulator' && isWithin(award.tender.divisionCode, actor.divisionCode)) return 'regulator'
  if (actor.role !== 'authority') return 'public'
  if (award.landing?.authorityId === actor.organisationId) return 'authority'
  const accepted = award.deliverables.find(({ acceptedAt }) => acceptedAt !== null)
  return accepted && (await findTakenResult(db, { id: accepted.id, authorityId: actor.organisationId, on: dayOf(at) })) ? 'taking' : 'public'
}

function shownResult(one: Deliverable, isOpen: boolean): ShownDeliverable {
  const secret = one.document === null
  return isOpen ? { ...one, secret } : { ...one, secret, name: null, document: null, handover: null, reasons: null, unmet: null }
}
