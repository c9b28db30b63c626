import { z } from 'zod'
import { SUITE } from '../ledger/canonical.ts'
import { BUNDLE_FORMAT } from './bundle.ts'
import { BundledEntry, Proven } from './bundle-steps.ts'

const Acceptance = z.strictObject({ tender: z.string(), bid: z.uuid(), agency: z.strictObject({ uscc: z.string(), name: z.string() }), contribution: z.string(), salt: z.string() })

/**
 * A direct selection that was awarded, in the format of results: whom publication named and why, its acceptance with the body whose hash the ledger has, the closing and the award.
 * Nothing was drawn, so that it has no pool, value, secret, purpose or order. `declined` is there where the agency did, and then nobody has won.
 */
export const DirectBundle = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  suite: z.literal(SUITE),
  tender: z.string(),
  method: z.literal('direct'),
  publication: BundledEntry,
  moves: z.array(BundledEntry).min(1).optional(),
  steps: z.strictObject({ acceptance: BundledEntry, body: Acceptance, closing: BundledEntry, award: BundledEntry, declined: BundledEntry.optional() }),
  winner: z.string().nullable(),
  ledger: z
    .strictObject({
      checkpoint: z.string(),
      keys: z.array(z.string()).min(1),
      publication: Proven,
      moves: z.array(Proven).min(1).optional(),
      steps: z.strictObject({ acceptance: Proven, closing: Proven, award: Proven, declined: Proven.optional() }),
    })
    .nullable(),
})
export type DirectBundle = z.output<typeof DirectBundle>

/** Bodies as stored: of the entries, and of the bid that stood at the close. */
type Facts = { publication: string; moves: readonly string[]; acceptance: string; body: string; closing: string; award: string; declined: string | null }

/** Puts the facts of a direct selection together; `ledger` is filled by `proveBundle`. Undefined where publication fixed no deadline, as those of before this file did not. */
export function buildDirect({ publication, moves, acceptance, body, closing, award, declined }: Facts): DirectBundle | undefined {
  const published = JSON.parse(publication) as { subject: string; facts: { named: string; closesAt?: string } }
  if (!published.facts.closesAt) return undefined
  return DirectBundle.parse({
    format: BUNDLE_FORMAT,
    suite: SUITE,
    tender: published.subject,
    method: 'direct',
    publication: published,
    ...(moves.length > 0 && { moves: moves.map((moved) => JSON.parse(moved) as unknown) }),
    steps: { acceptance: JSON.parse(acceptance), body: JSON.parse(body), closing: JSON.parse(closing), award: JSON.parse(award), ...(declined !== null && { declined: JSON.parse(declined) }) },
    winner: declined === null ? published.facts.named : null,
    ledger: null,
  })
}
