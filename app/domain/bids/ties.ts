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
}

export type Former = Pick<Identity, 'legalRepresentative' | 'phone' | 'address'> & { until: Date }

/** What makes two organisations one. */
export type Tie = 'is-the-owner' | 'same-person' | 'same-phone' | 'same-address'

/**
 * How two organisations are one: the same code, the same person behind both, the same telephone, the same address.
 *
 * @param since what was corrected after this instant still counts, so that nobody stops being related while a tender runs
 */
export function tiesBetween(one: Identity, other: Identity, since?: Date | null): Tie[] {
  if (one.id === other.id || (one.uscc !== null && one.uscc === other.uscc)) return ['is-the-owner']
  return [
    ...(meet(over(one, personOf), over(other, personOf)) ? (['same-person'] as const) : []),
    ...(meet(over(one, ({ phone }) => digitsOf(phone)), over(other, ({ phone }) => digitsOf(phone))) ? (['same-phone'] as const) : []),
    ...(meet(over(one, ({ address }) => plain(address)), over(other, ({ address }) => plain(address))) ? (['same-address'] as const) : []),
  ]

  /** One trait as it reads now and as it read at any instant since. */
  function over(identity: Identity, trait: (of: Identity) => string | null): (string | null)[] {
    const former = since ? (identity.former ?? []).filter(({ until }) => until > since) : []
    return [identity, ...former.map((was) => ({ ...identity, ...was }))].map(trait)
  }
}

/**
 * Which bids are tickets: related bidders are one, held by the bid that came first.
 *
 * @param bidders in the order in which their standing bids were received
 * @returns the place in `bidders` of the ticket that speaks for each of them
 */
export function ticketsOf(bidders: readonly Identity[], since?: Date | null): number[] {
  const first = bidders.map((_, place) => place)
  const rootOf = (place: number): number => (first[place] === place ? place : rootOf(first[place]!))
  bidders.forEach((bidder, place) => {
    for (let earlier = 0; earlier < place; earlier++) {
      if (tiesBetween(bidder, bidders[earlier]!, since).length === 0) continue
      const [low, high] = [rootOf(earlier), rootOf(place)].sort((a, b) => a - b) as [number, number]
      first[high] = low
    }
  })
  return first.map((_, place) => rootOf(place))
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
