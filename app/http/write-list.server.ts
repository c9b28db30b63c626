import { Readable } from 'node:stream'
import { sayingOf, WORDING_FIELDS } from '#app/domain/catalogue/fields.ts'
import type { FileItem, ListFile } from '#app/domain/governance/list-file.ts'
import type { Words } from '#app/words/words.ts'
import { CELLS } from './list-cells.ts'
import { workbookOf } from './workbook-stream.server.ts'

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A list as JSON, readable line by line. */
export function listJson(list: ListFile, name: string): Response {
  const { items, ...head } = list
  const body = `${JSON.stringify(head).slice(0, -1)},"items":[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]}\n`
  return new Response(body, { headers: headersOf('application/json; charset=utf-8', name) })
}

/** A list as a workbook that the import reads: one row a service, every field a text. */
export function listWorkbook({ items }: ListFile, words: Words, name: string): Response {
  const { fields, import: said } = words.governance
  const body = workbookOf([
    {
      name: said.sheet,
      head: [said.code, said.act, ...WORDING_FIELDS.map((field) => fields[field]), said.entryReason],
      async *rows() {
        yield items.map((item) => [item.code, item.act === 'retire' ? said.acts.retire : '', ...cellsOf(item, words), item.reason ?? ''])
      },
    },
  ])
  return new Response(Readable.toWeb(Readable.from(body)) as ReadableStream, { headers: headersOf(WORKBOOK, name) })
}

function cellsOf(item: FileItem, words: Words): string[] {
  return WORDING_FIELDS.map((field) => CELLS[field].write(sayingOf({ ...item, divisionCode: '' }, field) as never, words))
}

function headersOf(type: string, name: string): Record<string, string> {
  return { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'no-cache' }
}
