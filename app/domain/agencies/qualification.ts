import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { Day } from '../calendar.ts'
import { Refusal, type RefusalCode } from '../refusal.ts'

/** Whether any rule still lets one require a qualification: only `statutory` ones have a law behind them. */
export const ADMISSIONS = ['statutory', 'voluntary', 'abolished', 'conditions', 'none', 'check'] as const
export type Admission = (typeof ADMISSIONS)[number]

/** 资质种类: a kind of certificate. Its grades stand from the highest to the lowest; where it has none, it is held or not. */
export type QualificationKind = {
  code: string
  category: string
  name: string
  grades: string[]
  issuer: string | null
  validYears: number | null
  practitioners: string[]
  admission: Admission
  note: string
  source: string
  categories: string[]
}

/** 资质: a certificate that an agency holds. `validUntil` is its last day; null where it has no term. */
export type Qualification = { id: string; kind: string; grade: string | null; scope: string; issuer: string; number: string; validUntil: Day | null }

/** What an owner may ask for: all of these, or any one of them. `gradeAtLeast` null asks for the certificate in any grade. */
export type Requirement = { need: 'all' | 'any'; of: readonly { kind: string; gradeAtLeast: string | null }[] }

const WHY_NOT: Record<Exclude<Admission, 'statutory'>, RefusalCode> = {
  abolished: 'agencies.qualification-abolished',
  none: 'agencies.qualification-none',
  voluntary: 'agencies.qualification-voluntary',
  conditions: 'agencies.qualification-conditions',
  check: 'agencies.qualification-unconfirmed',
}

/**
 * May anybody make this qualification a condition? Only where a law still says so (优化营商环境条例 43, 行政许可法 17; the
 * State Council's lists of what was abolished). It may always be shown.
 *
 * @returns null when it may, else the refusal's code; its sentence names the law
 */
export function mayRequire({ admission }: Pick<QualificationKind, 'admission'>): RefusalCode | null {
  return admission === 'statutory' ? null : WHY_NOT[admission]
}

/**
 * The same as a guard for whoever adds a condition.
 *
 * @throws Refusal `agencies.qualification-<abolished|none|voluntary|conditions|unconfirmed>` at `field`
 */
export function mustBeRequirable(kind: Pick<QualificationKind, 'admission' | 'name'>, field = 'qualification'): void {
  const code = mayRequire(kind)
  if (code) throw new Refusal('invalid', code, { field, params: { name: kind.name } })
}

/** Is a certificate good on a day? Its last day counts. */
export function isValid({ validUntil }: Pick<Qualification, 'validUntil'>, on: Day): boolean {
  return validUntil === null || on <= validUntil
}

/**
 * Does what an agency holds meet what is asked for, on a day? An expired certificate counts for nothing; a grade is met by
 * itself and by every grade above it in its kind. A requirement of nothing is met by everybody.
 */
export function meets({ need, of }: Requirement, held: readonly Qualification[], on: Day, kinds: readonly Pick<QualificationKind, 'code' | 'grades'>[]): boolean {
  if (of.length === 0) return true
  const isMet = ({ kind, gradeAtLeast }: Requirement['of'][number]) => held.some((one) => one.kind === kind && isValid(one, on) && isAtLeast(one.grade, gradeAtLeast, kinds.find(({ code }) => code === kind)?.grades ?? []))
  return need === 'all' ? of.every(isMet) : of.some(isMet)
}

function isAtLeast(grade: string | null, least: string | null, grades: readonly string[]): boolean {
  if (least === null || grade === least) return true
  const [own, asked] = [grades.indexOf(grade ?? ''), grades.indexOf(least)]
  return own >= 0 && asked >= 0 && own <= asked
}

/** The kinds that a law asks of whoever does a service of this category; none where it may be done without. */
export function kindsNeededFor(categoryCode: string | null, kinds: readonly QualificationKind[]): QualificationKind[] {
  return categoryCode === null ? [] : kinds.filter((kind) => mayRequire(kind) === null && kind.categories.includes(categoryCode))
}

/** What a law asks for a service, and what the division makes of one that is not on record. */
export type NeededQualification = { kinds: readonly Pick<QualificationKind, 'code'>[]; rule: 'not-expired' | 'recorded' }

/**
 * May a service that needs one of these kinds be newly offered or bid for? By default only a certificate that has run out stops
 * it: one that nobody recorded is a matter for the later inspection, since registration has no threshold beyond the formal check.
 *
 * @param rule the division's policy: `recorded` asks for a valid certificate on record
 */
export function qualificationFault(needed: readonly Pick<QualificationKind, 'code'>[], held: readonly Qualification[], on: Day, rule: NeededQualification['rule']): 'expired' | 'missing' | null {
  if (needed.length === 0) return null
  const fitting = held.filter(({ kind }) => needed.some(({ code }) => code === kind))
  if (fitting.some((one) => isValid(one, on))) return null
  if (fitting.length > 0) return 'expired'
  return rule === 'recorded' ? 'missing' : null
}

const optionalDay = z.union([z.literal('').transform(() => null), Day]).optional().transform((day) => day ?? null)

const Certificate = z.object({
  grade: text({ least: 0, most: 60 }).optional().transform((grade) => grade?.trim() || null),
  scope: text({ least: 0, most: 300 }).optional().transform((scope) => scope ?? ''),
  issuer: text({ least: 2, most: 100 }),
  number: text({ least: 2, most: 60 }),
  validUntil: optionalDay,
})

/**
 * One certificate, as an agency states it. A form offers kind and grade as one choice, `Q01|甲级`: which grades there are depends
 * on the kind, and a page without scripts cannot ask one after the other. {@link checkKind} holds both against the list of kinds.
 */
export const QualificationForm = Certificate.extend({ kind: z.string('forms.required').min(1, 'forms.required').max(80, 'agencies.qualification-unknown') }).transform(({ kind, grade, ...rest }) => {
  const [code, ...named] = kind.split('|')
  return { ...rest, kind: code!, grade: named.length > 0 ? named.join('|') || null : grade }
})
export type QualificationFields = z.output<typeof QualificationForm>

/** What a renewal states anew; the kind stays. */
export const RenewalForm = Certificate.extend({ qualificationId: z.uuid('forms.invalid_value') })

/** The value by which a form names a kind in a grade. */
export function choiceOf({ kind, grade }: { kind: string; grade: string | null }): string {
  return `${kind}|${grade ?? ''}`
}

/** @throws Refusal `agencies.qualification-unknown`, `agencies.grade-unknown`, each at its field */
export function checkKind({ kind, grade }: Pick<QualificationFields, 'kind' | 'grade'>, kinds: readonly QualificationKind[]): QualificationKind {
  const known = kinds.find(({ code }) => code === kind)
  if (!known) throw new Refusal('invalid', 'agencies.qualification-unknown', { field: 'kind' })
  const fits = known.grades.length === 0 ? grade === null : grade !== null && known.grades.includes(grade)
  if (!fits) throw new Refusal('invalid', 'agencies.grade-unknown', { field: 'grade', params: { grades: known.grades.join('、') || '—' } })
  return known
}
