import { z } from 'zod'
import { name, text } from '../accounts/text.ts'
import { Uscc } from '../accounts/uscc.ts'
import { LISTING_CODE, STAGES } from '../catalogue/listing.ts'
import { FLOW_TYPES, MONEY_SOURCES, type FlowType, type MoneySource } from '../projects/project.ts'
import { ProjectCodeText } from '../projects/project-code.ts'
import { ProjectFactsSchema, type ProjectFacts } from '../projects/project-facts.ts'
import { CASE_STATES, faultsOfHistory, placeOf, type CaseStateNumber, type StateOfCase } from './case-state.ts'

/** Four stages, and the lane that runs beside them all (并行推进). */
export const LANES = [...STAGES, 'parallel'] as const
export type Lane = (typeof LANES)[number]

/** A document is the applicant's own, taken over from another case (asked for once), or the output of a listed service. */
export const MATERIAL_SOURCES = ['applicant', 'shared', 'service'] as const
export type MaterialSource = (typeof MATERIAL_SOURCES)[number]
export const MATERIAL_STATES = ['lacking', 'submitted', 'accepted', 'turned-away'] as const
export type MaterialState = (typeof MATERIAL_STATES)[number]

export type Material = {
  code: string
  name: string
  source: MaterialSource
  /** The listed service that yields it. */
  listingCode: string | null
  /** The number of the case that it is taken over from, of the same authority or another. */
  sharedFrom: string | null
  state: MaterialState
  /** Why it was turned away. */
  reason: string
}

/** Who applies; a natural person has no unified code. */
export type Applicant = { uscc: string | null; name: string }

/** One application for one approval item, as its authority's system describes it. Days are working days. */
export type Case = {
  id: string
  number: string
  authorityId: string
  divisionCode: string
  projectCode: string
  /** Code of ours. */
  approvalItem: string
  nationalCode: string | null
  implementationCode: string | null
  flowType: FlowType
  lane: Lane
  applicant: Applicant
  statutoryDays: number | null
  promisedDays: number | null
  receivedAt: Date
  changedAt: Date
  states: StateOfCase[]
  materials: Material[]
}

/** What one authority's system says of a project; what the owner registered stands beside it. */
export type ProjectStatement = {
  projectCode: string
  authorityId: string
  divisionCode: string
  name: string
  owner: Applicant
  flowType: FlowType
  moneySource: MoneySource
  investmentFen: number | null
  facts: ProjectFacts
  statedAt: Date
}

/** A number as case systems write it: no blanks, no signs that an address would need to hide. */
export const CASE_NUMBER = /^[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff()（）〔〕[\]_.-]{0,63}$/
export const CaseNumber = z.string('forms.required').regex(CASE_NUMBER, 'cases.number').meta({ maxLength: 64 })

const nothing = <T>(schema: z.ZodType<T, string>) => schema.nullish().transform((value) => value ?? null)
const Party = z.strictObject({ uscc: nothing(Uscc), name: name() })
/** No approval that still runs began earlier, and no calendar of holidays reaches further back; every day since is looked at by the clock. */
const EARLIEST = new Date('2000-01-01T00:00:00+08:00')
const LATEST = new Date(8.64e15)
const Instant = z.iso.datetime({ offset: true, error: 'cases.instant' }).transform((given) => new Date(given)).refine((given) => given >= EARLIEST, 'cases.too-early')
const Days = z.number('forms.invalid_type').int('cases.days').min(1, 'cases.days').max(3650, 'cases.days').nullish().transform((value) => value ?? null)

const StateInput = z.strictObject({
  state: z.number('cases.state').refine((given): given is CaseStateNumber => given in CASE_STATES, 'cases.state').meta({ type: 'integer', minimum: 1, maximum: 15 }),
  at: Instant,
  note: text({ least: 0, most: 500, lines: true }).default(''),
})

/** A rule across fields looks also where one of the fields is wrong, so that everything is told at once. */
const WHOLE = { when: () => true }

/** What only the marketplace says of a case or of a document. An answer may be written back as it was given; nothing is read of it. */
const ofOurs = <T extends z.ZodType>(schema: T) => schema.optional().meta({ readOnly: true })

/** A text that stands only with one source, and there must. */
const MaterialInput = z
  .strictObject({
    code: text({ most: 64 }),
    name: text({ most: 200 }),
    source: z.enum(MATERIAL_SOURCES, 'cases.source').default('applicant'),
    service: nothing(z.string().regex(LISTING_CODE, 'catalogue.code-malformed')),
    sharedFrom: nothing(CaseNumber),
    state: z.enum(MATERIAL_STATES, 'cases.material-state').default('lacking'),
    reason: text({ least: 0, most: 500, lines: true }).default(''),
    means: ofOurs(z.looseObject({}).nullable()),
    guard: ofOurs(z.looseObject({}).nullable()),
  })
  .superRefine(({ source, service, sharedFrom, state, reason }, context) => {
    const fault = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
    // What is wrong by itself has been said, and nothing follows from it.
    if (!MATERIAL_SOURCES.includes(source)) return
    if ((source === 'service') !== Boolean(service)) fault('service', source === 'service' ? 'cases.service-needed' : 'cases.service-needless')
    if ((source === 'shared') !== Boolean(sharedFrom)) fault('sharedFrom', source === 'shared' ? 'cases.shared-needed' : 'cases.shared-needless')
    if (state === 'turned-away' && typeof reason === 'string' && reason.trim() === '') fault('reason', 'cases.reason-needed')
  }, WHOLE)
  .transform(({ service, means: _means, guard: _guard, ...material }): Material => ({ ...material, listingCode: service }))

const unique = (key: 'code') => (list: { [K in typeof key]: string }[], context: z.RefinementCtx) => {
  if (!Array.isArray(list)) return
  for (const [place, each] of list.entries()) if (typeof each?.[key] === 'string' && list.findIndex((other) => other?.[key] === each[key]) < place) context.addIssue({ code: 'custom', path: [place, key], message: 'cases.twice' })
}

/** Whether a state has come yet is for the verb to say, which has the clock. */
function possible(states: StateOfCase[], context: z.RefinementCtx): void {
  if (!Array.isArray(states) || !states.every((one) => one?.at instanceof Date && one.state in CASE_STATES)) return
  for (const fault of faultsOfHistory(states, LATEST)) context.addIssue({ code: 'custom', path: placeOf(fault), message: fault.code })
}

/** What an answer says of a case beside what its office wrote. */
const GIVEN = { caseNumber: ofOurs(z.string()), authority: ofOurs(z.string()), state: ofOurs(z.number('cases.state')), said: ofOurs(z.array(z.looseObject({}))), changedAt: ofOurs(z.string()) }

/** The body of `PUT /api/v1/cases/{caseNumber}`, and what its answer is, for whoever writes back what was read. What is left out is not known. */
export const CaseInput = z.strictObject({
  projectCode: ProjectCodeText,
  approvalItem: text({ most: 200 }),
  nationalCode: nothing(text({ most: 64 })),
  implementationCode: nothing(z.string().regex(/^[0-9A-Z]{31}$/, 'cases.implementation-code')),
  flowType: z.enum(FLOW_TYPES, 'forms.invalid_value'),
  lane: z.enum(LANES, 'cases.lane').nullish().transform((value) => value ?? null),
  applicant: Party,
  statutoryDays: Days,
  promisedDays: Days,
  receivedAt: Instant,
  states: z.array(StateInput).max(200, 'cases.too-many').superRefine(possible, WHOLE).default([]),
  materials: z.array(MaterialInput).max(200, 'cases.too-many').superRefine(unique('code'), WHOLE).default([]),
  ...GIVEN,
})
export type CaseInput = z.output<typeof CaseInput>

/** The body of `PUT /api/v1/projects/{projectCode}`. Money in fen. */
export const ProjectInput = z.strictObject({
  name: text({ least: 2, most: 120 }),
  divisionCode: z.string('forms.required').regex(/^\d{6}$/, 'catalogue.division-malformed'),
  owner: Party,
  flowType: z.enum(FLOW_TYPES, 'forms.invalid_value'),
  moneySource: z.enum(MONEY_SOURCES, 'forms.invalid_value'),
  investmentFen: z.number('forms.invalid_type').int('cases.fen').min(0, 'cases.fen').max(1e15, 'cases.fen').nullish().transform((value) => value ?? null),
  facts: ProjectFactsSchema.default({}),
})
export type ProjectInput = z.output<typeof ProjectInput>
