import { Readable } from 'node:stream'
import { PARTIES } from '#app/domain/cases/party.ts'
import type { TimesFile } from '#app/domain/contracts/show-service-times.server.ts'
import type { Words } from '#app/words/words.ts'
import { workbookOf } from './workbook-stream.server.ts'

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Average working days as JSON; `parties` are those of each party, `whole` of all together; `latest` is how many services they rest on where the year had more. */
export function timesJson({ since, until, latest, items }: TimesFile): Response {
  return new Response(`${JSON.stringify({ format: 'mingdan-service-times/v1', unit: 'wd', since, until, latest, items })}\n`, { headers: headersOf('application/json; charset=utf-8', 'service-times.json') })
}

/** The same as a workbook: a row for each service in each place. */
export function timesWorkbook({ latest, items }: TimesFile, words: Words): Response {
  const { statistics, parties } = words.clock
  const body = workbookOf([
    {
      name: statistics.title,
      head: [statistics.divisionCode, statistics.division, statistics.serviceCode, statistics.service, statistics.count, ...PARTIES.map((party) => parties[party]), statistics.whole],
      async *rows() {
        yield items.map((one) => [one.division, one.divisionName, one.code, one.name, String(one.count), ...PARTIES.map((party) => one.parties[party].toFixed(1)), one.whole.toFixed(1)])
        if (latest !== null) yield [[statistics.latest(latest)]]
      },
    },
  ])
  return new Response(Readable.toWeb(Readable.from(body)) as ReadableStream, { headers: headersOf(WORKBOOK, 'service-times.xlsx') })
}

function headersOf(type: string, name: string): Record<string, string> {
  return { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'no-cache' }
}
