import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportProposal } from '#app/domain/governance/export-list.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { listJson, listWorkbook } from '#app/http/write-list.server.ts'
import { wordsOf } from '#app/words/words.ts'

/** What was proposed, as a workbook or as JSON that the import reads. */
export async function loader(arrived: LoaderFunctionArgs) {
  const { number = '', file } = arrived.params
  if (file !== 'proposal.json' && file !== 'proposal.xlsx') throw new Response(null, { status: 404 })
  const list = await orPage(arrived.request, enter(arrived).then((context) => exportProposal(context, number)))
  return file === 'proposal.json' ? listJson(list, `${number}.json`) : listWorkbook(list, wordsOf(localeOf(arrived.request)), `${number}.xlsx`)
}
