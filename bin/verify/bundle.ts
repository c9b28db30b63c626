/** The types of what is checked; shape.ts makes sure that a file has them. */
export type DrandBeacon = { source: 'drand'; at: string; chain: string; round: number; signature: string; value: string }
export type LotteryBeacon = { source: 'lottery'; at: string; game: 'ssq' | 'dlt'; issue: string; day: string; numbers: number[][]; value: string }
export type Beacon = { source: 'local'; at: string; value: string } | DrandBeacon | LotteryBeacon
export type First = { tender: string; entry: string } | null
export type Entry<F = Record<string, unknown>> = { format: string; suite: string; id: string; kind: string; subject: string; division: string; facts: F; at: string; recordedAt: string; payload?: string }
export type Proven = { index: number; leafHash: string; proof: string[] }

type Source = { source: 'local' } | { source: 'drand'; chain: string; round: number } | { source: 'lottery'; game: string }
export type Terms = Source & { rules: string; closesAt: string; drawsAfter: string; commitment: string; number: number; first: First }
type Frozen = { publication: string; poolRoot: string; received: number; eligible: number; excluded: number }
/** What the last entry of every method says; a selection by price names its opening too. `covered` stands beside a value from outside, `accepted` beside one that people read. */
export type Decided = { freeze: string; opening?: string; reveal?: string; beacon: Beacon; poolRoot: string; secret: string; purpose: string; winner: string | null; covered?: string; accepted?: string }

export type Leaf = { bid: string; bidHash: string; label: string | null; receivedAt: string; standing: 'eligible' | 'excluded'; reasons: string[] }

type Ledger<Step extends string> = { checkpoint: string; keys: string[]; publication: Proven; freeze: Proven; steps: Record<Step, Proven>; beacon: string[] } | null

type Head<F> = {
  format: string
  suite: string
  tender: string
  drawNumber: number
  first: First
  publication: Entry<{ draw: Terms } & F>
  freeze: Entry<{ draw: Frozen }>
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
export type PriceProcedure = { rules: string; method: string; minimumBidders: number; drawDelay: Period; quote: QuoteRule; lowQuote: { ofMean: number; ofNext: number; ofCeiling: number; explanation: Period } }
export type PriceTerms = { procedure: PriceProcedure; ceilingFen: number; sealing: { suite: string; holders: { id: string; publicKey: string }[]; threshold?: number } }
type OpeningFacts = { freeze: string; outcome: string; valid: number; invalid: number; low: number; decidesAfter: string }

export type SealedHeader = { format: string; suite: string; tender: string; rules: string; bid: string; uscc: string; part: string; commitment: string; holders: string[]; mode?: string; threshold?: number; shares?: string[] }
export type SealedPart = { header: SealedHeader; body: string; keys: { holder: string; enc: string; sealed: string }[] }
export type OpenedBid = { bid: string; outcome: 'valid' | 'invalid'; reason: string | null; keys: { offer?: string; plan?: string }; low: string[]; envelope: { format: string; parts: [SealedPart, ...SealedPart[]] } }
export type Ranked = Placed & { bid: string; value: number }

export type PriceBundle = Head<PriceTerms> & {
  method: 'lowest-price' | 'average-price'
  steps: { opening: Entry<{ opening: OpeningFacts }>; opened: OpenedBid[]; result: Entry<{ result: Decided }>; order: Ranked[] }
  ledger: Ledger<'opening' | 'result'>
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
export type Bundle = DrawBundle | SealedBundle

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
