import { z } from 'zod'
import { name, text } from '../accounts/text.ts'
import { Uscc } from '../accounts/uscc.ts'
import { LISTING_CODE } from '../catalogue/listing.ts'
import { FLOW_TYPES } from '../projects/project.ts'
import { ProjectCodeText } from '../projects/project-code.ts'
import { CaseNumber, MATERIAL_SOURCES, MATERIAL_STATES, type CaseInput, type Material } from './case.ts'
import { Day, dayOf, startOf } from '../calendar.ts'
import { CASE_STATES, type CaseStateNumber } from './case-state.ts'

const plain = (given: string) => given.normalize('NFKC').replace(/\s/g, '')
const Days = z.string().default('').transform((given, context): number | null => {
  const days = plain(given).replace(/(?:个?工作日|天|日|days?)$/i, '')
  if (days === '') return null
  if (/^[1-9][0-9]{0,3}$/.test(days) && Number(days) <= 3650) return Number(days)
  context.issues.push({ code: 'custom', message: 'cases.days', input: given })
  return null
})
/** A day that something happened on; empty where it is now. */
const PastDay = z.union([z.literal(''), Day], { error: 'cases.day' }).default('').transform((day) => day || null)
const optional = (most: number) => text({ least: 0, most }).default('')

/** The form by which an officer without a case system registers a case. */
export const CaseForm = z.object({
  number: z.string('forms.required').transform(plain).pipe(CaseNumber),
  projectCode: ProjectCodeText,
  approvalItem: text({ most: 200 }),
  flowType: z.enum(FLOW_TYPES, 'forms.invalid_value'),
  applicantUscc: z.preprocess((given) => (given === undefined || given === '' ? null : given), Uscc.nullable()),
  applicantName: name(),
  statutoryDays: Days,
  promisedDays: Days,
  receivedOn: PastDay,
  /** Begin with the documents that every applicant for the approval may be asked for. */
  usual: z.literal('yes').optional(),
})
type Filled = z.output<typeof CaseForm>
export type CaseForm = Omit<Filled, 'receivedOn'> & Partial<Pick<Filled, 'receivedOn'>>

/** What a form says, as a case system would. @param now the instant of registering, which is when the case was received unless a day is named */
export function caseInputOf({ number: _, usual: _usual, applicantUscc, applicantName, receivedOn = null, ...form }: CaseForm, now: Date): CaseInput {
  const at = instantOn(receivedOn, { now, before: null })
  return { ...form, applicant: { uscc: applicantUscc, name: applicantName }, nationalCode: null, implementationCode: null, lane: null, receivedAt: at, states: [{ state: 1, at, note: '' }], materials: [] }
}

/**
 * The instant that a day of the past stands for: its beginning, or that of the state before where both are of one day. Working days
 * count by days, so the hour changes no limit. A day to come is an instant to come, which no history takes.
 */
export function instantOn(day: Day | null, { now, before }: { now: Date; before: Date | null }): Date {
  if (day === null || day === dayOf(now)) return now
  return before && dayOf(before) === day ? before : startOf(day)
}

/** The form by which an officer records that a case has come into a state, now or on a day before. */
export const StateForm = z.object({
  act: z.literal('state', 'forms.custom'),
  state: z.string('cases.state').transform(Number).refine((state): state is CaseStateNumber => state in CASE_STATES, 'cases.state'),
  note: optional(500),
  since: PastDay,
})

/** The form by which an officer takes back the last state; `place` is how many there were. */
export const TakeBackForm = z.object({
  act: z.literal('take-back', 'forms.custom'),
  place: z.coerce.number('cases.state').int('cases.state').min(1, 'cases.state').max(200, 'cases.state'),
  mistake: text({ least: 2, most: 500, lines: true }),
})

/** The form by which an officer takes a document out of a case. */
export const RemoveForm = z.object({ act: z.literal('remove', 'forms.custom'), code: text({ most: 64 }) })

/** The form of one document; a code that the case has already is that document again. */
export const MaterialForm = z
  .object({
    act: z.literal('material', 'forms.custom'),
    code: text({ most: 64 }),
    name: text({ most: 200 }),
    source: z.enum(MATERIAL_SOURCES, 'forms.invalid_value').default('applicant'),
    service: z.string().default('').transform((given) => plain(given).toUpperCase()),
    sharedFrom: z.string().default('').transform(plain),
    materialState: z.enum(MATERIAL_STATES, 'forms.invalid_value').default('lacking'),
    reason: optional(500),
  })
  .superRefine(({ source, service, sharedFrom, materialState, reason }, context) => {
    const fault = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
    if (source === 'service' && !LISTING_CODE.test(service)) fault('service', service === '' ? 'cases.service-needed' : 'catalogue.code-malformed')
    if (source === 'shared' && !CaseNumber.safeParse(sharedFrom).success) fault('sharedFrom', 'cases.shared-needed')
    if (materialState === 'turned-away' && reason.trim() === '') fault('reason', 'cases.reason-needed')
  })
  .transform(({ act, code, name, source, service, sharedFrom, materialState, reason }): { act: 'material'; material: Material } => ({
    act,
    material: { code, name, source, listingCode: source === 'service' ? service : null, sharedFrom: source === 'shared' ? sharedFrom : null, state: materialState, reason },
  }))
