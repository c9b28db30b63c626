import type { Day } from '../calendar.ts'

/** One change of a division's list. Numbers grow by one; a version may take effect long after it was adopted. */
export type CatalogueVersion = {
  divisionCode: string
  number: number
  effectiveOn: Day
  note: string
  adoptedAt: Date
  adoptedBy: string | null
  ledgerEntryId: string
  /** The version of the list above that this one came of by itself, to ask no more than that; null where the division made it. */
  follows: { divisionCode: string; number: number } | null
}

/** The list's name in the ledger. */
export function versionSubject({ divisionCode, number }: Pick<CatalogueVersion, 'divisionCode' | 'number'>): string {
  return `catalogue-${divisionCode}-${number}`
}

/** A part of the list that is shown at once; the rest is a link away. */
export const PAGE_SIZE = 20
