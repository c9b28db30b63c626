/** The types of what is checked; shape.ts makes sure that a file has them. */
export type Beacon = { source: 'local'; at: string; value: string }
export type First = { tender: string; entry: string } | null
export type Entry<F = Record<string, unknown>> = { format: string; suite: string; id: string; kind: string; subject: string; division: string; facts: F; at: string; recordedAt: string; payload?: string }
export type Proven = { index: number; leafHash: string; proof: string[] }

type Terms = { rules: string; source: string; closesAt: string; drawsAfter: string; commitment: string; number: number; first: First }
/** The dates in force where the deadline has moved since publication, with the entries that moved it. */
type Moved = { closesAt: string; drawsAfter: string; extensions: string[] }
type Frozen = { publication: string; poolRoot: string; received: number; eligible: number; excluded: number; moved?: Moved }
type Drawn = { freeze: string; beacon: Beacon; poolRoot: string; secret: string; purpose: string; winner: string | null }

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
  draw: Entry<{ draw: Drawn }>
  beacon: Beacon
  commitment: string
  secret: string
  purpose: string
  order: { place: number; label: string; position: string }[]
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

/** The dates that held: those of the publication, or those to which the freeze says they have moved. */
export function datesOf({ publication, freeze }: { publication: Entry<{ draw: Terms }>; freeze: Entry<{ draw: Frozen }> }): { closesAt: string; drawsAfter: string } {
  return freeze.facts.draw.moved ?? publication.facts.draw
}
