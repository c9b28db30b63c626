import type { LoaderFunctionArgs } from '@remix-run/node'
import { showImport } from '#app/domain/agencies/import-agencies.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { reportCsv, reportWorkbook } from '#app/http/write-register.server.ts'
import { wordsOf } from '#app/words/words.ts'

/** An import's report to take along, as a workbook or as CSV. */
export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'import:agencies')
  const { report } = await orPage(arrived.request, showImport(context, { importId: arrived.params.id ?? '' }))
  const words = wordsOf(localeOf(arrived.request))
  if (arrived.params.file === 'report.xlsx') return reportWorkbook(report, words)
  if (arrived.params.file === 'report.csv') return reportCsv(report, words)
  throw new Response(null, { status: 404 })
}
