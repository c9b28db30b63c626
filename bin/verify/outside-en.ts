import type { Widened } from './sentences.ts'
import { outsideIn } from './outside.ts'

const say = {
  round: 'The round of drand is the one that follows from publication and checkpoint; nobody chose it.',
  otherChain: 'This is not drand’s quicknet as this verifier knows it.',
  otherRound: (round: number) => `By rule it is round ${round}.`,
  otherInstant: (at: string) => `This round appeared at ${at}.`,
  before: 'The result stands before its value existed.',
  roundAt: (round: number, at: string) => `round ${round} at ${at}`,
  moved: (round: number, covered: string) => `Not the published round ${round}: the checkpoint is said to be of ${covered}. Compare it with a witness’s.`,
  signed: 'drand’s quicknet signed this round, and the value is the hash of the signature.',
  notItsHash: 'The value is not the hash of the signature.',
  notSigned: 'The signature is not quicknet’s for this round.',
  lottery: 'The lottery, its day and its numbers can be those that publication announced, and they give the value.',
  otherGame: 'Publication named another lottery.',
  otherDay: (day: string) => `By rule it is the draw of ${day}, or the first after a pause.`,
  otherIssue: 'The issue does not fit the day.',
  otherNumbers: 'The lottery cannot have drawn this, or the numbers do not ascend.',
  notOfNumbers: 'The value is not the hash of the numbers.',
  compare: 'Compare issue and numbers with the official announcement: no file can prove them.',
  movedDay: (day: string, covered: string) => `Not the published day ${day}: the checkpoint is said to be of ${covered}. Compare it with a witness’s.`,
  paused: (day: string, entry: string) => `No draw on ${day}, as two officers stated in the entry ${entry}. Compare it with the announcement.`,
}

/** The shape of a translation. */
export type OutsideSentences = Widened<typeof say>
export { say as outsideWords }

export const outside = outsideIn(say)
