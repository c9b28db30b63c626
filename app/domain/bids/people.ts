import { tiesBetween, type Identity } from './ties.ts'

/** Somebody named in an agency's record, with the numbers of their licences, and until when they stood there; null while they still do. */
export type Practitioner = { name: string; licences: readonly string[]; until: Date | null }

/**
 * How people of the last years tie two organisations: a licence that was named by both, somebody who stood behind one and
 * then the other, or somebody working at one who bears the name of who stands behind the other.
 */
export const PEOPLE_TIES = ['same-practitioner', 'former-person', 'practitioner-person'] as const
export type PeopleTie = (typeof PEOPLE_TIES)[number]

/** From when on people still count. */
export function yearsBefore(instant: Date, years: number): Date {
  const then = new Date(instant)
  then.setUTCFullYear(then.getUTCFullYear() - years)
  return then
}

/** Two sides that people tie, by their place among the bidders; `other` is null for the owner. */
export type SharedPeople = { one: number; other: number | null; by: PeopleTie[] }

/**
 * What people say of two organisations, besides a person who stands behind both now: that is a tie of its own and closes the
 * door. A name is no proof of a person, and who changed employers did nothing wrong, so this puts nobody out: the agency
 * reads it before it bids, and the regulator after the close.
 *
 * @param since people who left later than this still count
 */
export function peopleBetween(one: Identity, other: Identity, since: Date): PeopleTie[] {
  if (one.id === other.id || tiesBetween(one, other).some((tie) => tie === 'same-person' || tie === 'is-the-owner')) return []
  const [mine, theirs] = [traitsOf(one, since), traitsOf(other, since)]
  return [
    ...(meet(mine.licences, theirs.licences) ? (['same-practitioner'] as const) : []),
    ...(meet(mine.persons, theirs.persons) ? (['former-person'] as const) : []),
    ...(meet(mine.workers, theirs.persons) || meet(mine.persons, theirs.workers) ? (['practitioner-person'] as const) : []),
  ]
}

/** The same for all bidders with the owner and with each other. Looks at those alone that share a licence or a name, however many bid. */
export function sharedPeople(bidders: readonly Identity[], owner: Identity, since: Date): SharedPeople[] {
  const found: SharedPeople[] = []
  const places = new Map<string, number[]>()
  bidders.forEach((bidder, place) => {
    const toOwner = peopleBetween(bidder, owner, since)
    if (toOwner.length) found.push({ one: place, other: null, by: toOwner })
    const { licences, persons, workers } = traitsOf(bidder, since)
    const keys = new Set([...licences, ...persons, ...workers])
    for (const earlier of new Set([...keys].flatMap((key) => places.get(key) ?? []))) {
      const by = peopleBetween(bidder, bidders[earlier]!, since)
      if (by.length) found.push({ one: place, other: earlier, by })
    }
    for (const key of keys) places.set(key, [...(places.get(key) ?? []), place])
  })
  return found
}

function traitsOf({ kind, name, legalRepresentative, former = [], practitioners = [] }: Identity, since: Date): Record<'licences' | 'persons' | 'workers', ReadonlySet<string>> {
  const counted = practitioners.filter(({ until }) => until === null || until > since)
  const before = former.filter(({ until }) => until > since).map((was) => was.legalRepresentative)
  return {
    licences: setOf(counted.flatMap(({ licences }) => licences)),
    persons: setOf([kind === 'natural-person' ? name : legalRepresentative, ...before]),
    workers: setOf(counted.map((one) => one.name)),
  }
}

/** One way of writing, so that spaces and wide letters hide nobody. */
function setOf(texts: readonly (string | null)[]): ReadonlySet<string> {
  return new Set(texts.map((text) => (text ?? '').normalize('NFKC').replace(/\s/g, '').toUpperCase()).filter((text) => text !== ''))
}

function meet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some((value) => other.has(value))
}
