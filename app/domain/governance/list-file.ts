import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { AUDIT_STATUSES, ListingCode, ListingRules, NATURES, STAGES, type ListingWording } from '../catalogue/listing.ts'
import { Basis } from '../catalogue/basis.ts'
import type { Day } from '../calendar.ts'
import type { RefusalCode, RefusalParams } from '../refusal.ts'

/** What a list in a file is called, so that a reader knows what it has. */
export const LIST_FORMAT = 'mingdan-list/v1'
export const MOST_ITEMS = 2000
const DEEPEST = 24

/** A wording as a file has it: whose list it is says the import, not the file. */
export type FileWording = Omit<ListingWording, 'divisionCode'>
export type FileItem = FileWording & { act?: 'retire'; reason?: string }
export type ListFile = { format: typeof LIST_FORMAT; division: string; on: Day; version: number; items: FileItem[] }

/** One item of a file before anybody has looked at it; `place` is the index in its array, or the row as its owner counts it. */
export type RawItem = { place: number; retires: boolean; reason: string | null; wording: unknown }

/** What is wrong in a file and where: a JSON pointer inside the item, which whoever read the file turns into a cell. */
export type FileFault = { place: number; pointer: string; value: string; code: RefusalCode; params: RefusalParams }

const words = text({ least: 1, most: 8000, lines: true }).nullable()
const short = (most: number) => text({ least: 1, most })
const Details = z.strictObject({
  department: words, approvalItem: words, timeLimit: words, feeBasis: words, qualification: words, legalBasis: words, sourceTitle: words, sourceUrl: words,
  audit: z.strictObject({ status: z.enum(AUDIT_STATUSES), why: text({ least: 0, most: 4000, lines: true }) }).nullable(),
  sample: z.boolean(),
})
const Rules = z.strictObject({
  ...ListingRules.shape,
  bases: z.array(z.strictObject({ ...Basis.shape, title: text({ least: 2, most: 500 }), articles: words })).max(60),
  material: z.strictObject({ code: short(60), name: short(300) }).nullable(),
  regionalAssessment: short(60).nullable(),
  mergedInto: ListingCode.nullable(),
  duplicateOf: ListingCode.nullable(),
})
const Wording = z.strictObject({
  code: ListingCode,
  name: text({ least: 2, most: 120, say: { empty: 'catalogue.name-short', short: 'catalogue.name-short', long: 'catalogue.name-long' } }),
  aliases: z.array(short(200)).max(40),
  categoryCode: z.string().nullable(),
  nature: z.enum(NATURES),
  approvalItems: z.array(short(60)).max(60),
  stages: z.array(z.enum(STAGES)).max(4),
  rules: Rules,
  details: Details,
})

export type ReadItem = { place: number; code: string; retires: boolean; reason: string | null; wording: FileWording | null }

/** Looks at one item: the wording as the house knows it, or everything that is wrong with it. Unknown fields are faults. */
export function readItem({ place, retires, reason, wording }: RawItem): { item: ReadItem } | { faults: FileFault[] } {
  const fault = (code: RefusalCode, pointer: string, params: RefusalParams = {}): FileFault => ({ place, pointer, value: shownAt(wording, pointer), code, params })
  if (isDeeper(wording, DEEPEST)) return { faults: [fault('governance.file-deep', '')] }
  const said = text({ least: 0, most: 500, lines: true }).safeParse(reason ?? '')
  if (!said.success) return { faults: said.error.issues.map((issue) => ({ ...fault(codeOf(issue, reason), '/reason', paramsOf(issue)), value: (reason ?? '').slice(0, 60) })) }
  if (retires) {
    const code = z.object({ code: ListingCode }).safeParse(wording)
    return code.success ? { item: { place, code: code.data.code, retires, reason, wording: null } } : { faults: [fault('catalogue.code-malformed', '/code')] }
  }
  const parsed = Wording.safeParse(wording)
  if (parsed.success) return { item: { place, code: parsed.data.code, retires, reason, wording: parsed.data as FileWording } }
  return { faults: parsed.error.issues.flatMap((issue) => pointersOf(issue).map((pointer) => fault(codeOf(issue, valueAt(wording, pointer)), pointer, paramsOf(issue)))) }
}

function pointersOf(issue: z.core.$ZodIssue): string[] {
  const at = issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  return issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 20).map((key) => `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 80)}`) : [at]
}

function codeOf(issue: z.core.$ZodIssue, value: unknown): RefusalCode {
  if (/^[a-z]+\.[\w-]+$/.test(issue.message)) return issue.message as RefusalCode
  if (issue.code === 'unrecognized_keys') return 'governance.file-unknown'
  if (issue.code === 'invalid_type' && value === undefined) return 'governance.file-missing'
  return issue.code === 'invalid_value' ? 'forms.invalid_value' : 'governance.file-wrong'
}

function paramsOf(issue: z.core.$ZodIssue): RefusalParams {
  return 'params' in issue && issue.params ? (issue.params as RefusalParams) : {}
}

/** What the file says at a place, as far as one can show it. */
export function shownAt(value: unknown, pointer: string): string {
  const at = valueAt(value, pointer)
  if (at === undefined || at === null) return ''
  return (typeof at === 'string' ? at : typeof at === 'object' ? '…' : String(at)).slice(0, 60)
}

function valueAt(value: unknown, pointer: string): unknown {
  let at = value
  for (const part of pointer.split('/').slice(1)) at = typeof at === 'object' && at !== null && Object.hasOwn(at, part) ? (at as Record<string, unknown>)[part] : undefined
  return at
}

/** Counts no further than it has to, so that a million brackets cost nothing. */
function isDeeper(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return most === 0 || Object.values(value).some((inner) => isDeeper(inner, most - 1))
}
