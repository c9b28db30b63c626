import { bundleFormat, entryOf, exactly, hash, instant, list, movesOf, nothing, object, orNull, proven, some, text, uuid, whole } from './shape.ts'

const BESIDES = { maybe: ['moves', 'declined'] }

/** What a bundle of a direct selection has: nothing of a draw, since nothing was drawn. */
export const directShape = object({
  format: bundleFormat,
  suite: exactly('intl-1'),
  tender: some,
  method: exactly('direct'),
  publication: entryOf('tender.published', { procedure: object({ method: text(), minimumBidders: whole(1) }, { open: true }), named: some, reason: some, closesAt: instant }),
  moves: movesOf(nothing),
  steps: object({
    acceptance: entryOf('bid.received', { bid: hash }),
    body: object({ tender: text(), bid: uuid, agency: object({ uscc: some, name: text() }), contribution: text(), salt: text(/^[0-9a-f]{32}$/) }),
    closing: entryOf('tender.closed', { outcome: exactly('accepted'), received: whole(1), eligible: whole(1), minimumBidders: whole(1), closesAt: instant }),
    award: entryOf('award.made', { winner: some, method: exactly('direct'), reason: some, declineUntil: instant }),
    declined: entryOf('award.declined', { agency: some }),
  }, BESIDES),
  winner: orNull(some),
  ledger: orNull(object({
    checkpoint: text(), keys: list(text(), 1), publication: object(proven), moves: list(object(proven), 1),
    steps: object({ acceptance: object(proven), closing: object(proven), award: object(proven), declined: object(proven) }, BESIDES),
  }, BESIDES)),
}, BESIDES)
