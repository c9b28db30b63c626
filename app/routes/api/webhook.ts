import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { showWebhook, unsubscribe } from '#app/domain/events/keep-webhook.server.ts'
import { answerCalls, json } from '#app/http/api.server.ts'

/** One receiver of the caller's authority, and its end. */
export function loader(arrived: LoaderFunctionArgs) {
  const id = arrived.params.id ?? ''
  return answerCalls(arrived, {
    scope: 'webhooks:manage',
    GET: async ({ context }) => json(await showWebhook(context, { id })),
    DELETE: async ({ context }) => {
      await unsubscribe(context, { id })
      return new Response(null, { status: 204 })
    },
  })
}

export function action(arrived: ActionFunctionArgs) {
  return loader(arrived)
}
