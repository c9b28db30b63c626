/* What comparing two states of the log says: a page loads it together with the check. */

export const consistencyEn = {
  continues: (from: number, to: number) => `The log of ${to} entries continues the one of ${from}: nothing earlier was changed.`,
  otherState: 'The proof leads to another root than this one.',
}
