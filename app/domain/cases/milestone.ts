/** What a document that a listed service yields still waits for, in the order in which it comes about. */
export const MILESTONES = ['not-demandable', 'withdrawn', 'to-open', 'to-publish', 'to-select', 'to-confirm-agency', 'to-file-contract', 'to-confirm-contract', 'to-deliver', 'to-accept', 'landed', 'by-itself', 'on-file'] as const
export type Milestone = (typeof MILESTONES)[number]

/** Nothing is waited for: the document is there, whoever brought it, or nobody may wait for it. */
export function isThere(milestone: Milestone): boolean {
  return milestone === 'landed' || milestone === 'by-itself' || milestone === 'on-file' || isUnasked(milestone)
}

/** The office may not ask for it, or does not any more. */
export function isUnasked(milestone: Milestone): boolean {
  return milestone === 'not-demandable' || milestone === 'withdrawn'
}

export type ServiceFacts = {
  /** Did the applicant hand the document in without the market? */
  isIn: boolean
  tender: { isPublished: boolean; isOver: boolean; isProvisional: boolean; isAwarded: boolean } | null
  contract: { confirmed: boolean } | null
  deliverable: { accepted: boolean } | null
  /** Is a valid result of the service on file for the project, though it was not bought for this document? */
  isOnFile: boolean
  /** Has the guard said that it may not be asked of the applicant? */
  isUndemandable: boolean
  /** Has the office taken its demand back, and not asked again? */
  isWithdrawn: boolean
}

/** The next thing that has to happen before the document is in its case. A tender that came to nothing leaves everything to do again; nobody buys what is on file, and nobody has to buy what may not be demanded. */
export function milestoneOf({ isIn, tender, contract, deliverable, isOnFile, isUndemandable, isWithdrawn }: ServiceFacts): Milestone {
  if (deliverable?.accepted) return 'landed'
  if (isIn) return 'by-itself'
  if (isOnFile && !(tender?.isPublished && !tender.isOver)) return 'on-file'
  if (!tender || tender.isOver) return isWithdrawn ? 'withdrawn' : isUndemandable ? 'not-demandable' : 'to-open'
  if (!tender.isPublished) return 'to-publish'
  if (deliverable) return 'to-accept'
  if (contract) return contract.confirmed ? 'to-deliver' : 'to-confirm-contract'
  if (tender.isAwarded) return 'to-file-contract'
  return tender.isProvisional ? 'to-confirm-agency' : 'to-select'
}
