import type { Sent, Written } from '#tests/support/dump.ts'

/** What a bidder was told is done: a bid, by what is found in its row, or its withdrawal. */
export type Acknowledged = { tender: string; agency: string; act: 'submit' | 'withdraw'; bid: string | null; mark: string; receipt: string | null }
/** What somebody else, or a bidder in another act, was told is done. `mark` is found in its row: a quote's number, the winner's code, a holder of keys, words of a reason. */
export type Told = { tender: string; act: 'quote' | 'declare' | 'sheet' | 'pick' | 'release' | 'suspend' | 'lift'; by: string; mark: string; receipt: string | null }
/** What a form is about. */
export const WHAT = ['bid', 'quote', 'judging', 'pick', 'shares', 'hold'] as const
export type What = (typeof WHAT)[number]
/** What the harness did, and what it was told. */
export type Story = { tenders: string[]; acknowledged: Acknowledged[]; told: Told[]; sent: Sent[]; written: Written[]; asked: What[]; unanswered: What[] }

export const newStory = (): Story => ({ tenders: [], acknowledged: [], told: [], sent: [], written: [], asked: [], unanswered: [] })
