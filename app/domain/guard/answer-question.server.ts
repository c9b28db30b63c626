import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { networkOf, throttle } from '#app/domain/accounts/throttle.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { conditionFacts } from './conditions.ts'
import type { Demand } from './demand.ts'
import { gatherFacts } from './gather-facts.server.ts'
import { judge } from './guard.ts'
import type { Judgement, Match } from './judgement.ts'

export type Question = Omit<Demand, 'authority' | 'caseNumber'>

export type QuestionAnswered = Judgement & {
  match: Match
  listing: { code: string; name: string; nature: string; freeDownload: string | null } | null
  approvalItem: { code: string; name: string } | null
  catalogueVersion: number
  /** The facts of a project that this service's rules ask about, whether known or not. */
  asks: string[]
}

/**
 * Anybody asks whether something may be demanded. Nothing is recorded; how often one address may ask is limited.
 *
 * @param ip where the question comes from
 * @throws Refusal `accounts.too-many`, `guard.day-ahead`
 */
export async function answerQuestion({ db, clock }: Context, { question, divisionCode, ip }: { question: Question; divisionCode: string; ip: string }): Promise<QuestionAnswered> {
  await throttle(db, 'ask-address', networkOf(ip))
  const today = dayOf(await clock.read(db))
  if (question.demandedOn > today) throw new Refusal('invalid', 'guard.day-ahead', { params: { day: today }, field: 'demandedOn' })
  const { facts, demand } = await gatherFacts(db, { ...question, authority: '', caseNumber: null }, { divisionCode, authorityId: null, idempotency: null })
  const { listing, match, approvalItem, catalogueVersion } = facts
  // Who does not name the approval asks about the one the service is listed for.
  const approval = question.approvalItem || (listing?.approvalItems[0] ?? listing?.details.approvalItem ?? '')
  return {
    ...judge({ ...demand, approvalItem: approval }, facts),
    match,
    listing: listing && { code: listing.code, name: listing.name, nature: listing.nature, freeDownload: listing.rules.freeDownload },
    approvalItem,
    catalogueVersion,
    asks: listing ? conditionFacts(listing.rules) : [],
  }
}
