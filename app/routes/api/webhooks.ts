import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { WebhookInput } from '#app/domain/events/endpoint.ts'
import { listWebhooks } from '#app/domain/events/keep-webhook.server.ts'
import { subscribe } from '#app/domain/events/subscribe.server.ts'
import { answerCalls, json, type Call } from '#app/http/api.server.ts'
import { theServices } from '#app/http/services.server.ts'
import { writtenCall } from '#app/http/written-call.server.ts'
import { paths } from '#app/paths.ts'

/** The receivers of the caller's authority, and a new one: its secret is in this answer and in no other. */
export function loader(arrived: LoaderFunctionArgs) {
  return answerCalls(arrived, { scope: 'webhooks:manage', GET: list, POST: post })
}

export function action(arrived: ActionFunctionArgs) {
  return loader(arrived)
}

async function list({ context }: Call): Promise<Response> {
  return json({ items: await listWebhooks(context), next: null })
}

function post(call: Call): Promise<Response> {
  const { webhookAllowedHosts: allowedHosts } = theServices().config
  return writtenCall(call, WebhookInput, (webhook, idempotency) => subscribe(call.context, { webhook, allowedHosts, idempotency }), { headersOf: (body) => ({ Location: paths.api.webhook((JSON.parse(body) as { id: string }).id) }) })
}
