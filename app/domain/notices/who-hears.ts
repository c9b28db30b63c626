import type { Duty } from '#app/domain/accounts/actor.ts'
import type { Json } from '#app/domain/ledger/canonical.ts'
import { CASES_HEARD } from './cases-heard.ts'
import { CHANGES_HEARD } from './changes-heard.ts'
import { INQUIRIES_HEARD } from './inquiries-heard.ts'
import { CONTRACTS_HEARD } from './contracts-heard.ts'
import { JUDGING_HEARD } from './judging-heard.ts'
import { KEYS_HEARD, KEYS_SILENT } from './keys-heard.ts'
import { LIST_HEARD, LIST_SILENT } from './list-heard.ts'
import type { MessageKind } from './message-params.ts'

/** What an event is about: its params come from one query of db/views/audiences.ts. */
export type About = 'case' | 'project' | 'tender' | 'outage' | 'bid' | 'draft' | 'decision' | 'agency' | 'version' | 'proposal' | 'delegation' | 'paper' | 'report' | 'inquiry' | 'webhook' | 'client'

/** Who hears: each is one query of db/views/audiences.ts, as of the instant of the event. */
export type Audience =
  | 'tender-owner' | 'agencies-offering' | 'named-agency' | 'asker' | 'objector' | 'regulators-of-tender' | 'draft-owner' | 'bidders' | 'low-bidders' | 'winner' | 'office-of-tender' | 'authority-named' | 'applicants-of-project' | 'offices-of-project' | 'regulators-of-project' | 'witnesses' | 'seat' | 'judges'
  | 'bidder' | 'agency' | 'operators' | 'operators-of-claim' | 'project-owner' | 'registrant-of-dispute' | 'named-in-dispute' | 'applicant' | 'demanding-authority' | 'regulators' | 'agencies-of-retired' | 'agencies-of-reworded' | 'authorities-of-list' | 'regulators-of-list' | 'agencies-of-proposal' | 'answered-commenters' | 'organisation' | 'owner-of-paper' | 'regulators-of-paper' | 'regulators-of-report' | 'regulators-of-inquiry' | 'respondent'

export type EventData = Record<string, Json>

/** `duty` narrows the audience to managers; `when` to events that say so. */
export type Hearing = { audience: Audience; kind: MessageKind; duty?: Duty; when?: (data: EventData) => boolean }
export type Heard = { about: About; by: readonly Hearing[] }

/** Owner and bidders are told the same. */
const toAll = (kind: MessageKind): Hearing[] => [{ audience: 'tender-owner', kind }, { audience: 'bidders', kind }]
const isOpenToAll = ({ named }: EventData) => !named
const isDirect = ({ named }: EventData) => Boolean(named)
const isFirst = ({ revision }: EventData) => revision === 1
const isCorrection = ({ revision }: EventData) => revision !== 1
/** Who is imported from an old register is checked once somebody claims it. */
const isClaimed = ({ imported }: EventData) => imported !== true
const isOfRepresentative = ({ changed }: EventData) => Array.isArray(changed) && changed.includes('legalRepresentative')
const isJudged = ({ judges }: EventData) => Boolean(judges)
/** A judge is invited for one tender by a person who is told otherwise. */
const isOfOrganisation = ({ role }: EventData) => role !== 'judge'
/** A freeze that came late gives the bidders the whole delay anew. */
const isLate = ({ late }: EventData) => late === true
const isRefused = ({ verdict, answers }: EventData) => verdict === 'refused' && !answers
const isAnswer = ({ answers }: EventData) => Boolean(answers)

/**
 * Who hears of which event, and what they are told. Rows are read from the top: an organisation that has heard of an
 * event in a role hears nothing more of it there, so the nearest word stands first.
 */
export const WHO_HEARS: Record<string, Heard> = {
  'marketplace.tender.published.v1': {
    about: 'tender',
    by: [
      { audience: 'tender-owner', kind: 'tender-published' },
      { audience: 'named-agency', kind: 'named-in-tender', when: isDirect },
      { audience: 'agencies-offering', kind: 'tender-to-bid', when: isOpenToAll },
    ],
  },
  'marketplace.bid.received.v1': { about: 'bid', by: [{ audience: 'bidder', kind: 'bid-received' }] },
  'marketplace.bid.replaced.v1': { about: 'bid', by: [{ audience: 'bidder', kind: 'bid-replaced' }] },
  'marketplace.bid.withdrawn.v1': { about: 'bid', by: [{ audience: 'bidder', kind: 'bid-withdrawn' }] },
  'marketplace.tender.closed.v1': {
    about: 'tender',
    by: [
      { audience: 'tender-owner', kind: 'judges-wanted', when: isJudged },
      { audience: 'tender-owner', kind: 'own-bidding-closed' },
      { audience: 'bidders', kind: 'bidding-closed' },
    ],
  },
  ...KEYS_HEARD,
  'marketplace.tender.auction-set.v1': {
    about: 'tender',
    by: [
      { audience: 'tender-owner', kind: 'auction-later', when: isLate },
      { audience: 'bidders', kind: 'auction-later', when: isLate },
      ...toAll('auction-set'),
    ],
  },
  'marketplace.tender.auction-extended.v1': { about: 'tender', by: toAll('auction-extended') },
  'marketplace.tender.auction-started.v1': { about: 'tender', by: toAll('auction-started') },
  'marketplace.tender.opened.v1': { about: 'tender', by: [{ audience: 'judges', kind: 'sheet-due' }, { audience: 'low-bidders', kind: 'price-to-explain' }, ...toAll('bids-opened')] },
  'marketplace.tender.quote-explained.v1': { about: 'tender', by: [{ audience: 'tender-owner', kind: 'price-explained' }] },
  'marketplace.tender.shortlisted.v1': {
    about: 'tender',
    by: [
      { audience: 'tender-owner', kind: 'shortlist-to-pick' },
      { audience: 'bidders', kind: 'shortlist-drawn' },
    ],
  },
  'marketplace.agency.graded.v1': { about: 'agency', by: [{ audience: 'agency', kind: 'credit-graded' }] },
  'marketplace.tender.failed.v1': {
    about: 'tender',
    by: [
      { audience: 'tender-owner', kind: 'own-tender-failed' },
      { audience: 'bidders', kind: 'tender-failed' },
    ],
  },
  'marketplace.tender.awarded.v1': {
    about: 'tender',
    by: [
      { audience: 'tender-owner', kind: 'own-tender-awarded' },
      { audience: 'winner', kind: 'award-won' },
      { audience: 'bidders', kind: 'award-to-another' }, { audience: 'witnesses', kind: 'result-to-witness' },
    ],
  },
  'marketplace.tender.award-bound.v1': {
    about: 'tender',
    by: [
      { audience: 'tender-owner', kind: 'own-award-binds' },
      { audience: 'winner', kind: 'award-binds' },
      { audience: 'bidders', kind: 'award-binds-for-another' },
    ],
  },
  'marketplace.tender.question-asked.v1': { about: 'tender', by: [{ audience: 'tender-owner', kind: 'question-to-answer' }] },
  'marketplace.tender.question-answered.v1': {
    about: 'tender',
    by: [
      { audience: 'asker', kind: 'own-question-answered', when: isFirst },
      { audience: 'bidders', kind: 'question-answered', when: isFirst },
      { audience: 'asker', kind: 'answer-corrected', when: isCorrection },
      { audience: 'bidders', kind: 'answer-corrected', when: isCorrection },
    ],
  },
  ...JUDGING_HEARD,
  // Who is next in the order hears it from the award that follows in the same act.
  'marketplace.tender.award-declined.v1': { about: 'tender', by: [{ audience: 'tender-owner', kind: 'award-declined' }] },
  ...CASES_HEARD,
  ...CHANGES_HEARD,
  ...CONTRACTS_HEARD,
  ...LIST_HEARD,
  'marketplace.draft.handed-over.v1': { about: 'draft', by: [{ audience: 'draft-owner', kind: 'draft-handed-over', duty: 'manager' }] },
  'marketplace.agency.admitted.v1': {
    about: 'agency',
    by: [
      { audience: 'agency', kind: 'agency-admitted' },
      { audience: 'operators', kind: 'agency-to-check', when: isClaimed },
    ],
  },
  'marketplace.agency.committed.v1': { about: 'agency', by: [{ audience: 'operators', kind: 'agency-to-check' }] },
  // A check that had passed was of another licence.
  'marketplace.agency.corrected.v1': { about: 'agency', by: [{ audience: 'operators', kind: 'agency-to-check', when: isOfRepresentative }] },
  'marketplace.agency.check-passed.v1': { about: 'agency', by: [{ audience: 'agency', kind: 'check-passed' }] },
  'marketplace.agency.check-returned.v1': { about: 'agency', by: [{ audience: 'agency', kind: 'check-returned' }] },
  'marketplace.agency.check-answered.v1': { about: 'agency', by: [{ audience: 'operators', kind: 'check-answered' }] },
  'marketplace.agency.sanctioned.v1': { about: 'agency', by: [{ audience: 'agency', kind: 'sanctioned' }] },
  'marketplace.agency.sanction-lifted.v1': { about: 'agency', by: [{ audience: 'agency', kind: 'sanction-lifted' }] },
  'marketplace.demand.decided.v1': {
    about: 'decision',
    by: [
      { audience: 'project-owner', kind: 'demand-read', when: isAnswer },
      { audience: 'project-owner', kind: 'demand-decided', when: ({ withCase }) => withCase !== true },
      { audience: 'demanding-authority', kind: 'words-decided', when: isAnswer },
      { audience: 'demanding-authority', kind: 'own-demand-refused', when: isRefused },
      { audience: 'regulators', kind: 'demand-refused', when: isRefused },
    ],
  },
  ...INQUIRIES_HEARD,
  'marketplace.webhook.disabled.v1': { about: 'webhook', by: [{ audience: 'organisation', kind: 'own-webhook-disabled' }, { audience: 'operators', kind: 'webhook-disabled' }] },
  'marketplace.api-client.changed.v1': { about: 'client', by: [{ audience: 'authority-named', kind: 'own-client-changed', duty: 'manager' }] },
  'marketplace.delegate.invited.v1': { about: 'delegation', by: [{ audience: 'organisation', kind: 'delegate-invited', duty: 'manager' }] },
  'marketplace.delegate.joined.v1': { about: 'delegation', by: [{ audience: 'organisation', kind: 'delegate-joined', duty: 'manager', when: isOfOrganisation }] },
}

/** Events that nobody needs to be told of: whoever did them was there, and nobody else has to act. */
export const SILENT = [
  'marketplace.opened.v1',
  ...KEYS_SILENT,
  ...LIST_SILENT,
  'marketplace.offering.published.v1',
  'marketplace.offering.withdrawn.v1',
  'marketplace.offering.changed.v1',
  'marketplace.tender.witness-enrolled.v1',
  'marketplace.tender.witness-left.v1',
  'marketplace.tender.witnessed.v1',
  'marketplace.agency.profile-changed.v1',
  'marketplace.agency.qualification-added.v1',
  'marketplace.agency.qualification-renewed.v1',
  'marketplace.agency.qualification-removed.v1',
  'marketplace.register.imported.v1',
  'marketplace.project.stated.v1',
  'marketplace.project.registered.v1',
  'marketplace.project.facts-changed.v1',
  'marketplace.judge.declared.v1',
  'marketplace.national-code.named.v1',
  'marketplace.calendar.changed.v1',
] as const

/** The hearings of an event; none where it is silent or nobody here knows its type. */
export function hearingsOf({ type, data }: { type: string; data: Json }): { about: About; by: Hearing[] } | null {
  const heard = Object.hasOwn(WHO_HEARS, type) ? WHO_HEARS[type]! : null
  if (!heard || typeof data !== 'object' || data === null || Array.isArray(data)) return null
  return { about: heard.about, by: heard.by.filter(({ when }) => !when || when(data as EventData)) }
}
