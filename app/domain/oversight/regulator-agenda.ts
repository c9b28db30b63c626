import type { AgendaItem } from '../agenda.ts'
import { startOf, type Day } from '../calendar.ts'
import { WATCHED_KINDS } from '#app/domain/contracts/watched.ts'
import { REGULATORS_INQUIRY_KINDS } from './inquiry-agenda.ts'
import { GOVERNANCE_KINDS } from './governance-agenda.ts'

/** What may wait for a regulator, the more pressing first where no clock runs. */
export const REGULATOR_KINDS = ['tender-stuck', 'lottery-to-read', 'keys-to-show', 'sanction-to-agree', 'words-to-decide', ...REGULATORS_INQUIRY_KINDS, 'question-overdue', 'objection-overdue', 'result-overdue', 'tender-held', ...WATCHED_KINDS, ...GOVERNANCE_KINDS, 'list-upcoming', 'demand-refused', 'demand-incomplete'] as const
export type RegulatorKind = (typeof REGULATOR_KINDS)[number]

type Demand = { id: string; authority: string; listing: { name: string } | null; verdict: string; decidedAt: Date }

/** Demands that were refused, or that nobody could answer: whoever insists on them breaks the rule that the regulator keeps. */
export function demandItem({ id, authority, listing, verdict, decidedAt }: Demand): AgendaItem<RegulatorKind> {
  return { kind: verdict === 'refused' ? 'demand-refused' : 'demand-incomplete', subject: id, title: listing?.name ?? '', note: authority, until: null, since: decidedAt }
}

/** A version that is adopted and not yet in force: until then it can be looked through once more. */
export function versionItem({ number, effectiveOn, note, adoptedAt }: { number: number; effectiveOn: Day; note: string; adoptedAt: Date }, at: Date): AgendaItem<RegulatorKind> | null {
  const until = startOf(effectiveOn)
  return until > at ? { kind: 'list-upcoming', subject: String(number), title: note, count: number, until, since: adoptedAt } : null
}

/** A tender whose owner has let the time for an answer pass; nothing closes until it is given. */
export function questionItem({ number, title, answerBy, count }: { number: string; title: string; answerBy: Date; count: number }): AgendaItem<RegulatorKind> {
  return { kind: 'question-overdue', subject: number, title, count, until: answerBy, since: answerBy }
}

/** A result that cannot bind, since its owner has let the time for answering an objection pass. */
export function objectionItem({ number, title, answerBy, count }: { number: string; title: string; answerBy: Date; count: number }): AgendaItem<RegulatorKind> {
  return { kind: 'objection-overdue', subject: number, title, count, until: answerBy, since: answerBy }
}

/** A tender without the result that it should have announced by now. */
export function resultItem({ number, title, announceBy }: { number: string; title: string; announceBy: Date }): AgendaItem<RegulatorKind> {
  return { kind: 'result-overdue', subject: number, title, until: announceBy, since: announceBy }
}

/** A tender that the regulator holds, since when and until when at the latest. */
export function heldItem({ number, title, suspendedAt, until }: { number: string; title: string; suspendedAt: Date; until: Date }): AgendaItem<RegulatorKind> {
  return { kind: 'tender-held', subject: number, title, until, since: suspendedAt }
}

/** A tender whose lottery was drawn and is to be read by two officers. */
export function lotteryItem({ number, title }: { number: string; title: string }, { at }: { at: Date }): AgendaItem<RegulatorKind> {
  return { kind: 'lottery-to-read', subject: number, title, until: null, since: at }
}

/** A decision against a bidder of tenders that have closed, which counts there once a second officer agrees. */
export function sanctionItem({ id, agency, number, recordedAt, tenders }: { id: string; agency: string; number: string; recordedAt: Date; tenders: number }): AgendaItem<RegulatorKind> {
  return { kind: 'sanction-to-agree', subject: id, title: agency, note: number, count: tenders, until: null, since: recordedAt }
}

/** A frozen tender whose shares the regulator has not shown. */
export function keysItem({ number, title, frozenAt, releaseBy }: { number: string; title: string; frozenAt: Date; releaseBy: Date }): AgendaItem<RegulatorKind> {
  return { kind: 'keys-to-show', subject: number, title, until: releaseBy, since: frozenAt }
}

/** A tender that the clock should have moved: its deadline is over and it has not been closed. */
export function stuckItem({ number, title, closesAt }: { number: string; title: string; closesAt: Date }): AgendaItem<RegulatorKind> {
  return { kind: 'tender-stuck', subject: number, title, until: closesAt, since: closesAt }
}

/** An officer's words that came near to no listing, and by when somebody says what they mean. */
export function wordsItem({ id, words, authority, until, decidedAt }: { id: string; words: string; authority: string; until: Date; decidedAt: Date }): AgendaItem<RegulatorKind> {
  return { kind: 'words-to-decide', subject: id, title: words, note: authority, until, since: decidedAt }
}
