import { z } from 'zod'
import { OrganisationFields } from '../accounts/organisation.ts'
import { name, text } from '../accounts/text.ts'
import { QualificationForm, type QualificationFields, type QualificationKind } from './qualification.ts'

/** How many agencies one file may bring: it is imported in one transaction, and somebody reads its report. */
export const MOST_ROWS = 1000
const MOST_QUALIFICATIONS = 40

/** A row as a file has it: every cell a text, and where it stood. */
export type RawAgency = { row: number; fields: Record<string, string>; qualifications: { row: number; fields: Record<string, string> }[] }

const maybe = <T extends z.ZodType>(schema: T) => z.union([z.literal('').transform(() => null), schema]).optional().transform((value) => value ?? null)

/** An agency of another register: its code, name and seat are needed, the rest may be unstated and stays so. */
const ImportedAgency = z.object({
  uscc: OrganisationFields.uscc,
  name: OrganisationFields.name,
  divisionCode: OrganisationFields.divisionCode,
  legalRepresentative: maybe(name(60)),
  phone: maybe(OrganisationFields.phone),
  address: maybe(text({ least: 4, most: 200 })),
  introduction: text({ least: 0, most: 1000, lines: true }).optional().transform((words) => words ?? ''),
})
export type ImportedAgency = z.output<typeof ImportedAgency> & { qualifications: QualificationFields[] }

/** What is wrong with one field: a code of the words, with what its sentence needs. */
export type Fault = { row: number; field: string; value: string; code: string; params: Record<string, string | number> }

/** `new` would be imported · `refused` has faults · `duplicate` is registered already, or stands in the file twice · `imported` was. */
export type ReportRow = { row: number; uscc: string; name: string; outcome: 'new' | 'refused' | 'duplicate' | 'imported'; faults: Fault[]; agency: ImportedAgency | null }
export type ImportReport = { rows: ReportRow[] }

/**
 * Judges every row of a file, and every field of it: nothing stops at the first fault.
 *
 * @param registered codes that somebody is registered under
 * @param divisions codes that exist
 */
export function judge(rows: readonly RawAgency[], { registered, divisions, kinds }: { registered: ReadonlySet<string>; divisions: ReadonlySet<string>; kinds: readonly QualificationKind[] }): ImportReport {
  const seen = new Set<string>()
  return {
    rows: rows.map((raw) => {
      const parsed = ImportedAgency.safeParse(raw.fields)
      const faults = parsed.success ? [] : faultsIn(parsed.error, raw)
      if (parsed.success && !divisions.has(parsed.data.divisionCode)) faults.push(fault(raw, 'divisionCode', 'accounts.division-unknown'))
      const judged = raw.qualifications.map((one) => judgeQualification(one, kinds))
      faults.push(...judged.flatMap(({ faults }) => faults))
      if (raw.qualifications.length > MOST_QUALIFICATIONS) faults.push(fault(raw, 'qualifications', 'agencies.too-many-listed', { most: MOST_QUALIFICATIONS }))
      const qualifications = judged.flatMap(({ fields }) => fields ?? [])
      const uscc = parsed.success ? parsed.data.uscc : (raw.fields.uscc ?? '').slice(0, 40)
      const name = (raw.fields.name ?? '').slice(0, 120)
      const common = { row: raw.row, uscc, name }
      if (faults.length > 0 || !parsed.success) return { ...common, outcome: 'refused' as const, faults, agency: null }
      if (registered.has(uscc) || seen.has(uscc)) return { ...common, outcome: 'duplicate' as const, faults: [fault(raw, 'uscc', registered.has(uscc) ? 'agencies.import-registered' : 'agencies.import-twice')], agency: null }
      seen.add(uscc)
      return { ...common, outcome: 'new' as const, faults: [], agency: { ...parsed.data, qualifications } }
    }),
  }
}

function judgeQualification(raw: RawAgency['qualifications'][number], kinds: readonly QualificationKind[]): { fields: QualificationFields | null; faults: Fault[] } {
  // Registers name a kind in words as often as by our code.
  const named = kinds.find(({ code, name }) => code === raw.fields.kind?.toUpperCase() || name === raw.fields.kind)
  const parsed = QualificationForm.safeParse({ ...raw.fields, kind: named?.code ?? raw.fields.kind })
  const faults = parsed.success ? [] : faultsIn(parsed.error, raw)
  if (!named) faults.push(fault(raw, 'kind', 'agencies.qualification-unknown'))
  else if (parsed.success && !(named.grades.length === 0 ? parsed.data.grade === null : named.grades.includes(parsed.data.grade ?? ''))) {
    faults.push(fault(raw, 'grade', 'agencies.grade-unknown', { grades: named.grades.join('、') || '—' }))
  }
  return { fields: parsed.success && faults.length === 0 ? parsed.data : null, faults }
}

function faultsIn(error: z.ZodError, raw: { row: number; fields: Record<string, string> }): Fault[] {
  return error.issues.map((issue) => {
    const params = (issue as { params?: Record<string, string | number> }).params ?? {}
    const code = /^[a-z]+\.[\w-]+$/.test(issue.message) ? issue.message : `forms.${issue.code}`
    return fault(raw, String(issue.path[0] ?? ''), code, params)
  })
}

function fault({ row, fields }: { row: number; fields: Record<string, string> }, field: string, code: string, params: Fault['params'] = {}): Fault {
  return { row, field, value: [...(fields[field] ?? '')].slice(0, 60).join(''), code, params }
}

/** Counts for the head of a report. */
export function countOutcomes({ rows }: ImportReport): Record<ReportRow['outcome'], number> {
  const count = (outcome: ReportRow['outcome']) => rows.filter((row) => row.outcome === outcome).length
  return { new: count('new'), refused: count('refused'), duplicate: count('duplicate'), imported: count('imported') }
}
