import type { LoaderFunctionArgs } from '@remix-run/node'
import { Day } from '#app/domain/calendar.ts'
import { exportList } from '#app/domain/governance/export-list.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { listJson, listWorkbook } from '#app/http/write-list.server.ts'
import { wordsOf } from '#app/words/words.ts'

/** `GET /catalogue/files/catalogue.xlsx?on=`, or `.json`: the whole list as on a day, for everybody, as the import reads it. */
export async function loader(arrived: LoaderFunctionArgs) {
  const { file } = arrived.params
  if (file !== 'catalogue.json' && file !== 'catalogue.xlsx') throw new Response(null, { status: 404 })
  const on = Day.optional().safeParse(new URL(arrived.request.url).searchParams.get('on')?.trim() || undefined)
  if (!on.success) throw new Response(null, { status: 400 })
  const list = await orPage(arrived.request, enter(arrived).then((context) => exportList(context, { on: on.data })))
  const name = `catalogue-${list.division}-${list.on}`
  return file === 'catalogue.json' ? listJson(list, `${name}.json`) : listWorkbook(list, wordsOf(localeOf(arrived.request)), `${name}.xlsx`)
}
