import { z } from 'zod'
import { AccountFields, checkPassword } from '../accounts/credentials.ts'
import { OrganisationFields, Phone } from '../accounts/organisation.ts'
import { name, text } from '../accounts/text.ts'
import { DivisionCode } from '../divisions/division.ts'
import type { ShownDocument } from './document.ts'
import type { PractitionerFields } from './practitioner.ts'
import type { QualificationFields } from './qualification.ts'

/** The pages of a registration in their order; each is saved when it is left. */
export const STEPS = ['organisation', 'account', 'people', 'documents', 'qualifications', 'practitioners', 'introduction', 'commitment'] as const
export type Step = (typeof STEPS)[number]

const { legalRepresentative, ...organisation } = OrganisationFields

/** Who registers. */
export const OrganisationStep = z.object(organisation)

/** The account that manages the agency here; a password that was typed before is kept where both fields are left empty. */
export const AccountStep = z.object(AccountFields).superRefine(checkPassword)
export const AccountKeptStep = z.object({ displayName: AccountFields.displayName, signInName: AccountFields.signInName })

const optional = <T extends z.ZodType>(schema: T) => z.union([z.literal('').transform(() => null), schema]).optional().transform((value) => value ?? null)

/** Who speaks for it: the legal representative, an agent with a power of attorney, and whom to call. None of it is public. */
export const PeopleStep = z.object({ legalRepresentative, agentName: optional(name(60)), contactName: name(60), contactPhone: Phone })

/** What it says of itself, and where it wants to serve. */
export const IntroductionStep = z.object({
  introduction: text({ least: 0, most: 1000, lines: true }).optional().transform((words) => words ?? ''),
  serviceDivisions: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((given) => [...new Set([given ?? []].flat().filter((code) => code !== ''))])
    .pipe(z.array(DivisionCode).min(1, 'agencies.divisions-none').max(400, 'agencies.divisions-many')),
})

export const CommitmentStep = z.object({ commitment: z.literal('yes', 'agencies.commitment') })

export type Listed<T> = { items: (T & { id: string })[]; done: boolean }

/** Everything answered so far. The password is never among it. */
export type Answers = {
  organisation?: z.output<typeof OrganisationStep>
  account?: z.output<typeof AccountKeptStep>
  people?: z.output<typeof PeopleStep>
  documents?: Listed<ShownDocument>
  qualifications?: Listed<QualificationFields>
  practitioners?: Listed<PractitionerFields>
  introduction?: z.output<typeof IntroductionStep>
  commitment?: z.output<typeof CommitmentStep>
}

/** The steps that a registration lists things in. */
export const LIST_STEPS = ['documents', 'qualifications', 'practitioners'] as const
export type ListStep = (typeof LIST_STEPS)[number]

/** Does this step gather many things one by one, and so need to be said to be done? Takes any text. */
export function isListStep(step: string): step is ListStep {
  return (LIST_STEPS as readonly string[]).includes(step)
}

/** How many things one registration lists in each. */
export const MOST_LISTED = 40

/** Is a step answered? A list may be empty, but somebody has to have said so. */
export function isAnswered(answers: Answers, step: Step): boolean {
  if (isListStep(step)) return answers[step]?.done === true
  return answers[step] !== undefined
}

/** The first step that still waits for its answer, or null when everything can be checked and sent. */
export function nextStep(answers: Answers): Step | null {
  return STEPS.find((step) => !isAnswered(answers, step)) ?? null
}

/** The page after this one, answered or not; null after the last. {@link nextStep} asks what is still open. */
export function stepAfter(step: Step): Step | null {
  return STEPS[STEPS.indexOf(step) + 1] ?? null
}

/** Which papers a machine finds missing: the licence always, the power of attorney where an agent acts. */
export function missingDocuments({ people, documents }: Answers): ('agencies.licence-missing' | 'agencies.attorney-missing')[] {
  const shown = new Set(documents?.items.map(({ kind }) => kind))
  return [
    ...(shown.has('licence') ? [] : (['agencies.licence-missing'] as const)),
    ...(people?.agentName && !shown.has('power-of-attorney') ? (['agencies.attorney-missing'] as const) : []),
  ]
}

/** Everything that a registration needs to be sent; the first fault by its step. */
export function faultsOf(answers: Answers, hasPassword: boolean): { step: Step; code: string }[] {
  return [
    ...STEPS.filter((step) => !isAnswered(answers, step) || (step === 'account' && !hasPassword)).map((step) => ({ step, code: 'agencies.step-open' })),
    ...missingDocuments(answers).map((code) => ({ step: 'documents' as const, code })),
  ]
}
