import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportServiceTimes } from '#app/domain/contracts/show-service-times.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { timesJson, timesWorkbook } from '#app/http/write-times.server.ts'
import { wordsOf } from '#app/words/words.ts'

/** Average working days of every service in every place by party, for everybody, as a workbook or as JSON. */
export async function loader(arrived: LoaderFunctionArgs) {
  const { file } = arrived.params
  if (file !== 'service-times.json' && file !== 'service-times.xlsx') throw new Response(null, { status: 404 })
  const times = await exportServiceTimes(await enter(arrived))
  return file === 'service-times.json' ? timesJson(times) : timesWorkbook(times, wordsOf(localeOf(arrived.request)))
}
