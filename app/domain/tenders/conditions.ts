import { choiceOf, mayRequire, meets, mustBeRequirable, type Qualification, type QualificationKind } from '../agencies/qualification.ts'
import type { Day } from '../calendar.ts'
import { Refusal } from '../refusal.ts'

/** A certificate that a tender asks for, in this grade or a higher one; name and grades as they read when it was asked for. */
export type AskedQualification = { kind: string; name: string; gradeAtLeast: string | null; grades: string[] }

/** What a tender asks of bidders beyond what everybody must meet. It is part of what publication fixes. */
export type Conditions = { need: 'all' | 'any'; of: AskedQualification[]; practitioners: { licence: string; least: number } | null }

export const NO_CONDITIONS: Conditions = { need: 'all', of: [], practitioners: null }

export const MOST_PRACTITIONERS = 50

/** What a form says of it: certificates as `Q01|甲级` (`Q01|` in any grade), a kind of licence, and how many people. */
export type ConditionFields = { qualificationNeed: 'all' | 'any'; qualification1: string; qualification2: string; qualification3: string; practitionerLicence: string; practitionersLeast: number }

const FIELDS = ['qualification1', 'qualification2', 'qualification3'] as const

/**
 * What a filled-in form asks for. Only what a law still lets one require may be asked for, and only people whose licence such a
 * certificate is given for (优化营商环境条例 43, 行政许可法 17).
 *
 * @throws Refusal `agencies.qualification-<abolished|…|unknown>`, `agencies.grade-unknown`, `drafts.licence-unknown`, each at its field
 */
export function conditionsOf(fields: Partial<ConditionFields>, kinds: readonly QualificationKind[]): Conditions {
  const of: AskedQualification[] = []
  for (const field of FIELDS) {
    const asked = fields[field] ?? ''
    if (asked === '') continue
    const [code, ...rest] = asked.split('|')
    const kind = kinds.find((one) => one.code === code)
    if (!kind) throw new Refusal('invalid', 'agencies.qualification-unknown', { field })
    mustBeRequirable(kind, field)
    const gradeAtLeast = rest.join('|') || null
    if (gradeAtLeast !== null && !kind.grades.includes(gradeAtLeast)) throw new Refusal('invalid', 'agencies.grade-unknown', { field, params: { grades: kind.grades.join('、') || '—' } })
    of.push({ kind: kind.code, name: kind.name, gradeAtLeast, grades: kind.grades })
  }
  const licence = fields.practitionerLicence ?? ''
  if (licence !== '' && !licencesOf(kinds).includes(licence)) throw new Refusal('invalid', 'drafts.licence-unknown', { field: 'practitionerLicence' })
  return { need: fields.qualificationNeed ?? 'all', of, practitioners: licence === '' ? null : { licence, least: fields.practitionersLeast || 1 } }
}

/** @throws Refusal `agencies.qualification-<abolished|…|unknown>` where a law has let go of what a draft asks for */
export function mustStillBeRequirable({ of }: Conditions, kinds: readonly QualificationKind[]): void {
  for (const { kind: code, name } of of) {
    const kind = kinds.find((one) => one.code === code)
    const fault = kind ? mayRequire(kind) : 'agencies.qualification-unknown'
    if (fault) throw new Refusal('conflict', fault, { params: { name } })
  }
}

/** The same as a form shows it again. */
export function conditionValues({ need, of, practitioners }: Conditions): Record<keyof ConditionFields, string> {
  const choice = (place: number) => (of[place] ? choiceOf({ kind: of[place].kind, grade: of[place].gradeAtLeast }) : '')
  return { qualificationNeed: need, qualification1: choice(0), qualification2: choice(1), qualification3: choice(2), practitionerLicence: practitioners?.licence ?? '', practitionersLeast: practitioners ? String(practitioners.least) : '' }
}

/** The licences of people that a certificate which may be required is given for. */
export function licencesOf(kinds: readonly QualificationKind[]): string[] {
  return [...new Set(kinds.filter((kind) => mayRequire(kind) === null).flatMap(({ practitioners }) => practitioners))].sort()
}

/** What an agency can show: its certificates, and how many people hold each kind of licence. */
export type Held = { qualifications: readonly Qualification[]; licences: readonly { kind: string; people: number }[] }

export type ConditionFault = 'asked-qualification' | 'asked-practitioners'

/** What of it an agency does not meet on a day. */
export function conditionFaults({ need, of, practitioners }: Conditions, { qualifications, licences }: Held, on: Day): ConditionFault[] {
  const faults: ConditionFault[] = []
  if (!meets({ need, of }, qualifications, on, of.map(({ kind, grades }) => ({ code: kind, grades })))) faults.push('asked-qualification')
  if (practitioners && people(licences, practitioners.licence) < practitioners.least) faults.push('asked-practitioners')
  return faults
}

function people(licences: Held['licences'], licence: string): number {
  return licences.filter(({ kind }) => plain(kind) === plain(licence)).reduce((most, one) => Math.max(most, one.people), 0)
}

/** A licence is one however its name is spaced and whichever brackets stand in it. */
function plain(licence: string): string {
  return licence.normalize('NFKC').replace(/\s/g, '')
}

/** No certificate and no number of people: everybody who is eligible may bid. */
export function asksNothing({ of, practitioners }: Conditions): boolean {
  return of.length === 0 && practitioners === null
}
