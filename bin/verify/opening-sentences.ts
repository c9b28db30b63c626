/* What the checks of an opening say, of sealed bids or of last quotes: a page loads them together with the checks. */

export const openingEn = {
  marked: 'Exactly the abnormally low prices are marked as such.',
  marksInstead: (marks: string) => `By the rules of publication the marks are: ${marks || '–'}.`,
  counted: 'The opening counted right, and put into the log what is shown here.',
  otherPayload: 'This is not what the opening put into the log.',
  countInstead: (count: number) => `Counting again gives ${count}.`,
  tooFew: (least: number) => `Fewer than ${least} prices are valid: nothing may be decided.`,
  failed: (least: number) => `Fewer than ${least} prices are valid, as many as publication asks for: the selection had to fail, and nobody comes first.`,
  enough: (least: number) => `${least} prices or more are valid: it should not have failed.`,
  otherLeast: (least: number) => `Publication asks for ${least}.`,
  explained: 'The decision waited for the announced time, and for low prices to be explained.',
  decidesInstead: (at: string) => `By the rules of publication it is ${at}, or later where days count.`,
}
