/** The types of what is checked; shape.ts makes sure that a file has them. */
export type DrandBeacon = { source: 'drand'; at: string; chain: string; round: number; signature: string; value: string }
export type LotteryBeacon = { source: 'lottery'; at: string; game: 'ssq' | 'dlt'; issue: string; day: string; numbers: number[][]; value: string }
export type Beacon = { source: 'local'; at: string; value: string } | DrandBeacon | LotteryBeacon
export type First = { tender: string; entry: string } | null
export type Entry<F = Record<string, unknown>> = { format: string; suite: string; id: string; kind: string; subject: string; division: string; facts: F; at: string; recordedAt: string; payload?: string }
export type Proven = { index: number; leafHash: string; proof: string[] }

type Source = { source: 'local' } | { source: 'drand'; chain: string; round: number } | { source: 'lottery'; game: string }
export type Terms = Source & { rules: string; closesAt: string; drawsAfter: string; commitment: string; number: number; first: First }
/** The dates in force where the deadline has moved since publication, with the entries that moved it. */
type Moved = { closesAt: string; drawsAfter: string; extensions: string[] }
type Frozen = { publication: string; poolRoot: string; received: number; eligible: number; excluded: number; moved?: Moved }
/** Nothing is drawn in a direct selection, so that no instant of a draw moves in it. */
type Extension = { publication: string; number: number; cause: string; fromClosesAt: string; closesAt: string; fromDrawsAfter: string | null; drawsAfter: string | null }
/** An entry that moved the deadline, or the correction for whose sake the next one did. */
export type Move = { kind: 'tender.extended' } & Entry<{ extension: Extension }> | { kind: 'tender.corrected' } & Entry<{ closesAt: string }>
/** What the last entry of every method says; a selection by price names its opening too. `covered` stands beside a value from outside, `accepted` beside one that people read. */
export type Decided = { freeze: string; opening?: string; reveal?: string; beacon: Beacon; poolRoot: string; secret: string; purpose: string; winner: string | null; covered?: string; accepted?: string }

export type Leaf = { bid: string; bidHash: string; label: string | null; receivedAt: string; standing: 'eligible' | 'excluded'; reasons: string[]; credit?: { grade: string; entry: string | null } | null }

type WitnessFacts = {
  place: number
  kind: 'citizen' | 'organisation'
  uscc: string | null
  statement: { tender: string; poolRoot: string; result: string; winner: string | null }
  key: { alg: 'Ed25519'; publicKey: string; signature: string } | null
  enrolled: string | null
}
/** A lay witness under the result, and the enrolment that put the key on record before there was one. */
export type Witnessed = { signed: Entry<{ witness: WitnessFacts }>; enrolled?: Entry<{ enrolment: { witness: string; publicKey: string | null } }> }

type Ledger<Step extends string> = { checkpoint: string; keys: string[]; publication: Proven; moves?: Proven[]; freeze: Proven; witnesses?: { signed: Proven; enrolled?: Proven }[]; steps: Record<Step, Proven>; beacon: string[] } | null

type Head<F> = {
  format: string
  suite: string
  tender: string
  drawNumber: number
  first: First
  publication: Entry<{ draw: Terms } & F>
  moves?: Move[]
  freeze: Entry<{ draw: Frozen }>
  witnesses?: Witnessed[]
  leaves: Leaf[]
  leafHashes: string[]
  beacon: Beacon
  commitment: string
  secret: string
  purpose: string
  winner: string | null
}

export type Placed = { place: number; label: string; position: string }
export type DrawBundle = Head<{ procedure: { method: string } }> & { method: 'random'; steps: { draw: Entry<{ draw: Decided }>; order: Placed[] }; ledger: Ledger<'draw'> }

export type Period = { n: number; unit: 's' | 'min' | 'h' | 'd' | 'wd' }
export type QuoteRule = { kind: 'money' } | { kind: 'discount'; least: number; most: number }
/** The shares of `lowQuote` are parts of one: 0.5 is half. */
export type PriceProcedure = { rules: string; method: string; minimumBidders: number; drawDelay: Period; quote: QuoteRule; tie: 'draw' | 'electronic-lot'; lowQuote: { ofMean: number; ofNext: number; ofCeiling: number; explanation: Period } }
export type PriceTerms = { procedure: PriceProcedure; ceilingFen: number; sealing: { suite: string; holders: { id: string; publicKey: string }[]; threshold?: number } }
/** What stands besides in an opening that came to too few valid prices. */
type TooFew = { minimumBidders?: number }
type OpeningFacts = { freeze: string; outcome: string; valid: number; invalid: number; low: number; decidesAfter: string }

export type SealedHeader = { format: string; suite: string; tender: string; rules: string; bid: string; uscc: string; part: string; commitment: string; holders: string[]; mode?: string; threshold?: number; shares?: string[] }
export type SealedPart = { header: SealedHeader; body: string; keys: { holder: string; enc: string; sealed: string }[] }
/** What one holder showed where bids were sealed in shares, in hex. */
export type ShownShares = { holder: string; shares: { bid: string; share: string; salt: string }[] }
export type ReleaseEntry = Entry<{ release: { freeze: string; holder: string; shown: number; wrong: number; shares: string } }>
export type OpenedBid = { bid: string; outcome: 'valid' | 'invalid'; reason: string | null; keys: { offer?: string; plan?: string }; low: string[]; holders?: string[]; envelope: { format: string; parts: [SealedPart, ...SealedPart[]] } }
export type Ranked = Placed & { bid: string; value: number; lot?: number }

export type ShortlistProcedure = { method: string; drawDelay: Period; credit: { unrated: string; balls: { grade: string; balls: number }[] }; bigList: number; smallList: number; pick: { within: Period; otherwise: string } }
/** The end of a hold that gave the owner's time to pick back. */
type HoldEntry = Entry<{ picking: { draw: string; since: string; fromPickBy: string; pickBy: string } }>
type Picked = { draw: string; label: string; place: number; by: 'owner' | 'first-drawn'; reason?: string }
export type ShortlistBundle = Head<{ procedure: ShortlistProcedure }> & {
  method: 'credit-shortlist'
  steps: { draw: Entry<{ draw: Decided & { pickBy: string } }>; holds?: HoldEntry[]; order: (Placed & { balls: number })[]; pick: Entry<{ pick: Picked }> | null }
  ledger: (NonNullable<Ledger<'draw'>> & { steps: { draw: Proven; holds?: Proven[]; pick: Proven | null } }) | null
}

export type PriceBundle = Head<PriceTerms> & {
  method: 'lowest-price' | 'average-price'
  steps: { releases?: ReleaseEntry[]; released?: ShownShares[]; opening: Entry<{ opening: OpeningFacts } & TooFew>; opened: OpenedBid[]; result: Entry<{ result: Decided }>; order: Ranked[] }
  ledger: (NonNullable<Ledger<'opening' | 'result'>> & { steps: { releases?: Proven[] } }) | null
}

type Clocked = { n: number; unit: 's' | 'min' | 'h' }
export type AuctionTerms = { delay: Clocked; rounds: number; round: Clocked; stepFen: number; quotesPerRound: number; outage?: Clocked }
/** Further rounds for those that an outage took. */
export type FurtherEntry = Entry<{ extension: { freeze: string; number: number; cause: 'outage' | 'operator'; gap: { from: string; until: string }; fromEndsAt: string; startsAt: string; endsAt: string } }>
type AuctionPublished = { procedure: Omit<PriceProcedure, 'quote'> & { quote: { kind: 'money' }; auction: AuctionTerms }; ceilingFen: number }
export type QuoteBody = { tender: string; quote: string; sequence: number; round: number; bid: string; amountFen: number; quotedAt: string; previous: string; salt: string }
export type ShownBid = { bid: string; outcome: 'valid' | 'invalid'; reason: string | null; amountFen: number | null; low: string[]; body: { tender: string; bid: string; agency: { uscc: string; name: string }; contribution: string; salt: string } }

export type AuctionBundle = Omit<Head<AuctionPublished>, 'freeze'> & {
  method: 'live-auction'
  freeze: Entry<{ draw: Frozen; auction: { startsAt: string; endsAt: string } }>
  steps: { extensions?: FurtherEntry[]; quotes: Entry<{ bid: string }>[]; bodies: QuoteBody[]; opening: Entry<{ opening: OpeningFacts; auction: { quotes: number; last: string; extensions?: string[] } } & TooFew>; opened: ShownBid[]; result: Entry<{ result: Decided }>; order: Ranked[] }
  ledger: (NonNullable<Ledger<'opening' | 'result'>> & { steps: { quotes: Proven[]; extensions?: Proven[] } }) | null
}

export type Criterion = { code: string; name: string; weight: number; kind: 'price' | 'judged' }
export type MeritProcedure = PriceProcedure & { criteria: Criterion[]; judges: number; planCharacters: number; plans: 'sealed' | 'opened' }
export type JudgeEntry = Entry<{ seat: number; sheet?: string; by?: string }>
export type Mark = { bid: string; criterion: string; points: number; reason: string }
export type Sheet = { seat: number; hash: string; sheet: { format: string; tender: string; seat: number; marks: Mark[]; salt: string } }
export type Scored = Ranked & { price: number; points: { price: number; judged: number; total: number } }

export type MeritBundle = Head<PriceTerms & { procedure: MeritProcedure }> & {
  method: 'merit'
  steps: PriceBundle['steps'] & { seated: JudgeEntry[]; judged: JudgeEntry[]; reveal: Entry<{ reveal: { opening: string; sheets: number; decidesAfter: string } }>; sheets: Sheet[]; order: Scored[] }
  ledger: (NonNullable<Ledger<'opening' | 'reveal' | 'result'>> & { steps: Record<'seated' | 'judged', Proven[]> }) | null
}

/** One whose bids name a price under a seal. */
export type SealedBundle = PriceBundle | MeritBundle

/** One result; the method says which steps led to it. */
export type Bundle = DrawBundle | SealedBundle | AuctionBundle | ShortlistBundle

/** What comes after an opening that did not fail. */
type Later = 'judged' | 'reveal' | 'sheets' | 'result' | 'order'
type Undecided<B extends PriceBundle | AuctionBundle | MeritBundle> = Omit<B, 'beacon' | 'secret' | 'winner' | 'steps' | 'ledger'> & {
  beacon: null
  secret: null
  winner: null
  steps: Omit<B['steps'], Later>
  ledger: (Omit<NonNullable<B['ledger']>, 'steps'> & { steps: Omit<NonNullable<B['ledger']>['steps'], Later> }) | null
}
/** A selection that failed at its opening, since too few prices were valid: no value was taken, and nobody comes first. */
export type FailedPrices = Undecided<PriceBundle>
export type FailedAuction = Undecided<AuctionBundle>
export type FailedMerit = Undecided<MeritBundle>
export type Failed = FailedPrices | FailedAuction | FailedMerit
/** Where bids were frozen into a pool. */
export type PoolBundle = Bundle | Failed

/** An agency that its owner named, and that accepted: nothing was drawn or compared. `body` is the acceptance whose hash is in the log. */
export type DirectBundle = {
  format: string
  suite: string
  tender: string
  method: 'direct'
  publication: Entry<{ procedure: { method: string; minimumBidders: number }; named: string; reason: string; closesAt: string }>
  moves?: Move[]
  steps: {
    acceptance: Entry<{ bid: string }>
    body: ShownBid['body']
    closing: Entry<{ outcome: string; received: number; eligible: number; minimumBidders: number; closesAt: string }>
    award: Entry<{ winner: string; method: string; reason: string; declineUntil: string }>
    declined?: Entry<{ agency: string }>
  }
  winner: string | null
  ledger: { checkpoint: string; keys: string[]; publication: Proven; moves?: Proven[]; steps: Record<'acceptance' | 'closing' | 'award', Proven> & { declined?: Proven } } | null
}
export type AnyBundle = PoolBundle | DirectBundle

export const isDecided = (bundle: AnyBundle): bundle is Bundle => 'order' in bundle.steps

export type Receipt = {
  format: string
  suite: string
  tender: string
  bid: string
  bidHash: string
  body: string
  receivedAt: string
  entry: string
  leafHash: string
  promisedBy: string
  signature: { alg: string; keyId: string; value: string }
}

export type Proof = { format: string; suite: string; entry: Entry; ledger: Proven & { checkpoint: string; keys: string[] } }

type State = { size: number; root: string }
export type Consistency = { format: string; suite: string; from: State; to: State; proof: string[] }

export type PublishedKeys = { keys: { keyId: string; purpose: string; publicKey: string }[] }

/** The dates that held: those of the publication, or those to which the freeze says they have moved. */
export function datesOf({ publication, freeze }: { publication: Entry<{ draw: Terms }>; freeze: Entry<{ draw: Frozen }> }): { closesAt: string; drawsAfter: string } {
  return freeze.facts.draw.moved ?? publication.facts.draw
}
