import { z } from 'zod'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const whole = z.number().int().nonnegative()
const first = z.strictObject({ tender: z.string(), entry: uuid }).nullable()
const beacon = z.strictObject({ source: z.literal('local'), at: instant, value: hash })

function entry<F extends z.ZodType>(kind: string, facts: F) {
  return z.strictObject({
    format: z.literal('mingdan-entry/v1'),
    suite: z.literal('intl-1'),
    id: uuid,
    kind: z.literal(kind),
    subject: z.string(),
    division: z.string().regex(/^\d{6}$/),
    facts,
    at: instant,
    recordedAt: instant,
    payload: hash.optional(),
  })
}

const terms = z.strictObject({ rules: z.literal('mingdan-draw/v1'), source: z.literal('local'), closesAt: instant, drawsAfter: instant, commitment: hash, number: whole.min(1), first })
const frozen = z.strictObject({ publication: uuid, poolRoot: hash, received: whole, eligible: whole, excluded: whole })
const drawn = z.strictObject({ freeze: uuid, beacon, poolRoot: hash, secret: hash, purpose: z.literal('pool'), winner: z.string().nullable() })
const proven = z.strictObject({ index: whole, leafHash: hash, proof: z.array(hash) })

/** The bundle as docs/verification.md describes it. An entry may say more under `facts` than its draw. */
export const Bundle = z.strictObject({
  format: z.literal('mingdan-draw-bundle/v1'),
  suite: z.literal('intl-1'),
  tender: z.string().min(1),
  drawNumber: whole.min(1),
  first,
  publication: entry('tender.published', z.looseObject({ draw: terms })),
  freeze: entry('pool.frozen', z.looseObject({ draw: frozen })),
  leaves: z.array(z.strictObject({ bid: uuid, bidHash: hash, label: z.string().min(1).nullable(), receivedAt: instant, standing: z.enum(['eligible', 'excluded']), reasons: z.array(z.string().min(1)) })).min(1),
  leafHashes: z.array(hash),
  draw: entry('draw.drawn', z.looseObject({ draw: drawn })),
  beacon,
  commitment: hash,
  secret: hash,
  purpose: z.literal('pool'),
  order: z.array(z.strictObject({ place: whole.min(1), label: z.string(), position: hash })),
  winner: z.string().nullable(),
  ledger: z
    .strictObject({ checkpoint: z.string(), keys: z.array(z.string()).min(1), publication: proven, freeze: proven, draw: proven, beacon: z.array(hash) })
    .nullable(),
})
export type Bundle = z.output<typeof Bundle>
