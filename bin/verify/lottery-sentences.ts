/* What the checks of a lottery say: a page loads them together with the checks. */

export const lotteryEn = {
  before: 'The result stands before its value existed.',
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
