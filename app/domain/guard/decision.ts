import type { LedgerReference } from '#app/domain/ledger/entry.ts'
import type { Signature } from '#app/domain/ledger/keyring.ts'
import type { Day } from '#app/domain/calendar.ts'
import { conditionFacts } from './conditions.ts'
import type { Demand } from './demand.ts'
import type { Alternative, Bearing, CommissioningAnswer, GuardFacts, Judgement, Match, MaterialAnswer, NearestListing, Reason, Verdict } from './judgement.ts'
import { worthSaying, type GivenFact } from './known-facts.ts'
import type { ReasonCode } from './reasons.ts'

/** What a reason is called in the reader's language, with the rule it comes from. */
export type Say = (reason: Reason) => { text: string; source: string }

export type SaidReason = { code: ReasonCode; text: string; source: string; bearing: Bearing; params: Record<string, string | number> }

/** The listing that a decision rests on, as far as it must be known to check the decision. */
export type UsedListing = { item: string; name: string; nature: string; divisionCode: string; inForceFrom: Day; inForceUntil: Day | null; sinceVersion: number }

/** A judgement in the names of the API's contract. */
export type Answer = {
  verdict: Verdict
  material: MaterialAnswer
  commissioning: CommissioningAnswer
  reasons: SaidReason[]
  facts: string[]
  /** By which facts of the project it was judged, who said them and when, and who says otherwise; decisions before version 1.3 have none. */
  projectFacts?: GivenFact[]
  alternatives: Alternative[]
  document: 'to-be-accepted'
  listing: UsedListing | null
  match: Match
  nearest: NearestListing[]
  catalogueVersion: number
}

/** What was demanded, as it was recorded; `givenFacts` names what the authority, and not the owner, said of the project. */
export type RecordedDemand = Omit<Demand, 'facts'> & { facts: Record<string, unknown>; givenFacts: string[] }

/** The marketplace's signed statement of what the list in force says about a demand. */
export type Decision = { id: string } & Answer & {
  demand: RecordedDemand
  /** The earlier decision that this one answers: a regulator has said what the officer's words mean. */
  answers?: string
  ledger: LedgerReference
  signature: Signature
  decidedAt: string
}

/**
 * The judgement in the names of the contract; it is neither recorded nor signed here. Of the project's facts those are named that the listing's
 * conditions or the route ask for.
 *
 * @param say gives each reason its sentence and its law, in the reader's language
 */
export function answerOf(judgement: Judgement, { listing, match, catalogueVersion, origins }: GuardFacts, say: Say): Answer {
  return {
    verdict: judgement.verdict,
    material: judgement.material,
    commissioning: judgement.commissioning,
    reasons: judgement.reasons.map((reason) => ({ code: reason.code, ...say(reason), bearing: reason.bearing, params: reason.params })),
    facts: judgement.facts,
    projectFacts: worthSaying(origins, listing ? [...conditionFacts(listing.rules), 'route.commitment'] : []),
    alternatives: judgement.alternatives,
    document: judgement.document,
    listing: listing && {
      item: listing.code,
      name: listing.name,
      nature: listing.nature,
      divisionCode: listing.divisionCode,
      inForceFrom: listing.inForceFrom,
      inForceUntil: listing.inForceUntil,
      sinceVersion: listing.sinceVersion,
    },
    match,
    nearest: judgement.nearest,
    catalogueVersion,
  }
}
