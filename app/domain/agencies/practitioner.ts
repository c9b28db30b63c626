import { z } from 'zod'
import { name, text } from '../accounts/text.ts'

/** What shows that somebody works there: three months of social insurance, or another paper for the retired and the seconded. */
export const PROOFS = ['social-insurance', 'retired', 'seconded'] as const
export type Proof = (typeof PROOFS)[number]

export type Licence = { kind: string; number: string }

/** 执业人员: a licensed person employed by an agency. The name stays inside; everybody sees the kinds of licences and how many. */
export type Practitioner = { id: string; name: string; proof: Proof; licences: Licence[] }

const word = (most: number) => text({ least: 0, most }).optional().transform((given) => given?.trim() ?? '')

/** A person with up to three licences: both halves of each, and at least the first. */
export const PractitionerForm = z
  .object({
    name: name(60),
    proof: z.enum(PROOFS, 'forms.invalid_value'),
    licenceKind1: text({ least: 2, most: 60 }),
    licenceNumber1: text({ least: 2, most: 60 }),
    licenceKind2: word(60),
    licenceNumber2: word(60),
    licenceKind3: word(60),
    licenceNumber3: word(60),
  })
  .superRefine((form, context) => {
    for (const n of [2, 3] as const) {
      const [kind, number] = [form[`licenceKind${n}`], form[`licenceNumber${n}`]]
      if (kind && !number) context.addIssue({ code: 'custom', message: 'forms.required', path: [`licenceNumber${n}`] })
      if (!kind && number) context.addIssue({ code: 'custom', message: 'forms.required', path: [`licenceKind${n}`] })
    }
  })
  .transform(({ name, proof, ...form }) => ({
    name,
    proof,
    licences: ([1, 2, 3] as const).map((n) => ({ kind: form[`licenceKind${n}`], number: normaliseNumber(form[`licenceNumber${n}`]) })).filter(({ number }) => number !== ''),
  }))
export type PractitionerFields = z.output<typeof PractitionerForm>

/** A licence's number as it is compared: no blanks, capital letters, so that one licence is one number. */
export function normaliseNumber(number: string): string {
  return number.normalize('NFKC').replace(/\s/g, '').toUpperCase()
}
