import { Readable } from 'node:stream'
import type { CheckedLine } from '#app/domain/exchange/checked-line.ts'
import { NATIONAL_TABLES, type NationalTable } from '#app/domain/exchange/national-row.ts'
import type { Words } from '#app/words/words.ts'
import { workbookOf } from './workbook-stream.server.ts'

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

type Parts = AsyncGenerator<Record<string, string | number | null>[]>

/** A sheet for each national table, under the standard's own column names, and one of the faults. */
export function exchangeWorkbook({ rowsOf, faulty }: { rowsOf: (table: NationalTable) => Parts; faulty: readonly CheckedLine[] }, { exchange: words }: Words): Response {
  const tables = (Object.keys(NATIONAL_TABLES) as NationalTable[]).map((name) => ({
    name,
    head: NATIONAL_TABLES[name],
    async *rows() {
      for await (const part of rowsOf(name)) yield part.map((row) => NATIONAL_TABLES[name].map((column) => String(row[column] ?? '')))
    },
  }))
  const faults = {
    name: words.files.faults,
    head: [words.files.lsh, words.table.service, words.table.instance, words.table.forCase, words.files.column, words.files.fault, words.files.by, words.files.place],
    async *rows() {
      yield faulty.flatMap((line) => line.faults.map(({ fault, lsh, column, mend }) => [String(lsh), line.service, line.number, line.caseNumber, column ?? '', words.faults[fault], words.menders[mend.by], words.places[mend.at]]))
    },
  }
  const body = workbookOf([...tables, faults])
  return new Response(Readable.toWeb(Readable.from(body)) as ReadableStream, { headers: { 'Content-Type': WORKBOOK, 'Content-Disposition': 'attachment; filename="exchange.xlsx"', 'Cache-Control': 'private, no-store' } })
}
