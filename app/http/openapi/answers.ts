import { z } from 'zod'
import { Demanded, DESIGNATION_KINDS } from '#app/domain/guard/demand.ts'
import { VERDICTS } from '#app/domain/guard/judgement.ts'
import { SAID_PLACES } from '#app/domain/guard/services-said.ts'
import { REASON_CODES } from '#app/domain/guard/reasons.ts'
import { HEADLINES } from '#app/domain/catalogue/demandability.ts'
import { ListingDetails, ListingRules, NATURES, STAGES } from '#app/domain/catalogue/listing.ts'
import { LANES, MATERIAL_SOURCES, MATERIAL_STATES } from '#app/domain/cases/case.ts'
import { LEVELS, LIMIT_NAMES } from '#app/domain/cases/clock-limits.ts'
import { MILESTONES } from '#app/domain/cases/milestone.ts'
import { PARTIES } from '#app/domain/cases/party.ts'
import { DELIVERY_STATES, HEALTHS } from '#app/domain/events/endpoint.ts'
import { FLOW_TYPES, MONEY_SOURCES } from '#app/domain/projects/project.ts'
import { FACT_KEYS, ProjectFactsSchema } from '#app/domain/projects/project-facts.ts'

/** What the calls answer. Nobody parses these but the tests, which hold every answer against them: the document cannot say more or less than the truth. */

const instant = z.iso.datetime()
const day = z.iso.date()
const uscc = z.string().regex(/^[0-9A-Z]{18}$/)
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().min(0)
const party = z.strictObject({ uscc: uscc.nullable(), name: z.string() })
const may = ['may-be-required', 'may-not-be-required'] as const

export const Problem = z.strictObject({ type: z.string(), title: z.string(), status: z.int(), detail: z.string(), errors: z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() })) })

export const Token = z.strictObject({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: count, scope: z.string() })
export const TokenFault = z.strictObject({ error: z.string(), error_description: z.string().optional() })
export const TokenForm = z.strictObject({ grant_type: z.literal('client_credentials'), scope: z.string().optional() })

export const Versions = z.strictObject({ current: z.string(), oldest: z.string(), items: z.array(z.strictObject({ version: z.string(), since: day, sunset: day.nullable(), text: z.string() })) })

const listed = z.strictObject({ item: z.string(), name: z.string(), nature: z.enum(NATURES), divisionCode: z.string(), inForceFrom: day, inForceUntil: day.nullable(), sinceVersion: count })
const said = z.strictObject({ code: z.enum(REASON_CODES), text: z.string(), source: z.string(), bearing: z.enum(['material', 'commissioning', 'both']), params: z.record(z.string(), z.union([z.string(), z.number()])) })
const stater = { source: z.enum(['owner', 'authority', 'demand']), statedBy: z.strictObject({ uscc, name: z.string() }).nullable(), statedAt: instant.nullable() }
const answer = {
  verdict: z.enum(VERDICTS),
  material: z.enum(may),
  commissioning: z.enum([...may, 'applicants-choice']),
  reasons: z.array(said),
  facts: z.array(z.string()),
  projectFacts: z.array(z.strictObject({ fact: z.enum(FACT_KEYS as [string, ...string[]]), ...stater, contradictedBy: z.array(z.strictObject(stater)) })).optional(),
  alternatives: z.array(z.enum(['self-prepare', 'marketplace', 'free-download', 'nothing-needed'])),
  document: z.literal('to-be-accepted'),
  listing: listed.nullable(),
  match: z.strictObject({ by: z.enum(['code', 'material', 'name', 'alias', 'score']), score: z.number() }).nullable(),
  nearest: z.array(z.strictObject({ item: z.string(), name: z.string(), score: z.number() })),
  catalogueVersion: count,
}
const recorded = z.strictObject({
  caseNumber: z.string().nullable(),
  projectCode: z.string().nullable(),
  authority: z.string(),
  approvalItem: z.string(),
  demanded: Demanded,
  commissioner: z.enum(['applicant', 'authority']).nullable(),
  namedAgency: z.strictObject({ kind: z.enum(DESIGNATION_KINDS), agency: z.string().nullable() }).nullable(),
  demandedOn: day,
  facts: ProjectFactsSchema,
  givenFacts: z.array(z.string()),
})
const signature = z.strictObject({ alg: z.literal('Ed25519'), keyId: z.string(), value: z.string() })
const place = { entry: z.uuid(), leafHash: hash, promisedBy: instant }

export const Decision = z.strictObject({ id: z.uuid(), ...answer, demand: recorded, ledger: z.strictObject({ ...place, index: z.null(), checkpoint: z.null() }), signature, decidedAt: instant })
/** Later, when the ledger has taken it up, with the way to prove it. */
export const ProvenDecision = Decision.extend({
  ledger: z.strictObject({ ...place, index: count.nullable(), checkpoint: z.strictObject({ size: count, root: hash, note: z.string(), signedAt: instant }).nullable(), proof: z.array(hash).nullable() }),
})
export const Validation = z.strictObject({ ...answer, rules: z.array(z.strictObject({ code: z.enum(REASON_CODES), result: z.enum(['against', 'passed', 'unknown', 'not-run']) })), recorded: z.literal(false), validatedAt: instant })

export const Catalogue = z.strictObject({
  division: z.string(),
  on: day,
  version: count,
  items: z.array(
    z.strictObject({
      item: z.string(), name: z.string(), aliases: z.array(z.string()), division: z.string(), category: z.string().nullable(), nature: z.enum(NATURES), headline: z.enum(HEADLINES), approvalItems: z.array(z.string()), stages: z.array(z.enum(STAGES)),
      // A condition holds conditions; a reader is told so in words.
      rules: ListingRules.extend({ appliesWhen: z.looseObject({}).nullable() }), details: ListingDetails, sample: z.boolean(), inForceFrom: day, inForceUntil: day.nullable(), sinceVersion: count,
    }),
  ),
  next: z.string().nullable(),
})

export const ApprovalItems = z.strictObject({ division: z.string(), items: z.array(z.strictObject({ item: z.string(), name: z.string(), nationalCode: z.string().nullable(), stage: z.enum(STAGES), parallel: z.boolean(), authority: z.string(), sample: z.boolean() })), next: z.null() })

export const Project = z.strictObject({ projectCode: z.string(), authority: uscc, divisionCode: z.string(), name: z.string(), owner: party, flowType: z.enum(FLOW_TYPES), moneySource: z.enum(MONEY_SOURCES), investmentFen: count.nullable(), facts: ProjectFactsSchema, statedAt: instant })

const state = z.int().min(1).max(15)
/** The answer that stands to the service in this case; null where it was not asked for. */
const guarded = z.strictObject({ decision: z.uuid(), verdict: answer.verdict, material: answer.material, reasons: answer.reasons, facts: answer.facts, alternatives: answer.alternatives, withdrawn: z.boolean() }).nullable()
export const Case = z.strictObject({
  caseNumber: z.string(), authority: uscc, projectCode: z.string(), approvalItem: z.string(), nationalCode: z.string().nullable(), implementationCode: z.string().nullable(), flowType: z.enum(FLOW_TYPES), lane: z.enum(LANES), applicant: party,
  statutoryDays: count.nullable(), promisedDays: count.nullable(), receivedAt: instant, state,
  states: z.array(z.strictObject({ state, at: instant, note: z.string() })),
  materials: z.array(z.strictObject({ code: z.string(), name: z.string(), source: z.enum(MATERIAL_SOURCES), service: z.string().nullable(), sharedFrom: z.string().nullable(), state: z.enum(MATERIAL_STATES), reason: z.string(), means: z.strictObject({ code: z.string(), name: z.string() }).nullable(), guard: guarded })),
  said: z.array(z.strictObject({ place: z.enum(SAID_PLACES), text: z.string(), words: z.string(), service: z.strictObject({ code: z.string(), name: z.string() }).nullable() })),
  changedAt: instant,
})
export const Cases = z.strictObject({ items: z.array(z.strictObject({ caseNumber: z.string(), projectCode: z.string(), approvalItem: z.string(), lane: z.enum(LANES), receivedAt: instant, changedAt: instant })), next: z.string().nullable() })
const clock = {
  workingDays: z.strictObject({ agency: count, owner: count, intake: count, authority: count, supplement: count, special: count, whole: count }),
  round: z.int().min(1),
  running: z.enum(PARTIES).nullable(),
  limits: z.array(z.strictObject({ name: z.enum(LIMIT_NAMES), party: z.enum(['agency', 'owner', 'authority']), round: z.int().min(1), level: z.enum(LEVELS), dueAt: instant })),
  uncoveredYears: z.array(z.int()),
}
export const Services = z.strictObject({
  clock: z.strictObject({ ...clock, office: z.strictObject({ used: count, promised: count.nullable(), statutory: count.nullable(), acceptance: z.strictObject({ at: instant, deemed: z.boolean() }).nullable(), supplementing: z.strictObject({ at: instant, used: count, round: z.int().min(1), overdueFrom: instant, overdue: z.boolean() }).nullable() }) }),
  items: z.array(
    z.strictObject({
      material: z.string(),
      service: z.strictObject({ code: z.string(), name: z.string() }),
      milestone: z.enum(MILESTONES),
      guard: guarded,
      tender: z.strictObject({ number: z.string(), title: z.string(), state: z.string() }).nullable(),
      agency: z.strictObject({ uscc, name: z.string() }).nullable(),
      contract: z.strictObject({ filedAt: instant, confirmedAt: instant.nullable() }).nullable(),
      deliverable: z.strictObject({ id: z.uuid(), name: z.string(), round: count, deliveredAt: instant, acceptedAt: instant.nullable(), validUntil: day.nullable() }).nullable(),
      onFile: z.strictObject({ id: z.uuid(), name: z.string(), tender: z.string(), service: z.strictObject({ code: z.string(), name: z.string() }), validUntil: day.nullable() }).nullable(),
      clock: z.strictObject(clock).nullable(),
    }),
  ),
  shared: z.array(z.strictObject({ material: z.string(), caseNumber: z.string().nullable(), state: z.enum(MATERIAL_STATES), deliverable: z.strictObject({ id: z.uuid(), name: z.string(), tender: z.string(), validUntil: day.nullable() }).nullable() })),
  next: z.null(),
})
export const Upheld = z.strictObject({ decision: z.uuid(), upheldAt: instant, entry: z.uuid() })
export const Deliverable = z.strictObject({
  id: z.uuid(), caseNumber: z.string(), material: z.string(), tender: z.string(), service: z.string(), name: z.string(), round: count,
  file: z.strictObject({ url: z.string(), sha256: hash, name: z.string(), mediaType: z.string(), bytes: count }).nullable(),
  handover: z.string().nullable(), deliveredAt: instant, acceptedAt: instant, deemed: z.boolean(), validUntil: day.nullable(),
})

const webhook = { id: z.uuid(), url: z.url(), types: z.array(z.string()), health: z.enum(HEALTHS), cause: z.string().nullable(), since: instant, waiting: count, oldestWaiting: instant.nullable(), nextAttemptAt: instant.nullable() }
export const Webhook = z.strictObject(webhook)
/** The secret is in this answer and in no other. */
export const NewWebhook = z.strictObject({ ...webhook, secret: z.string() })
export const Webhooks = z.strictObject({ items: z.array(Webhook), next: z.null() })
export const Delivery = z.strictObject({ id: z.string(), event: z.uuid(), type: z.string(), subject: z.string(), state: z.enum(DELIVERY_STATES), attempts: count, lastStatus: z.int().nullable(), lastFault: z.string().nullable(), lastAttemptAt: instant.nullable(), nextAttemptAt: instant.nullable(), deliveredAt: instant.nullable() })
export const Deliveries = z.strictObject({ items: z.array(Delivery), next: z.string().nullable() })
const source = { id: z.uuid(), source: z.string(), since: instant }
export const NewSource = z.strictObject({ ...source, secret: z.string() })
export const Sources = z.strictObject({ items: z.array(z.strictObject(source)), next: z.null() })
/** What `data` holds is the affair of each type, and stands in the schema that the event names. */
export const CloudEvent = z.strictObject({ specversion: z.literal('1.0'), id: z.uuid(), source: z.string(), type: z.string(), subject: z.string(), time: instant, datacontenttype: z.literal('application/json'), dataschema: z.url(), data: z.looseObject({}) })
export const Feed = z.strictObject({ items: z.array(CloudEvent), next: z.string() })
export const EventTaken = z.strictObject({ id: z.string(), duplicate: z.boolean() })
export const SentEvents = z.strictObject({ items: z.array(z.strictObject({ id: z.string(), source: z.string(), type: z.string(), subject: z.string(), receivedAt: instant, state: z.enum(['received', 'processed', 'refused', 'failed']), errors: Problem.shape.errors })), next: z.string().nullable() })
export const EventSchema = z.looseObject({ type: z.literal('object') })
