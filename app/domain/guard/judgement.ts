import type { Listing } from '#app/domain/catalogue/listing.ts'
import type { KnownService } from '#app/domain/catalogue/same-service.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { Demanded, DesignationKind } from './demand.ts'
import type { GivenFact } from './known-facts.ts'
import type { ProjectFacts } from '#app/domain/projects/project-facts.ts'
import type { ReasonCode } from './reasons.ts'

/** The three answers, worst first: a demand is as good as the worst thing it asks for. */
export const VERDICTS = ['refused', 'needs-facts', 'allowed'] as const
export type Verdict = (typeof VERDICTS)[number]

/** May the document itself be required? */
export type MaterialAnswer = 'may-be-required' | 'may-not-be-required'
/** May the applicant be required to commission an agency for it? */
export type CommissioningAnswer = MaterialAnswer | 'applicants-choice'

export type Alternative = 'self-prepare' | 'marketplace' | 'free-download' | 'nothing-needed'

/** What a reason speaks against: the document, the commissioning, or both. */
export type Bearing = 'material' | 'commissioning' | 'both'

export type Reason = { code: ReasonCode; bearing: Bearing; params: Record<string, string | number> }

export type NearestListing = { item: string; name: string; score: number }

/** How the demand found its listing; `score` only where words had to be compared. */
export type Match = { by: 'code' | 'material' | 'name' | 'alias' | 'score'; score: number } | null

/** A demand as the pure rule needs it, after parsing. */
export type DemandToJudge = {
  demanded: Demanded
  /** The approval item's code or name as the authority gave it. */
  approvalItem: string
  /** Who is to commission an agency: nobody (`null`) where only the document is asked for. */
  commissioner: 'applicant' | 'authority' | null
  designation: { kind: DesignationKind; agency: string | null } | null
  demandedOn: Day
}

/** A result on file, and what its service is known by. */
export type OnFile = { service: KnownService; validUntil: Day | null }

/** A document that the demand's case takes over from another one and that is in there; `service` where a listed one yields it. */
export type SharedDocument = { code: string; name: string; service: KnownService | null }

/** Everything the rule looks at; read beforehand, so that the rule itself asks nobody. */
export type GuardFacts = {
  /** The list's number on the day, in the division whose list was read; 0 where there was none yet. */
  catalogueVersion: number
  match: Match
  /** The listing in force on the day of the demand. */
  listing: Listing | null
  /** When the same service was or will be listed, if not on the day. */
  otherDays: { from: Day; until: Day | null }[]
  /** The approval item as this marketplace knows it; null where it does not. */
  approvalItem: { code: string; name: string } | null
  /** Null where no project is known: then no trigger can be answered. */
  project: ProjectFacts | null
  /** Who said each of them, and who says otherwise; the rule does not ask. */
  origins: readonly GivenFact[]
  /** Results of the same project that are still valid on the day, of whatever service. */
  deliverables: OnFile[]
  /** What the case takes over from others of the same project: asked for once, it is not asked for again. */
  shared: SharedDocument[]
  /** The services that the listing was merged into or duplicates, by code, as the reader knows them. */
  related: Record<string, string>
  /** What ties a named agency to the authority; null where nothing is known to. */
  agencyTie: 'supervised' | 'same-body' | null
  nearest: NearestListing[]
}

export type Judgement = {
  verdict: Verdict
  material: MaterialAnswer
  commissioning: CommissioningAnswer
  /** Every reason against the demand, in the order of the table of reasons; empty where it is allowed. */
  reasons: Reason[]
  /** Facts of the project that the answer hangs on and that nobody gave; `demanded.item` where words do not say for certain which listing is meant. */
  facts: string[]
  alternatives: Alternative[]
  /** A document that the applicant brings is judged by what it says, never by who wrote it. */
  document: 'to-be-accepted'
  nearest: NearestListing[]
}
