import { z } from 'zod'
import { Day } from '#app/domain/calendar.ts'
import { normaliseProjectCode, parseProjectCode } from '#app/domain/projects/project-code.ts'
import { ProjectFactsSchema } from '#app/domain/projects/project-facts.ts'

/** How an agency is designated, openly or in disguise (《优化营商环境条例》第四十三条第二款). */
export const DESIGNATION_KINDS = ['named', 'short-list', 'local-only', 'pre-printed', 'one-seal-only'] as const
export type DesignationKind = (typeof DESIGNATION_KINDS)[number]

const text = (most: number) => z.string('guard.required').trim().min(1, 'guard.required').max(most, 'guard.too-long')

/** What is demanded: a listed service by its code, a material by its code, or the officer's own words. */
export const Demanded = z.union([z.strictObject({ item: text(64) }), z.strictObject({ material: text(64) }), z.strictObject({ text: text(200) })], { error: 'guard.demanded' })
export type Demanded = z.infer<typeof Demanded>

/** An agency that was named: its code or name alone, or how else the choice was narrowed. */
const NamedAgency = z.union(
  [text(100), z.strictObject({ kind: z.enum(DESIGNATION_KINDS), agency: text(100).nullish() })],
  { error: 'guard.named-agency' },
)

/** A real day as `YYYY-MM-DD`. */
const DayInput = z.string('guard.day').refine((text) => Day.safeParse(text).success, 'guard.day').meta({ format: 'date' })

/** A project's code by its shape alone: a demand may name a project that is not registered here. */
const ProjectCodeInput = z.string('forms.invalid_type').transform((text, context) => {
  const read = parseProjectCode(text.slice(0, 100), ANY_DAY)
  if ('project' in read) return normaliseProjectCode(read.project.code)
  context.issues.push({ code: 'custom', message: read.fault, input: text })
  return z.NEVER
})
const ANY_DAY = '9999-12-31'

/** What is demanded and how; where and by whom is said beside it, or by a case. */
export const DEMAND_FIELDS = {
  demanded: Demanded,
  commissioner: z.enum(['applicant', 'authority'], { error: 'guard.commissioner' }).nullish(),
  namedAgency: NamedAgency.nullish().transform((value) => (typeof value === 'string' ? { kind: 'named' as const, agency: value } : value ? { kind: value.kind, agency: value.agency ?? null } : null)),
  demandedOn: DayInput,
  facts: ProjectFactsSchema.optional().transform((value) => value ?? {}),
}

/** The same with where and by whom. */
export const DEMAND_SHAPE = {
  caseNumber: text(64).nullish().transform((value) => value ?? null),
  projectCode: ProjectCodeInput.nullish().transform((value) => value ?? null),
  authority: text(18),
  approvalItem: text(200),
  ...DEMAND_FIELDS,
}

/**
 * A demand as it arrives from a case system or a form. `commissioner` says who is to commission an agency:
 * where it is left out, a service or an officer's words ask it of the applicant and a material asks it of nobody.
 */
export const DemandInput = z.strictObject(DEMAND_SHAPE).transform(withCommissioner)
export type Demand = z.output<typeof DemandInput>

/** Says who is to commission where a demand left it out. */
export function withCommissioner<D extends { demanded: Demanded; commissioner?: 'applicant' | 'authority' | null }>(demand: D) {
  return { ...demand, commissioner: demand.commissioner === undefined ? ('material' in demand.demanded ? null : ('applicant' as const)) : demand.commissioner }
}
