import type { Client } from '#app/domain/accounts/actor.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { answerOnce, type Answered } from '#app/domain/accounts/answer-once.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { findWebhook, insertWebhook, listWebhooksOf, lockOffice } from '#db/repositories/webhooks.ts'
import { MOST_OF_ONE, urlFault, type WebhookInput } from './endpoint.ts'
import { clientWho } from './own-webhook.server.ts'
import { isInnerByName } from './safe-address.server.ts'
import { shownWebhook, type ShownWebhook } from './shown-webhook.ts'
import { sharedSecret } from './standard-webhook.ts'

type Input = { webhook: WebhookInput; allowedHosts: readonly string[]; idempotency: { key: string; requestHash: string } }

/**
 * Registers a receiver of events for the caller's authority, from now on. The answer that is kept under the key has no
 * secret in it; the secret is derived anew for whoever sends the same request again.
 *
 * @returns the answer with the secret, which is said here and nowhere else
 * @throws Refusal `events.url`, `events.url-https`, `events.url-inner`, `events.too-many`; `guard.still-running`, `guard.other-request` of the key
 */
export async function subscribe(context: Context & { actor: Client }, { webhook: { url, types }, allowedHosts, idempotency }: Input): Promise<Answered & { id: string; replayed: boolean }> {
  const client = clientWho(context, 'keep:webhook')
  const { clock, traceId } = context
  const fault = urlFault(url, allowedHosts) ?? (isInnerByName(new URL(url), allowedHosts) ? 'events.url-inner' : null)
  if (fault) throw new Refusal('invalid', fault, { field: 'url' })
  const answered = await answerOnce(context, idempotency, async (trx) => {
    await lockOffice(trx, client.organisationId)
    if ((await listWebhooksOf(trx, client.organisationId)).length >= MOST_OF_ONE) throw new Refusal('conflict', 'events.too-many', { params: { most: MOST_OF_ONE } })
    const [at, id] = [await clock.read(trx), newId()]
    await insertWebhook(trx, { id, organisationId: client.organisationId, clientId: client.clientId, url, types: [...new Set(types)], createdAt: at })
    await insertAudit(trx, { at, accountId: null, organisationId: client.organisationId, clientId: client.clientId, act: 'keep:webhook', subject: id, details: { begun: true, host: new URL(url).host }, traceId })
    return { status: 201, body: JSON.stringify(shownWebhook((await findWebhook(trx, id))!)) }
  })
  if (answered.status !== 201) return { ...answered, id: '' }
  const shown = JSON.parse(answered.body) as ShownWebhook
  return { ...answered, id: shown.id, body: JSON.stringify({ ...shown, secret: sharedSecret(context.keyring, 'webhook', shown.id) }) }
}
