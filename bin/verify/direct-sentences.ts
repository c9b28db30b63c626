/* What the checks of a direct selection say: a page loads them together with the checks. */

export const directEn = {
  moved: 'The entries that moved the deadline lead one from the date of the other, from publication to the closing.',
  inTime: 'Published before the deadline, accepted before the one in force, closed at it or after, and awarded then.',
  late: 'The acceptance came at the deadline then in force, or after it.',
  closedEarly: 'This was closed before the deadline.',
  declinedLate: 'The award was declined when its time for that was over.',
  accepted: 'The acceptance is the one whose hash is in the log, and names this tender and the agency that publication named.',
  otherBody: 'The acceptance does not hash to what its entry says.',
  otherBid: 'The entry is of another bid.',
  notNamed: (named: string) => `Publication named ${named}.`,
  closed: 'The closing found this one acceptance at the deadline in force.',
  oneAlone: 'One agency is named, so exactly one bid can be eligible.',
  awarded: 'The award went to the agency that publication named, for the reason that it gave.',
  declined: 'The award went to the agency that publication named, for the reason that it gave, and that agency declined it: nobody has won.',
  otherReason: 'Publication gave another reason.',
  sameAward: 'The proof of the award is of the same entry as the award in the bundle.',
  otherAward: 'This is another award than the one in the bundle.',
  receipt: 'Your receipt is of the acceptance that counted, as it was received.',
  otherAcceptance: 'What counted is another acceptance than that of your receipt. If you did not send a later one, show it to the regulator.',
}
