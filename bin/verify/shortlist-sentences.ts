/* What the checks of a shortlist by credit say: a page loads them together with the checks. */

export const shortlistEn = {
  graded: 'Every eligible bid carries the grade that counted at the freeze, and publication says how many balls it has.',
  noGrade: 'A bid that is excluded has no grade.',
  strangeGrade: 'Publication knows no such grade.',
  unrated: (grade: string) => `Without an entry that published another one the grade is ${grade}.`,
  drawnAgain: (big: number, small: number) => `Ranking by grade and drawing by balls again gives the same order of the ${big} on the big list, of which the first ${small} are the small list.`,
  picked: 'The one who was picked is on the small list, and the pick came in its time.',
  notYet: 'Nobody is picked yet; the owner may until the published instant.',
  pickByInstead: (at: string) => `By the rules of publication it is ${at}, or later where days count.`,
  otherHold: 'A hold of the small list begins after the draw, or after the hold before it, and before the owner’s time is over.',
  strayProof: 'This is a proof of something that the bundle does not have.',
  otherDraw: 'This names another draw.',
  notOnList: 'Nobody of this code stands at this place of the small list.',
  otherTime: 'An owner picks before the end of the period; only after it the first drawn is taken.',
  notFirst: 'Without a pick the first drawn is taken, and nobody else.',
  noReason: 'An owner gives a reason; the clock has none.',
}
