import { changesBetween, sayingOf, WORDING_FIELDS, type FieldChange } from '../catalogue/fields.ts'
import type { Listing, ListingWording } from '../catalogue/listing.ts'
import { entryKind, type EntryKind } from './proposal.ts'

/** What happens to one code, field by field: every word of what is added, what differs of what is changed. */
export type ShownEntry = { code: string; name: string; kind: EntryKind; reason: string | null; changes: FieldChange[] }

/** What becomes of a lower list if a proposal is adopted. */
export type Below = { divisionCode: string; divisionName: string; entries: ShownEntry[] }

/**
 * @param wording what stands afterwards; null where the code leaves the list
 * @param before what stood; null where it comes in
 * @returns without fields where the code leaves; each reworded or added field otherwise
 */
export function shownEntry({ code, wording, before, reason = null }: { code: string; wording: ListingWording | null; before: Listing | null; reason?: string | null }): ShownEntry {
  const kind = entryKind({ wording, before })
  return { code, name: (wording ?? before)?.name ?? code, kind, reason, changes: wording === null ? [] : before ? changesBetween(before, wording) : said(wording) }
}

/** What an added wording says; what it leaves open is not listed. */
function said(wording: ListingWording): FieldChange[] {
  return WORDING_FIELDS.map((field) => ({ field, before: null, after: sayingOf(wording, field) })).filter(({ after }) => after !== null && after !== false && !(Array.isArray(after) && after.length === 0))
}

/** What happens to each code between two lists, by code. */
export function listChanges(before: ReadonlyMap<string, Listing>, after: ReadonlyMap<string, ListingWording>): ShownEntry[] {
  const codes = [...new Set([...before.keys(), ...after.keys()])].sort()
  return codes.map((code) => shownEntry({ code, wording: after.get(code) ?? null, before: before.get(code) ?? null })).filter(({ kind, changes }) => kind !== 'changed' || changes.length > 0)
}
