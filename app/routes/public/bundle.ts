import type { LoaderFunctionArgs } from '@remix-run/node'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'

/** The bundle of a result, by draw or by price, for anybody's verifier. */
export async function loader(arrived: LoaderFunctionArgs) {
  const number = arrived.params.number!
  const bundle = await orPage(arrived.request, enter(arrived).then((context) => showBundle(context, { number })))
  return new Response(JSON.stringify(bundle, null, 2), {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${number}.json"`,
      'Access-Control-Allow-Origin': '*',
      // Until the proofs are in it the file still changes.
      'Cache-Control': bundle.ledger ? 'public, max-age=60' : 'no-store',
    },
  })
}
