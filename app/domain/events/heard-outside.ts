import { z } from 'zod'
import type { Json } from '#app/domain/ledger/canonical.ts'
import type { Audience } from './hearing.ts'

/** What leaves the house with an event: the fields named here and no other, whatever its data holds besides. */
type Heard = { audience: Audience; data: z.ZodObject }

const instant = z.iso.datetime()
const uscc = z.string().regex(/^[0-9A-Z]{18}$/)
const count = z.int().min(0)
const ofTender = { tender: z.string(), project: z.string().nullish() }
const tender = (more: z.ZodRawShape = {}): Heard => ({ audience: 'division', data: z.object({ ...ofTender, ...more }) })
const ofOwn = (more: z.ZodRawShape): Heard => ({ audience: 'own', data: z.object({ authority: uscc, caseNumber: z.string().nullish(), ...more }) })

/**
 * Every event that an authority's machine may hear. `own`: its data names the authority (`authority`, a credit code), and
 * perhaps its case (`caseNumber`); `division`: it names a public tender; `list`: it names the division of a list.
 * A tender that was opened for a case is heard by the case's authority wherever it is, as an event of the case.
 */
export const HEARD_OUTSIDE: Readonly<Record<string, Heard>> = {
  'marketplace.demand.decided.v1': ofOwn({ decision: z.uuid(), verdict: z.string(), reasons: z.array(z.string()) }),
  'marketplace.demand.upheld.v1': ofOwn({ decision: z.uuid() }),
  'marketplace.demand.withdrawn.v1': ofOwn({ decision: z.uuid() }),
  'marketplace.case.registered.v1': ofOwn({ project: z.string(), item: z.string(), state: z.int(), services: z.array(z.string()) }),
  'marketplace.case.changed.v1': ofOwn({ project: z.string(), item: z.string(), state: z.int(), services: z.array(z.string()), takenBack: z.int().optional() }),
  'marketplace.case-limit.warned.v1': ofOwn({ project: z.string(), limit: z.string(), level: z.string(), dueAt: instant, uncoveredYears: z.array(z.int()).optional() }),
  'marketplace.contract.filed.v1': tender({ contract: z.uuid(), agency: uscc, days: count, signedOn: z.iso.date() }),
  'marketplace.contract.confirmed.v1': tender({ contract: z.uuid(), agency: uscc, days: count }),
  'marketplace.contract.refused.v1': tender({ contract: z.uuid(), agency: uscc }),
  'marketplace.deliverable.delivered.v1': tender({ deliverable: z.uuid(), round: count, agency: uscc, listing: z.string() }),
  'marketplace.deliverable.returned.v1': tender({ deliverable: z.uuid(), round: count, agency: uscc, listing: z.string() }),
  'marketplace.deliverable.accepted.v1': tender({ deliverable: z.uuid(), round: count, agency: uscc, listing: z.string(), validUntil: z.iso.date().nullish() }),
  'marketplace.catalogue.version-adopted.v1': { audience: 'list', data: z.object({ division: z.string(), number: count, effectiveOn: z.iso.date(), follows: z.object({ division: z.string(), number: count }).optional() }) },
  'marketplace.tender.published.v1': tender({ title: z.string(), listing: z.string(), closesAt: instant, ceilingFen: count, serviceDays: count }),
  'marketplace.tender.corrected.v1': tender({ revision: count, material: z.boolean(), changed: z.array(z.string()), closesAt: instant }),
  'marketplace.tender.extended.v1': tender({ cause: z.string(), closesAt: instant }),
  'marketplace.tender.suspended.v1': tender({ until: instant }),
  'marketplace.tender.resumed.v1': tender({ byDate: z.boolean(), closesAt: instant, pickBy: instant.optional(), publicityEndsAt: instant.optional(), declineUntil: instant.optional(), objectionsUntil: instant.optional() }),
  'marketplace.tender.cancelled.v1': tender(),
  'marketplace.tender.closed.v1': tender({ outcome: z.string(), received: count, eligible: count, closesAt: instant }),
  'marketplace.tender.opened.v1': tender({ valid: count.optional(), invalid: count.optional() }),
  'marketplace.tender.shortlisted.v1': tender({ pickBy: instant }),
  'marketplace.tender.awarded.v1': tender({ agency: uscc, publicityEndsAt: instant, declineUntil: instant, amountFen: count.optional() }),
  'marketplace.tender.award-declined.v1': tender({ agency: uscc, place: count }),
  'marketplace.tender.award-bound.v1': tender({ publicityEndsAt: instant }),
  'marketplace.tender.failed.v1': tender({ outcome: z.string() }),
}

export const HEARD_TYPES: readonly string[] = Object.keys(HEARD_OUTSIDE)

/** Events that stay inside: of bids, people, files about offices, proposals, agencies' registers, keys, judges and national codes, machines, and what only the marketplace's own members do. */
export const KEPT_INSIDE = [/^marketplace\.(agency|api-client|bid|offering|draft|delegate|judge|sheets?|project|project-limit|register|outage|calendar|holder-key|webhook|inbound|national-code|limit|list-proposal|inquiry|violation|document)\./, /^marketplace\.opened\.v1$/, /^marketplace\.demand\.reported\.v1$/, /^marketplace\.tender\.(auction-set|auction-started|auction-extended|result-overdue|keys-wanted|shares-released|objection-\w+|question-\w+|quote-explained|witness-\w+|witnessed)\.v1$/] as const

/** An event as it may leave, or why it does not: nobody outside hears of it, or its data is not what its type promises. */
export type Outside = { audience: Audience; data: Record<string, Json> } | 'kept-inside' | 'unreadable'

/**
 * Cuts an event down to the fields that its type lists in {@link HEARD_OUTSIDE}; fields that are null or missing are left out. `unreadable` is
 * a bug of whoever told the event: it is logged and sent to nobody.
 */
export function outsideOf({ type, data }: { type: string; data: Json }): Outside {
  if (!Object.hasOwn(HEARD_OUTSIDE, type)) return 'kept-inside'
  const { audience, data: schema } = HEARD_OUTSIDE[type]!
  const read = schema.safeParse(data)
  return read.success ? { audience, data: withoutNothing(read.data as Record<string, Json | undefined>) } : 'unreadable'
}

/** The JSON Schema of an event's data, as `dataschema` names it. */
export function dataSchemaOf(type: string): object | null {
  if (!Object.hasOwn(HEARD_OUTSIDE, type)) return null
  const { audience, data } = HEARD_OUTSIDE[type]!
  // Whoever asked for the service hears of its tender as an event of their case, by its number.
  return z.toJSONSchema(audience === 'division' ? data.extend({ caseNumber: z.string().optional() }) : data, { io: 'output' })
}

function withoutNothing(data: Record<string, Json | undefined>): Record<string, Json> {
  return Object.fromEntries(Object.entries(data).filter((entry): entry is [string, Json] => entry[1] !== undefined && entry[1] !== null))
}
