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
/** `covered` stands beside a value from outside, `accepted` beside one that people read. */
export type Decided = { freeze: string; beacon: Beacon; poolRoot: string; secret: string; purpose: string; winner: string | null; covered?: string; accepted?: string }
export type Placed = { place: number; label: string; position: string }

export type Leaf = { bid: string; bidHash: string; label: string | null; receivedAt: string; standing: 'eligible' | 'excluded'; reasons: string[] }

export type Bundle = {
  format: string
  suite: string
  tender: string
  drawNumber: number
  first: First
  publication: Entry<{ draw: Terms }>
  freeze: Entry<{ draw: Frozen }>
  leaves: Leaf[]
  leafHashes: string[]
  draw: Entry<{ draw: Decided }>
  beacon: Beacon
  commitment: string
  secret: string
  purpose: string
  order: Placed[]
  winner: string | null
  ledger: { checkpoint: string; keys: string[]; publication: Proven; freeze: Proven; draw: Proven; beacon: string[] } | null
}

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
