import type { LoaderFunctionArgs } from '@remix-run/node'
import { showReceipt } from '#app/domain/bids/show-receipt.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'

/** The agency's own receipt as one text file. */
export async function loader(arrived: LoaderFunctionArgs) {
  const id = arrived.params.id!
  const text = await orPage(arrived.request, enterAs(arrived, 'submit:bid').then((context) => showReceipt(context, { id })))
  return new Response(text, {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Disposition': `attachment; filename="receipt-${id}.txt"`, 'Cache-Control': 'private, no-store' },
  })
}
