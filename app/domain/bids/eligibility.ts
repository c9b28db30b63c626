import { isWithin } from '../divisions/division.ts'

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

export type Bidder = Identity & {
  admittedAt: Date | null
  expelledAt: Date | null
  /** Where its live offering of the tender's listing is served; null where it has none. */
  serviceDivisions: readonly string[] | null
  /** What stops new bids alone: nobody committed for an imported agency, a formal check waits for its answer, the certificate that a law asks for ran out. */
  entryFaults?: readonly EntryFault[]
}

/** The side of the tender that eligibility looks at. `authorities` grant the approvals that use the listed service. */
export type Ground = {
  divisionCode: string
  owner: Identity
  authorities: readonly string[]
  /** The one agency that a direct selection names; nobody else may bid there. */
  namedAgencyId?: string | null
  /** When the tender was published: what stood in a record after that still counts. Null: only what stands now. */
  since?: Date | null
}

/** Why an agency may not win this tender. Each has its sentence and its source in the words. */
export const INELIGIBILITIES = [
  'not-named',
  'not-admitted',
  'agreement-ended',
  'not-committed',
  'check-returned',
  'qualification-expired',
  'qualification-missing',
  'not-offered',
  'area-not-served',
  'is-the-owner',
  'same-person',
  'same-phone',
  'same-address',
  'supervised-by-owner',
  'body-of-authority',
  'related-bidder',
] as const
export type Ineligibility = (typeof INELIGIBILITIES)[number]
export type EntryFault = Extract<Ineligibility, 'not-committed' | 'check-returned' | 'qualification-expired' | 'qualification-missing'>

/** What opens the door and is not asked again: a bid that was taken counts, though its agency offers the service no longer. */
const AT_ENTRY: readonly Ineligibility[] = ['not-committed', 'check-returned', 'qualification-expired', 'qualification-missing', 'not-offered', 'area-not-served']

/** The reasons that still count after the bid was taken: at the close, and before the award. */
export function reasonsSince(bidder: Bidder, ground: Ground): Ineligibility[] {
  return reasonsAgainst(bidder, ground).filter((reason) => !AT_ENTRY.includes(reason))
}

/**
 * Every reason why an agency may not bid, none where it may. The same answer is shown before bidding and judges the bid
 * when it arrives.
 *
 * Whether it is related to another bidder is not asked here: before the close that answer would tell who has bid.
 * `ticketsOf` asks it once the bids are in.
 */
export function reasonsAgainst(bidder: Bidder, { divisionCode, owner, authorities, namedAgencyId, since }: Ground): Ineligibility[] {
  const reasons: Ineligibility[] = []
  if (namedAgencyId && bidder.id !== namedAgencyId) reasons.push('not-named')
  if (!bidder.admittedAt) reasons.push('not-admitted')
  if (bidder.expelledAt) reasons.push('agreement-ended')
  reasons.push(...(bidder.entryFaults ?? []))
  if (!bidder.serviceDivisions) reasons.push('not-offered')
  else if (!bidder.serviceDivisions.some((outer) => isWithin(divisionCode, outer))) reasons.push('area-not-served')
  reasons.push(...tiesBetween(bidder, owner, since))
  if (bidder.supervisorId && bidder.supervisorId === owner.id) reasons.push('supervised-by-owner')
  const supervisor = bidder.supervisingAuthority
  if (supervisor && authorities.some((authority) => isAuthority(supervisor, authority))) reasons.push('body-of-authority')
  return reasons
}

/** What makes two organisations one. */
export type Tie = Extract<Ineligibility, 'is-the-owner' | 'same-person' | 'same-phone' | 'same-address'>

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

/** `长春市水利局` is the authority that an approval item calls `水利局` or `水利厅`. */
function isAuthority(organisation: string, authority: string): boolean {
  const stem = authority.replace(/（.*$/, '').replace(/(?:局|厅|委员会|办公室)$/, '')
  return stem !== '' && organisation.includes(stem)
}
