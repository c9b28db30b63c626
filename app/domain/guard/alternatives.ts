import type { Listing } from '#app/domain/catalogue/listing.ts'
import type { Alternative, Reason } from './judgement.ts'
import type { ReasonCode } from './reasons.ts'

/** Reasons after which the applicant has nothing left to do about this service. */
const SETTLING: ReadonlySet<ReasonCode> = new Set([
  'item-cancelled', 'voluntary-only', 'not-for-this-approval-item', 'material-not-relevant', 'wrong-commissioner', 'not-triggered-by-project',
  'covered-by-regional-assessment', 'valid-deliverable-on-file', 'merged-service', 'duplicate-of-listed', 'commitment-route-chosen',
])

/**
 * What the applicant can do instead of what was asked. The marketplace is named only where a listing of any nature
 * matches and the applicant is the one who would buy.
 */
export function alternativesTo(reasons: readonly Reason[], listing: Listing | null): Alternative[] {
  if (!listing) return ['self-prepare']
  const { selfPrepare, commissioner, freeDownload } = listing.rules
  const settled = reasons.some(({ code }) => SETTLING.has(code))
  const demandable = !reasons.some(({ code }) => code === 'basis-insufficient')
  const officePays = listing.nature === 'authority-commissioned' || commissioner === 'authority'
  const open: [Alternative, boolean][] = [
    ['nothing-needed', settled || (officePays && !reasons.length)],
    ['self-prepare', !settled && (selfPrepare === true || (!demandable && selfPrepare === null))],
    ['free-download', freeDownload !== null],
    ['marketplace', !officePays],
  ]
  return open.flatMap(([alternative, stands]) => (stands ? [alternative] : []))
}
