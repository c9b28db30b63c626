import type { Sent, Written } from '#tests/support/dump.ts'

/** What a bidder was told is done: a bid, by what is found in its row, or its withdrawal. */
export type Acknowledged = { tender: string; agency: string; act: 'submit' | 'withdraw'; bid: string | null; mark: string; receipt: string | null }
/** What somebody else, or a bidder in another act, was told is done. `mark` is found in its row: a quote's number, the winner's code, words of a reason. */
export type Told = { tender: string; act: 'quote' | 'declare' | 'sheet' | 'pick' | 'suspend' | 'lift'; by: string; mark: string; receipt: string | null }
/** What the harness did, and what it was told. */
export type Story = { tenders: string[]; acknowledged: Acknowledged[]; told: Told[]; sent: Sent[]; written: Written[]; asked: number; unanswered: number }

export const newStory = (): Story => ({ tenders: [], acknowledged: [], told: [], sent: [], written: [], asked: 0, unanswered: 0 })
