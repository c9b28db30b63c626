import type { Ineligibility } from '#app/domain/bids/eligibility.ts'
import type { PeopleTie } from '#app/domain/bids/people.ts'
import type { SaidPlace } from '#app/domain/guard/services-said.ts'
import type { OverdueCause } from '#app/domain/tenders/result-overdue.ts'
import type { Tie } from '#app/domain/bids/ties.ts'

/** What a regulator should look at, the more pressing first where no clock runs. */
export const LEAD_KINDS = ['question-overdue', 'keys-late', 'result-overdue', 'demand-upheld', 'document-turned-away', 'service-said', 'demand-reported', 'demand-insisted', 'bidders-related', 'bids-one-hand', 'bidders-conflicted', 'award-passed-over', 'people-shared', 'agency-concentrated', 'direct-share', 'direct-total'] as const
export type LeadKind = (typeof LEAD_KINDS)[number]

/** How one hand shows: one account sent two bids, one account acts for both agencies, or one browser sent a bid and another one, or the publication. */
export type Hand = 'same-submitter' | 'same-member' | 'same-device' | 'owner-device'

/** What the sentence of each lead is made of. Names of natural persons are null; sums are fen. */
export type LeadParams = {
  /** A question past its term: the tender cannot close before it is answered. */
  'question-overdue': { title: string; owner: string | null; count: number; held: boolean }
  /** Shares that nobody has shown in time, so that prices which are sealed in shares cannot be opened; `waiting` are the holders that are late. */
  'keys-late': { title: string; waiting: string[] }
  /** A result that was not announced by its day, and what it waits for. */
  'result-overdue': { title: string; owner: string | null; cause: OverdueCause }
  /** The same thing demanded again by the authority that had it refused; `service` is the listing's name, or the officer's own words where nothing is listed. */
  'demand-insisted': { authority: string; service: string; count: number }
  /** A refused demand that its authority keeps up all the same; `withdrawn` where it has taken it back since. */
  'demand-upheld': { authority: string; service: string; withdrawn: boolean }
  /** A paper that the applicant wrote without an agency and that was not taken; `told` says by whom we know. */
  'document-turned-away': { authority: string; material: string; told: 'authority' | 'owner' }
  /** An office's own words in a case name a service that none of its documents is: `service` is the listing's name, or the words where the list knows none; `open` while they stand there and nothing of it is on record. */
  'service-said': { authority: string; service: string; words: string; place: SaidPlace; open: boolean }
  /** Somebody says that an authority asked for something. */
  'demand-reported': { authority: string; service: string; anonymous: boolean; files: number }
  /** One agency won more than the policy's share of the awards that go back to an authority's demands. */
  'agency-concentrated': { authority: string; agency: string; count: number; of: number; days: number }
  /** Bids that a close put out because they were tied to another one, and ties of a winner to others of its pool that the award found; each as it was then. */
  'bidders-related': { title: string; count: number; atAward: number; pairs: { one: string; other: string | null; by: Tie[] }[] }
  /** Bids of different agencies that one account or browser sent, or that have somebody acting for both; or a bid from the owner's browser: decides nothing, and is looked at by the regulator. `other` is null for an owner who is a person. */
  'bids-one-hand': { title: string; count: number; pairs: { one: string; other: string | null; by: Hand[] }[] }
  /** Bids that the close or the award put out because of the owner or of another job in the project, with the coded reasons. */
  'bidders-conflicted': { title: string; count: number; pairs: { one: string; other: null; by: Ineligibility[] }[] }
  /** Bids that stood before the winner and were passed over at the award, because of something that came after the close. */
  'award-passed-over': { title: string; count: number; pairs: { one: string; other: null; by: Ineligibility[] }[] }
  /** People of the last years behind two bidders, or behind a bidder and the owner: decides nothing. */
  'people-shared': { title: string; count: number; pairs: { one: string; other: string | null; by: PeopleTie[] }[] }
  /** One agency got more than the policy's share of what an owner's public money gave out directly in a year. */
  'direct-share': { owner: string | null; agency: string; year: number; count: number; of: number; fen: number; ofFen: number }
  /** An owner's public money gave out more than the policy's sum directly in a year. */
  'direct-total': { owner: string | null; year: number; count: number; fen: number; limitFen: number }
}

/** A lead is a suspicion and no finding: it is read from facts at the moment, for the regulator of the division alone. */
export type LeadOf<K extends LeadKind> = { kind: K; key: string; subject: string; until: Date | null; since: Date; params: LeadParams[K] }
export type Lead = { [K in LeadKind]: LeadOf<K> }[LeadKind]

/** By which numbers of the division's policy something is a lead. */
export type LeadLimits = { lookBackDays: number; shareOfOwner: number; shareFrom: number; yearTotalFen: number; concentration: { share: number; from: number; days: number } }

/** Where a page of leads goes on: the sort values of its last line. */
export type LeadPlace = { urgency: string; rank: number; newest: string; key: string }

const PLACE = /^(Infinity|\d{1,12}(?:\.\d{1,6})?)~(\d{1,2})~(-?\d{1,12}(?:\.\d{1,6})?)~([\w:-]{1,120})$/

/** As it stands in an address; {@link readPlace} is its other half. No part holds a `~`. */
export function placeText({ urgency, rank, newest, key }: LeadPlace): string {
  return [urgency, rank, newest, key].join('~')
}

/** A place as somebody's address bar says it; null for anything else. */
export function readPlace(text: string): LeadPlace | null {
  const [, urgency, rank, newest, key] = PLACE.exec(text) ?? []
  return key === undefined ? null : { urgency: urgency!, rank: Number(rank), newest: newest!, key }
}
