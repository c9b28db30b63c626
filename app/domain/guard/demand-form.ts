import { z } from 'zod'
import { text } from '#app/domain/accounts/text.ts'
import { Day } from '#app/domain/calendar.ts'
import { ListingCode } from '#app/domain/catalogue/listing.ts'
import { normaliseProjectCode, parseProjectCode } from '#app/domain/projects/project-code.ts'
import { factsOf, PROJECT_FACT_FIELDS } from '#app/domain/projects/project-facts.ts'
import { DESIGNATION_KINDS, type Demand, type Demanded } from './demand.ts'

const ANY_DAY = '9999-12-31'
const words = (most: number) => text({ most, say: { empty: 'guard.required' } })
const optional = (most: number) => text({ least: 0, most }).default('')

/** Who is to find an agency, as a form asks it: `nobody` where only the document is wanted. */
export const COMMISSIONER_CHOICES = ['applicant', 'nobody', 'authority'] as const

const shared = {
  service: words(200),
  commissioner: z.enum(COMMISSIONER_CHOICES, 'forms.invalid_value').default('applicant'),
  designation: z.enum(['', ...DESIGNATION_KINDS], 'forms.invalid_value').default(''),
  agency: optional(100),
  on: z.union([z.literal(''), Day], { error: 'guard.day' }).default(''),
  project: z
    .string()
    .default('')
    .transform((text, context) => {
      if (text.trim() === '') return null
      const read = parseProjectCode(text.slice(0, 100), ANY_DAY)
      if ('project' in read) return normaliseProjectCode(read.project.code)
      context.issues.push({ code: 'custom', message: read.fault, input: text })
      return z.NEVER
    }),
  ...PROJECT_FACT_FIELDS,
}

/** The page where anybody asks. The approval may be left out: then the one that the service is listed for is meant. */
export const QuestionForm = z.object({ ...shared, item: optional(200) })
/** The page where an officer puts a demand on record. */
export const DemandForm = z.object({ ...shared, item: words(200), caseNumber: optional(64), decisionId: z.uuid().optional().catch(undefined) })

type Fields = z.output<typeof QuestionForm>

/** What a form's fields demand, by a code of the list or in words. */
export function demandOf(fields: Fields, today: Day): Omit<Demand, 'authority' | 'caseNumber'> {
  const { service, item, commissioner, designation, agency, on, project } = fields
  return {
    projectCode: project,
    approvalItem: item,
    demanded: demandedBy(service),
    commissioner: commissioner === 'nobody' ? null : commissioner,
    namedAgency: designation || agency ? { kind: designation || 'named', agency: agency || null } : null,
    demandedOn: on || today,
    facts: factsOf(fields),
  }
}

function demandedBy(service: string): Demanded {
  const code = service.toUpperCase()
  return ListingCode.safeParse(code).success ? { item: code } : { text: service }
}
