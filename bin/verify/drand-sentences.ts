/* What the checks of a round of drand say: a page loads them together with the checks. */

export const drandEn = {
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
}
