import type { LoaderFunctionArgs } from '@remix-run/node'
import { findTile } from '#app/domain/ledger/find-tile.server.ts'
import { FOR_EVER, openly, orComeAgain } from '#app/http/openly.server.ts'
import { theServices } from '#app/http/services.server.ts'

const BEFORE = '/ledger/tile/'

/** A tile of hashes or a bundle of entries. The path is read undecoded, since every tile has one spelling only. */
export async function loader({ request }: LoaderFunctionArgs) {
  return orComeAgain(tileAt(new URL(request.url).pathname.slice(BEFORE.length)))
}

async function tileAt(path: string): Promise<Response> {
  const tile = await findTile(theServices(), { path })
  // A partial tile never changes either, yet may go once the full one is there.
  return openly(tile?.bytes, { type: 'application/octet-stream', cache: tile?.full ? FOR_EVER : 'public, max-age=300' })
}
