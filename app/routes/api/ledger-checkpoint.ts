import type { LoaderFunctionArgs } from '@remix-run/node'
import { findCheckpoint } from '#app/domain/ledger/find-tile.server.ts'
import { openlyFound } from '#app/http/openly.server.ts'
import { theServices } from '#app/http/services.server.ts'

/** The signed note over the whole ledger, always the newest. */
export async function loader(_arrived: LoaderFunctionArgs) {
  return openlyFound(findCheckpoint(theServices()), { type: 'text/plain; charset=utf-8', cache: 'no-store' })
}
