import { createHash } from 'node:crypto'
import type { RawAgency } from '#app/domain/agencies/agency-import.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { wordsOf } from '#app/words/words.ts'
import { normalise } from './normalise.ts'
import { harmlessName } from './upload.server.ts'
import { isBoundedZip } from './zip-bounds.server.ts'

const MOST_BYTES = 5 * 1024 * 1024
const LONGEST_CELL = 4000

export const AGENCY_FIELDS = ['uscc', 'name', 'divisionCode', 'legalRepresentative', 'phone', 'address', 'introduction'] as const
export const QUALIFICATION_FIELDS = ['kind', 'grade', 'scope', 'issuer', 'number', 'validUntil'] as const
type Cells = Record<string, string>

/** A file of another register, as rows of texts. `row` is the line as the file's owner counts it. */
export type Register = { fileName: string; sha256: string; rows: RawAgency[] }

/**
 * Reads an uploaded register: a workbook whose first sheet holds agencies and whose second their certificates, or the same as JSON.
 *
 * @throws Refusal (invalid, at the field) `agencies.import-no-file`, `agencies.import-kind`, `agencies.import-broken`,
 * `agencies.import-heavy`, `agencies.import-columns`
 */
export async function readRegister(request: Request, field: string): Promise<Register> {
  const form = await request.formData().catch(() => {
    throw new Response('400', { status: 400 })
  })
  const file = form.get(field)
  const refuse = (code: `agencies.${string}`, params = {}) => new Refusal('invalid', code, { field, params })
  if (!(file instanceof File) || file.size === 0) throw refuse('agencies.import-no-file')
  if (file.size > MOST_BYTES) throw refuse('agencies.import-heavy', { most: MOST_BYTES / 1024 / 1024 })
  const bytes = Buffer.from(await file.arrayBuffer())
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const isZip = bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1'))
  const isJson = /^\uFEFF?\s*[[{]/.test(bytes.subarray(0, 200).toString('utf8'))
  if (!isZip && !isJson) throw refuse('agencies.import-kind')
  const rows = isZip ? await fromWorkbook(bytes) : fromJson(bytes)
  if (rows === 'broken') throw refuse('agencies.import-broken')
  if (rows === 'columns') throw refuse('agencies.import-columns')
  return { fileName: harmlessName(file.name, isZip ? 'xlsx' : 'json'), sha256, rows }
}

async function fromWorkbook(bytes: Buffer): Promise<RawAgency[] | 'broken' | 'columns'> {
  if (!isBoundedZip(bytes)) return 'broken'
  const { default: readWorkbook } = await import('read-excel-file/node')
  // A number keeps its digits as they stand: a telephone is none, and a code may begin with zero.
  const sheets = await readWorkbook<string>(bytes, { parseNumber: (digits) => digits }).catch(() => null)
  if (!sheets?.length) return 'broken'
  const agencies = tableOf(sheets[0]!.data as unknown[][], AGENCY_FIELDS)
  if (!agencies) return 'columns'
  const certificates = sheets[1] ? (tableOf(sheets[1].data as unknown[][], ['uscc', ...QUALIFICATION_FIELDS]) ?? []) : []
  return together(agencies, certificates)
}

function fromJson(bytes: Buffer): RawAgency[] | 'broken' | 'columns' {
  let read: unknown
  try {
    read = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return 'broken'
  }
  const list = Array.isArray(read) ? read : (read as { agencies?: unknown }).agencies
  if (!Array.isArray(list)) return 'columns'
  return list.map((one, index) => {
    const object = isObject(one) ? one : {}
    const certificates = Array.isArray(object.qualifications) ? object.qualifications.filter(isObject) : []
    return { row: index + 1, fields: cellsOf(object, AGENCY_FIELDS), qualifications: certificates.map((certificate) => ({ row: index + 1, fields: cellsOf(certificate, QUALIFICATION_FIELDS) })) }
  })
}

type Line = { row: number; fields: Cells }

/** A sheet by its first row, whose columns may be named in either language or by our own words, in any order. */
function tableOf(data: readonly unknown[][], fields: readonly string[]): Line[] | null {
  const [head = [], ...body] = data
  const names = [wordsOf('zh'), wordsOf('en')].map((words) => words.registration.columns as Record<string, string>)
  const places = fields.map((field) => head.findIndex((cell) => [field, ...names.map((one) => one[field])].some((name) => name?.toLowerCase() === textOf(cell).toLowerCase())))
  if (places[0] === -1) return null
  return body
    .map((cells, index) => ({ row: index + 2, fields: Object.fromEntries(fields.map((field, place) => [field, places[place] === -1 ? '' : textOf(cells[places[place]!])])) }))
    .filter(({ fields }) => Object.values(fields).some((text) => text !== ''))
}

/** Certificates join their agency by its code, blanks and case aside; one without an agency in the file is a row of its own and is refused. */
function together(agencies: readonly Line[], certificates: readonly Line[]): RawAgency[] {
  const keyOf = ({ fields }: Line) => (fields.uscc ?? '').replace(/\s/g, '').toUpperCase()
  const first = new Map<string, RawAgency>()
  const rows = agencies.map((line): RawAgency => ({ ...line, qualifications: [] }))
  for (const row of rows) if (!first.has(keyOf(row))) first.set(keyOf(row), row)
  for (const { row, fields: { uscc, ...fields } } of certificates) {
    const owner = first.get(keyOf({ row, fields: { uscc: uscc ?? '' } }))
    if (owner) owner.qualifications.push({ row, fields })
    else rows.push({ row, fields: { uscc: uscc ?? '' }, qualifications: [{ row, fields }] })
  }
  return rows
}

function cellsOf(object: Record<string, unknown>, fields: readonly string[]): Cells {
  return Object.fromEntries(fields.map((field) => [field, textOf(Object.hasOwn(object, field) ? object[field] : '')]))
}

function textOf(cell: unknown): string {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? normalise(String(cell).slice(0, LONGEST_CELL).replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')) : ''
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
