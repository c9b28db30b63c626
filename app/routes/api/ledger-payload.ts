import type { LoaderFunctionArgs } from '@remix-run/node'
import { findPayload } from '#app/domain/ledger/find-tile.server.ts'
import { FOR_EVER, openlyFound } from '#app/http/openly.server.ts'
import { theServices } from '#app/http/services.server.ts'

/** Long facts of an entry, named by their own hash. */
export async function loader({ params }: LoaderFunctionArgs) {
  return openlyFound(findPayload(theServices(), { hash: params.hash ?? '' }), { type: 'application/json; charset=utf-8', cache: FOR_EVER })
}
