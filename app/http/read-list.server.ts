import { fieldAt, POINTERS, WORDING_FIELDS } from '#app/domain/catalogue/fields.ts'
import { MOST_ITEMS, type FileFault, type RawItem } from '#app/domain/governance/list-file.ts'
import { Refusal, type RefusalCode, type RefusalParams } from '#app/domain/refusal.ts'
import { wordsOf } from '#app/words/words.ts'
import { CELLS } from './list-cells.ts'
import { harmlessName } from './upload.server.ts'
import { columnName } from './workbook-stream.server.ts'
import { isBoundedZip } from './zip-bounds.server.ts'

const MOST_BYTES = 5 * 1024 * 1024
const COLUMNS = ['code', 'act', ...WORDING_FIELDS, 'reason'] as const
type Column = (typeof COLUMNS)[number]

/** A file as items nobody has looked at, and how to say where in it something is. */
export type ReadList = { fileName: string; items: RawItem[]; unknown: FileFault[]; placeOf: (fault: Pick<FileFault, 'place' | 'pointer'>) => string }

/**
 * Reads an uploaded list: a workbook whose first sheet has one row a service, or the same as JSON with an array `items`.
 *
 * @throws Refusal (invalid, at the field) `governance.file-none`, `governance.file-kind`, `governance.file-broken`, `governance.file-heavy`,
 * `governance.file-columns`, `governance.file-rows`
 */
export async function readList(request: Request, field: string): Promise<ReadList> {
  const form = await request.formData().catch(() => {
    throw new Response('400', { status: 400 })
  })
  const file = form.get(field)
  const refuse = (code: RefusalCode, params: RefusalParams = {}) => new Refusal('invalid', code, { field, params })
  if (!(file instanceof File) || file.size === 0) throw refuse('governance.file-none')
  if (file.size > MOST_BYTES) throw refuse('governance.file-heavy', { most: MOST_BYTES / 1024 / 1024 })
  const bytes = Buffer.from(await file.arrayBuffer())
  const isZip = bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1'))
  if (!isZip && !/^\uFEFF?\s*[[{]/.test(bytes.subarray(0, 200).toString('utf8'))) throw refuse('governance.file-kind')
  const read = isZip ? await fromWorkbook(bytes) : fromJson(bytes)
  if (typeof read === 'string') throw refuse(`governance.file-${read}`)
  if (read.items.length > MOST_ITEMS) throw refuse('governance.file-rows', { most: MOST_ITEMS })
  return { ...read, fileName: harmlessName(file.name, isZip ? 'xlsx' : 'json') }
}

type Read = Omit<ReadList, 'fileName'>

async function fromWorkbook(bytes: Buffer): Promise<Read | 'broken' | 'columns'> {
  if (!isBoundedZip(bytes)) return 'broken'
  // Loaded with the first file: whoever starts a web need not wait for it.
  const { default: readWorkbook } = await import('read-excel-file/node')
  // A number keeps its digits as they stand: a code of a category may begin with zero.
  const sheets = await readWorkbook<string>(bytes, { parseNumber: (digits) => digits }).catch(() => null)
  if (!sheets?.length) return 'broken'
  const [head = [], ...body] = sheets[0]!.data as unknown[][]
  const columns = head.map((cell) => columnOf(textOf(cell)))
  if (!columns.includes('code')) return 'columns'
  const letters = new Map(columns.flatMap((column, place) => (column ? [[column, columnName(place)] as const] : [])))
  const unknown = head.flatMap((cell, place): FileFault[] => (columns[place] || textOf(cell) === '' ? [] : [{ place: 1, pointer: `/${columnName(place)}`, value: textOf(cell).slice(0, 60), code: 'governance.file-unknown', params: {} }]))
  // A column that is not there has nothing to say; one that leaves out what must be said is found at its first item.
  const items = body.map((cells, index) => ({ row: index + 2, cells: cells.map(textOf) })).filter(({ cells }) => cells.some((text) => text !== ''))
  return {
    items: items.map(({ row, cells }) => itemOf(row, (column) => (columns.includes(column) ? (cells[columns.indexOf(column)] ?? '') : ''))),
    unknown,
    placeOf: ({ place, pointer }) => `${letters.get(fieldAt(pointer) ?? (pointer.slice(1).split('/')[0] as Column)) ?? (/^\/[A-Z]{1,3}$/.test(pointer) ? pointer.slice(1) : (letters.get('code') ?? 'A'))}${place}`,
  }
}

function itemOf(place: number, cell: (column: Column) => string): RawItem {
  const wording: Record<string, unknown> = { code: cell('code'), rules: {}, details: {} }
  for (const field of WORDING_FIELDS) {
    const [, first, second] = POINTERS[field].split('/') as [string, string, string | undefined]
    const value = CELLS[field].read(cell(field))
    if (second) (wording[first] as Record<string, unknown>)[second] = value
    else wording[first] = value
  }
  const act = cell('act')
  return { place, retires: ['retire', ...bothWords().map(({ import: said }) => said.acts.retire)].includes(act), reason: cell('reason') || null, wording }
}

function fromJson(bytes: Buffer): Read | 'broken' | 'columns' {
  let read: unknown
  try {
    read = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return 'broken'
  }
  const list = Array.isArray(read) ? read : typeof read === 'object' && read !== null && Object.hasOwn(read, 'items') ? (read as { items: unknown }).items : null
  if (!Array.isArray(list)) return 'columns'
  const at = Array.isArray(read) ? '' : '/items'
  const items = list.map((one: unknown, place): RawItem => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return { place, retires: false, reason: null, wording: one }
    const { act, reason, ...wording } = one as Record<string, unknown>
    // What is no act and no reason of ours stays where it was, to be found as a field that nobody knows.
    return { place, retires: act === 'retire', reason: typeof reason === 'string' ? reason : null, wording: { ...wording, ...(act !== undefined && act !== 'retire' && { act }), ...(reason !== undefined && reason !== null && typeof reason !== 'string' && { reason }) } }
  })
  return { items, unknown: [], placeOf: ({ place, pointer }) => `${at}/${place}${pointer}` }
}

/** A column by what either language calls it, or by our own word. */
function columnOf(name: string): Column | null {
  const known: readonly Record<string, string>[] = bothWords().map((words) => ({ ...words.fields, code: words.import.code, act: words.import.act, reason: words.import.entryReason }))
  return COLUMNS.find((column) => [column, ...known.map((words) => words[column])].some((one) => one?.toLowerCase() === name.toLowerCase())) ?? null
}

function bothWords() {
  return [wordsOf('zh').governance, wordsOf('en').governance]
}

function textOf(cell: unknown): string {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? String(cell).toWellFormed().replace(/\r\n?/g, '\n').trim() : ''
}
