/** What a document that a listed service yields still waits for, in the order in which it comes about. */
export const MILESTONES = ['to-open', 'to-publish', 'to-select', 'to-confirm-agency', 'to-file-contract', 'to-confirm-contract', 'to-deliver', 'to-accept', 'landed', 'by-itself'] as const
export type Milestone = (typeof MILESTONES)[number]

export type ServiceFacts = {
  /** Did the applicant hand the document in without the market? */
  isIn: boolean
  tender: { isPublished: boolean; isOver: boolean; isProvisional: boolean; isAwarded: boolean } | null
  contract: { confirmed: boolean } | null
  deliverable: { accepted: boolean } | null
}

/** The next thing that has to happen before the document is in its case. A tender that came to nothing leaves everything to do again. */
export function milestoneOf({ isIn, tender, contract, deliverable }: ServiceFacts): Milestone {
  if (deliverable?.accepted) return 'landed'
  if (isIn) return 'by-itself'
  if (!tender || tender.isOver) return 'to-open'
  if (!tender.isPublished) return 'to-publish'
  if (deliverable) return 'to-accept'
  if (contract) return contract.confirmed ? 'to-deliver' : 'to-confirm-contract'
  if (tender.isAwarded) return 'to-file-contract'
  return tender.isProvisional ? 'to-confirm-agency' : 'to-select'
}
