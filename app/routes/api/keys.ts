import { publishedKeys } from '#app/domain/ledger/published-keys.ts'
import { openly } from '#app/http/openly.server.ts'
import { theServices } from '#app/http/services.server.ts'

/** Every public key that ever signed here. */
export function loader() {
  return openly(`${JSON.stringify(publishedKeys(theServices().keyring), null, 2)}\n`, { type: 'application/json; charset=utf-8', cache: 'public, max-age=60' })
}
