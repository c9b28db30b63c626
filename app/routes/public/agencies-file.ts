import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportAgencies } from '#app/domain/agencies/export-agencies.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { registerJson, registerWorkbook } from '#app/http/write-register.server.ts'
import { wordsOf } from '#app/words/words.ts'

/** The whole register of agencies for everybody, as a workbook or as JSON: public facts, and nothing of persons. */
export async function loader(arrived: LoaderFunctionArgs) {
  const { file } = arrived.params
  if (file !== 'agencies.json' && file !== 'agencies.xlsx') throw new Response(null, { status: 404 })
  const context = await enter(arrived)
  return file === 'agencies.json' ? registerJson(exportAgencies(context)) : registerWorkbook(() => exportAgencies(context), wordsOf(localeOf(arrived.request)))
}
