import type { ListingWording } from '../catalogue/listing.ts'
import { knownBy, namesOf, sameness, type Sameness } from '../catalogue/same-service.ts'
import type { Entry } from './proposal.ts'

/** Another entry that means the same service, and by what: the surest ground alone. `approval-item`: of the same kind, for the same approval. */
export type Twin = { code: string; name: string; by: Exclude<Sameness, 'code' | 'duplicate'> | 'approval-item' }

/**
 * Entries beside which a proposed one would say the same service again (国办发〔2015〕31号: one service is not split into several).
 * A warning and no fault: two may be meant, and whoever means one says in `duplicateOf` which. What the list says twice already is not told again.
 *
 * @param list what would stand if the proposal were adopted; some thousand entries are looked through once
 * @returns finds the twins of one entry, by code
 */
export function twinsIn(list: Iterable<ListingWording>): (entry: Pick<Entry, 'code' | 'wording' | 'before'>) => Twin[] {
  const known = new Map<string, ListingWording[]>()
  for (const one of list) for (const sign of signsOf(one)) known.set(sign, [...(known.get(sign) ?? []), one])
  return ({ code, wording, before }) => {
    if (!wording) return []
    const near = new Map(signsOf(wording).flatMap((sign) => known.get(sign) ?? []).map((other) => [other.code, other]))
    near.delete(code)
    return [...near.values()]
      .flatMap((other): Twin[] => {
        const by = groundOf(wording, other)
        return by && !(before && groundOf(before, other)) ? [{ code: other.code, name: other.name, by }] : []
      })
      .sort((one, other) => (one.code < other.code ? -1 : 1))
  }
}

/** What would stand on a list if a proposal were adopted as it is. */
export function listAfter(standing: ReadonlyMap<string, ListingWording>, entries: readonly Pick<Entry, 'code' | 'wording'>[]): ListingWording[] {
  const after = new Map(standing)
  for (const { code, wording } of entries) {
    if (wording) after.set(code, wording)
    else after.delete(code)
  }
  return [...after.values()]
}

function groundOf(one: ListingWording, other: ListingWording): Twin['by'] | null {
  const same = sameness(knownBy(one), knownBy(other))
  // Said in the list itself, so that the guard refuses the second.
  if (same === 'code' || same === 'duplicate') return null
  return same ?? (kindsOf(one).some((kind) => kindsOf(other).includes(kind)) ? 'approval-item' : null)
}

function signsOf(wording: ListingWording): string[] {
  const { material } = wording.rules
  return [...namesOf(knownBy(wording)).map((name) => `name ${name}`), ...(material ? [`material ${material.code}`] : []), ...kindsOf(wording)]
}

function kindsOf({ categoryCode, approvalItems }: ListingWording): string[] {
  return categoryCode === null ? [] : approvalItems.map((item) => `kind ${categoryCode} ${item}`)
}
