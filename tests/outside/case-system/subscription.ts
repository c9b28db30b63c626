import { randomUUID } from 'node:crypto'
import type { Intents } from './intents.ts'
import type { Market } from './market.ts'
import type { Store } from './state.ts'

const WEBHOOKS = '/api/v1/webhooks'

/**
 * Asks to be told, once for each address that this system has had. A subscription under an older address is ended; a
 * marketplace that has no webhooks is asked page by page instead.
 */
export async function subscribe({ state, save }: Store, intents: Intents, market: Market, url: string): Promise<void> {
  if (state.webhook?.url === url) return
  const { status } = await market.call({ method: 'GET', path: WEBHOOKS })
  if (status !== 200) return
  const before = state.webhook
  // An intent of an earlier run that was never answered is the same wish, under the same key.
  const wished = intents.pending().find((one) => one.kind === 'webhook' && one.body.url === url)
  intents.add({ id: wished?.id ?? randomUUID(), kind: 'webhook', caseNumber: null, method: 'POST', path: WEBHOOKS, body: { url, types: [] } })
  if (!before) return
  await market.call({ method: 'DELETE', path: `${WEBHOOKS}/${encodeURIComponent(before.id)}` })
  save()
}
