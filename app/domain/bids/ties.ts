import type { Shareholder } from '../agencies/shareholder.ts'
import type { BasisPoints } from '../percent.ts'
import type { Practitioner } from './people.ts'

/** What is known of an organisation when it is asked whether two of them are one. */
export type Identity = {
  id: string
  name: string
  kind: 'organisation' | 'natural-person'
  uscc: string | null
  legalRepresentative: string | null
  phone: string | null
  address: string | null
  supervisorId: string | null
  /** Set where the supervising organisation is an authority. */
  supervisingAuthority: string | null
  /** What stood in its record until it was corrected. */
  former?: readonly Former[]
  shareholders?: readonly Shareholder[]
  /** Who works or worked there, for what people of the last years tie. */
  practitioners?: readonly Practitioner[]
  /** Who has acted for it here, and until when; null while one still does. */
  accounts?: readonly { id: string; until: Date | null }[]
}

export type Former = Pick<Identity, 'legalRepresentative' | 'phone' | 'address' | 'shareholders'> & { until: Date }

/** What makes two organisations one. */
export type Tie = 'is-the-owner' | 'same-person' | 'same-phone' | 'same-address' | 'same-shareholder'

/**
 * How two organisations are one: the same code, the same person behind both, the same telephone, the
 * same address, the same holder of a share, or one that holds a share of the other.
 *
 * @param since what was corrected after this instant still counts, so that nobody stops being related while a tender runs
 * @param least the smallest share that counts
 */
export function tiesBetween(one: Identity, other: Identity, since?: Date | null, least: BasisPoints = 0): Tie[] {
  if (one.id === other.id || (one.uscc !== null && one.uscc === other.uscc)) return ['is-the-owner']
  return [
    ...(meet(over(one, personOf), over(other, personOf)) ? (['same-person'] as const) : []),
    ...(meet(over(one, ({ phone }) => digitsOf(phone)), over(other, ({ phone }) => digitsOf(phone))) ? (['same-phone'] as const) : []),
    ...(meet(over(one, ({ address }) => plain(address)), over(other, ({ address }) => plain(address))) ? (['same-address'] as const) : []),
    ...(meet(holders(one), [...holders(other), ...selves(other)]) || meet(selves(one), holders(other)) ? (['same-shareholder'] as const) : []),
  ]

  /** Whoever holds enough of it, by code or by name. */
  function holders(identity: Identity): (string | null)[] {
    return versionsOf(identity).flatMap(({ shareholders }) => (shareholders ?? []).filter(({ share }) => share >= least).flatMap(({ uscc, name }) => [uscc, plain(name)]))
  }

  /** By what it would stand among the holders of another: its code, its name, and whoever stands behind it. */
  function selves(identity: Identity): (string | null)[] {
    return [identity.uscc, plain(identity.name), ...over(identity, personOf)]
  }

  /** One trait as it reads now and as it read at any instant since. */
  function over(identity: Identity, trait: (of: Identity) => string | null): (string | null)[] {
    return versionsOf(identity).map(trait)
  }

  function versionsOf(identity: Identity): Identity[] {
    const former = since ? (identity.former ?? []).filter(({ until }) => until > since) : []
    return [identity, ...former.map((was) => ({ ...identity, ...was }))]
  }
}

/**
 * Which bids are tickets: related bidders are one, held by the bid that came first.
 *
 * @param bidders in the order in which their standing bids were received
 * @returns the place in `bidders` of the ticket that speaks for each of them
 */
export function ticketsOf(bidders: readonly Identity[], since?: Date | null, least?: BasisPoints): number[] {
  const first = bidders.map((_, place) => place)
  const rootOf = (place: number): number => (first[place] === place ? place : rootOf(first[place]!))
  bidders.forEach((bidder, place) => {
    for (let earlier = 0; earlier < place; earlier++) {
      if (tiesBetween(bidder, bidders[earlier]!, since, least).length === 0) continue
      const [low, high] = [rootOf(earlier), rootOf(place)].sort((a, b) => a - b) as [number, number]
      first[high] = low
    }
  })
  return first.map((_, place) => rootOf(place))
}

/** Does one account act for both, or has it since? Decides nothing between two bidders; who acts for the owner too may not bid. */
export function shareAnAccount(one: Identity, other: Identity, since?: Date | null): boolean {
  const acting = ({ accounts = [] }: Identity) => accounts.filter(({ until }) => until === null || (since && until > since)).map(({ id }) => id)
  return one.id !== other.id && meet(acting(one), acting(other))
}

function personOf({ kind, name, legalRepresentative }: Identity): string | null {
  return plain(kind === 'natural-person' ? name : legalRepresentative)
}

function meet(one: readonly (string | null)[], other: readonly (string | null)[]): boolean {
  return one.some((value) => value !== null && other.includes(value))
}

function plain(text: string | null): string | null {
  return text?.normalize('NFKC').replace(/\s/g, '') || null
}

/** Digits alone, without the country's prefix, so that +86 431 8888 0000 and 0431-88880000 are one telephone. */
function digitsOf(phone: string | null): string | null {
  const digits = phone?.normalize('NFKC').replace(/\D/g, '').replace(/^(?:00)?86(?=\d{10,})/, '').replace(/^0/, '')
  return digits || null
}
