import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { showWebhook, unsubscribe } from '#app/domain/events/keep-webhook.server.ts'
import { answerCalls, taggedJson } from '#app/http/api.server.ts'
import { conditionOf } from '#app/http/etag.server.ts'

/** One receiver of the caller's authority, and its end. */
export function loader(arrived: LoaderFunctionArgs) {
  const id = arrived.params.id ?? ''
  return answerCalls(arrived, {
    scope: 'webhooks:manage',
    GET: async (call) => taggedJson(call, await showWebhook(call.context, { id })),
    DELETE: async ({ request, context }) => {
      await unsubscribe(context, { id, condition: conditionOf(request) })
      return new Response(null, { status: 204 })
    },
  })
}

export function action(arrived: ActionFunctionArgs) {
  return loader(arrived)
}
