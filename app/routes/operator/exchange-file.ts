import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportFaults, exportNational } from '#app/domain/exchange/show-exchange.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { exchangeWorkbook } from '#app/http/write-exchange.server.ts'
import { wordsOf } from '#app/words/words.ts'

/** Both national tables as the exchange reads them, and every fault as a list to work through. */
export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'check:exchange')
  if (arrived.params.file !== 'exchange.xlsx') throw new Response(null, { status: 404 })
  return exchangeWorkbook({ rowsOf: (table) => exportNational(context, table), faulty: await exportFaults(context) }, wordsOf(localeOf(arrived.request)))
}
