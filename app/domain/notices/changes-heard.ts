import type { EventData, Heard, Hearing } from './who-hears.ts'
import type { MessageKind } from './message-params.ts'

const toAll = (kind: MessageKind): Hearing[] => [{ audience: 'tender-owner', kind }, { audience: 'bidders', kind }]
const isOpenToAll = ({ named }: EventData) => !named
const isMaterial = ({ material }: EventData) => material === true
const isMinor = ({ material }: EventData) => material !== true
/** Whoever could bid hears of what happens while bids are taken. */
const isOpenStill = ({ named, open }: EventData) => !named && open === true
const isByDate = ({ byDate }: EventData) => byDate === true
/** Which clocks a hold has given back. */
const isPublic = ({ publicityEndsAt }: EventData) => publicityEndsAt !== undefined
const isDeclinable = ({ declineUntil }: EventData) => declineUntil !== undefined
const isExplained = ({ explainUntil }: EventData) => explainUntil !== undefined
const isPicked = ({ pickBy }: EventData) => pickBy !== undefined
/** The owner who gives more time was there. */
const isNotByOwner = ({ cause }: EventData) => cause !== 'owner'

/** Who hears of what changes a published tender, of objections to its result, and of outages. */
export const CHANGES_HEARD: Record<string, Heard> = {
  // Whoever follows a service by offering it hears of its open tenders; who has bid hears what it means for the bid.
  'marketplace.tender.corrected.v1': {
    about: 'tender',
    by: [
      { audience: 'bidders', kind: 'tender-corrected-bids', when: isMaterial },
      { audience: 'bidders', kind: 'tender-corrected', when: isMinor },
      { audience: 'agencies-offering', kind: 'tender-corrected-open', when: isOpenToAll },
    ],
  },
  'marketplace.tender.extended.v1': {
    about: 'tender',
    by: [
      { audience: 'tender-owner', kind: 'tender-extended', when: isNotByOwner },
      { audience: 'bidders', kind: 'tender-extended' },
      { audience: 'agencies-offering', kind: 'tender-extended', when: isOpenToAll },
    ],
  },
  'marketplace.tender.cancelled.v1': { about: 'tender', by: [{ audience: 'bidders', kind: 'tender-cancelled' }, { audience: 'judges', kind: 'tender-cancelled' }, { audience: 'agencies-offering', kind: 'tender-cancelled', when: isOpenStill }] },
  'marketplace.tender.suspended.v1': { about: 'tender', by: [...toAll('tender-suspended'), { audience: 'judges', kind: 'tender-suspended' }, { audience: 'agencies-offering', kind: 'tender-suspended', when: isOpenStill }] },
  'marketplace.tender.resumed.v1': {
    about: 'tender',
    by: [
      { audience: 'tender-owner', kind: 'result-resumed', when: isPublic },
      { audience: 'winner', kind: 'award-resumed', when: isDeclinable },
      { audience: 'bidders', kind: 'result-resumed', when: isPublic },
      { audience: 'low-bidders', kind: 'price-resumed', when: isExplained },
      { audience: 'tender-owner', kind: 'pick-resumed', when: isPicked },
      ...toAll('tender-resumed'),
      { audience: 'judges', kind: 'tender-resumed' },
      { audience: 'agencies-offering', kind: 'tender-resumed', when: isOpenStill },
      { audience: 'regulators-of-tender', kind: 'hold-ended', when: isByDate },
    ],
  },
  'marketplace.tender.objection-raised.v1': {
    about: 'tender',
    by: [
      { audience: 'tender-owner', kind: 'objection-to-answer' },
      { audience: 'winner', kind: 'award-objected' },
      { audience: 'regulators-of-tender', kind: 'objection-raised' },
    ],
  },
  'marketplace.tender.objection-answered.v1': {
    about: 'tender',
    by: [{ audience: 'objector', kind: 'objection-answered' }, { audience: 'winner', kind: 'answer-to-objection' }, { audience: 'regulators-of-tender', kind: 'answer-to-objection' }],
  },
  'marketplace.tender.result-overdue.v1': { about: 'tender', by: [{ audience: 'tender-owner', kind: 'own-result-overdue' }, { audience: 'regulators-of-tender', kind: 'result-overdue' }] },
  'marketplace.outage.claimed.v1': { about: 'outage', by: [{ audience: 'operators-of-claim', kind: 'outage-to-approve' }] },
  'marketplace.outage.approved.v1': { about: 'outage', by: [{ audience: 'operators-of-claim', kind: 'outage-approved' }] },
}
