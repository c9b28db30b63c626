import type { LoaderFunctionArgs } from '@remix-run/node'
import { listToOpen } from '#app/domain/bids/show-release.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'

/** What a holder's browser opens its shares from. */
export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'hold:key')
  const bids = await orPage(arrived.request, listToOpen(context, { number: arrived.params.number! }))
  return new Response(JSON.stringify(bids), { headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'private, no-store' } })
}
