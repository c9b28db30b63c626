import type { Listing } from '#app/domain/catalogue/listing.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { Scope } from '#app/domain/accounts/permissions.ts'
import type { DemandedCase } from '#app/domain/guard/case-demand.ts'
import type { OnFile, SharedDocument } from '#app/domain/guard/judgement.ts'
import type { RecordedFacts } from '#app/domain/guard/known-facts.ts'

/** What the guard asks its one read for. */
export type WantedFacts = {
  divisionCode: string
  on: Day
  /** The day whose policy counts, where the act is not of the database's own hour. */
  today?: Day | null
  /** The listing's code, or the code of a document: as the demand's case calls it, else as the list does; neither where words matched nothing. */
  code: string | null
  material: string | null
  approvalItem: string
  /** The case's own where it is left out. */
  projectCode: string | null
  caseNumber: string | null
  /** An agency's unified code or name, and the authority that named it. */
  agency: string | null
  authorityId: string | null
  /** Set where an answer must be given once only: the read then tries to hold the key until the transaction ends. */
  idempotency: { clientId: string; key: string } | null
}

/** What it is answered. */
export type FactsRead = {
  /** The database's clock at the read. */
  at: Date
  /** False where somebody else is answering under the same key right now. */
  held: boolean
  /** What the machine under whose key it is may do at this instant; null where it was revoked, or where no machine asks. */
  scopesNow: Scope[] | null
  replay: { requestHash: string; status: number; body: string } | null
  catalogueVersion: number
  listing: Listing | null
  otherDays: { from: Day; until: Day | null }[]
  approvalItem: { code: string; name: string } | null
  /** What its owner registered, unless offices name another, then what other authorities' systems said of it, the latest first; nothing of the demanding authority, which must not be its own witness. */
  onRecord: RecordedFacts[]
  /** What is on file for the project and valid on the day, of whatever service: which of it answers is the rule's to say. */
  deliverables: OnFile[]
  /** What the demand's case takes over from other cases and has in there. */
  shared: SharedDocument[]
  /** What the authority's own case of this number is about; null where it has none here. */
  demandedCase: DemandedCase | null
  /** What the policy of the place says of how far back a demand may be dated that is made in no case here; null where nobody has set it. */
  backDays: unknown
  related: Record<string, string>
  agencyTie: 'supervised' | 'same-body' | null
}
