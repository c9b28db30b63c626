import { Readable } from 'node:stream'
import type { ImportReport } from '#app/domain/agencies/agency-import.ts'
import type { RegisterLine } from '#app/domain/agencies/export-agencies.server.ts'
import { sentenceOf, type Words } from '#app/words/words.ts'
import { AGENCY_FIELDS, QUALIFICATION_FIELDS } from './read-register.server.ts'
import { workbookOf } from './workbook-stream.server.ts'

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

type Table = { name: string; head: string[]; rows: string[][] }

async function workbook(tables: readonly Table[]): Promise<Buffer> {
  const { default: writeWorkbook } = await import('write-excel-file/node')
  // Every cell is a text: nothing in a name is ever run as a formula.
  const cell = (value: string) => ({ value, type: String })
  return writeWorkbook(tables.map(({ name, head, rows }) => ({ sheet: name, data: [head.map((value) => ({ ...cell(value), fontWeight: 'bold' as const })), ...rows.map((row) => row.map(cell))], stickyRowsCount: 1, columns: head.map(() => ({ width: 24 })) }))).toBuffer()
}

/** The register as JSON, sent part by part as the database hands it out. */
export function registerJson(parts: AsyncGenerator<RegisterLine[]>): Response {
  const encoder = new TextEncoder()
  let first = true
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode('{"format":"mingdan-agencies/v1","agencies":[')),
    async pull(controller) {
      const { value, done } = await parts.next()
      if (done) {
        controller.enqueue(encoder.encode(']}\n'))
        return controller.close()
      }
      controller.enqueue(encoder.encode(`${first ? '' : ',\n'}${value.map((line) => JSON.stringify(line)).join(',\n')}`))
      first = false
    },
    cancel: async () => void (await parts.return(undefined)),
  })
  return new Response(body, { headers: headersOf('application/json; charset=utf-8', 'agencies.json') })
}

/**
 * The register as a workbook that the import reads, sent part by part: agencies on the first sheet, their certificates on the second.
 *
 * @param readParts begins at the first agency whenever it is called: each sheet goes through the register once
 */
export function registerWorkbook(readParts: () => AsyncGenerator<RegisterLine[]>, words: Words): Response {
  const { columns, sheets } = words.registration
  // No person's name leaves the house, so the column of the legal representative is not there.
  const fields = AGENCY_FIELDS.filter((field) => field !== 'legalRepresentative')
  // Who registers between the two goes is on neither sheet.
  const written = new Set<string>()
  const body = workbookOf([
    {
      name: sheets.agencies,
      head: [...fields.map((field) => columns[field]), columns.admittedAt],
      async *rows() {
        for await (const part of readParts()) {
          for (const { uscc } of part) written.add(uscc)
          yield part.map((line) => [...fields.map((field) => line[field as 'uscc'] ?? ''), line.admittedAt.slice(0, 10)])
        }
      },
    },
    {
      name: sheets.qualifications,
      head: [columns.uscc, ...QUALIFICATION_FIELDS.map((field) => columns[field])],
      async *rows() {
        for await (const part of readParts()) {
          yield part.filter(({ uscc }) => written.has(uscc)).flatMap(({ uscc, qualifications }) => qualifications.map((one) => [uscc, one.name, one.grade ?? '', one.scope, one.issuer, one.number, one.validUntil ?? '']))
        }
      },
    },
  ])
  return new Response(Readable.toWeb(Readable.from(body)) as ReadableStream, { headers: headersOf(WORKBOOK, 'agencies.xlsx') })
}

function reportTable({ rows }: ImportReport, words: Words): Table {
  const said = words.registration.import
  return {
    name: said.title,
    head: [said.row, words.registration.columns.uscc, words.registration.columns.name, said.outcome, said.field, said.value, said.why],
    rows: rows.flatMap((row) => {
      const common = [String(row.row), row.uscc, row.name, said.outcomes[row.outcome]]
      if (row.faults.length === 0) return [[...common, '', '', '']]
      return row.faults.map((fault) => [...common.with(0, String(fault.row)), (words.registration.columns as Record<string, string>)[fault.field] ?? fault.field, fault.value, sentenceOf(words, fault.code, fault.params)])
    }),
  }
}

/** A report as a workbook. */
export async function reportWorkbook(report: ImportReport, words: Words): Promise<Response> {
  return new Response(new Uint8Array(await workbook([reportTable(report, words)])), { headers: headersOf(WORKBOOK, 'report.xlsx') })
}

/** A report as CSV with the mark that spreadsheets need for Chinese; what could be a formula is kept from running. */
export function reportCsv(report: ImportReport, words: Words): Response {
  const { head, rows } = reportTable(report, words)
  const quoted = (cell: string) => `"${(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`
  return new Response(`\uFEFF${[head, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`, { headers: headersOf('text/csv; charset=utf-8', 'report.csv') })
}

function headersOf(type: string, name: string): Record<string, string> {
  return { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'private, no-store' }
}
