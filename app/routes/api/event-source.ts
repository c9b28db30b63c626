import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { endEventSource } from '#app/domain/events/keep-source.server.ts'
import { answerCalls } from '#app/http/api.server.ts'
import { conditionOf } from '#app/http/etag.server.ts'

/** The end of a source. */
export function action(arrived: ActionFunctionArgs) {
  return answerCalls(arrived, {
    scope: 'events:send',
    DELETE: async ({ request, context }) => {
      await endEventSource(context, { id: arrived.params.id ?? '', condition: conditionOf(request) })
      return new Response(null, { status: 204 })
    },
  })
}

export function loader(arrived: LoaderFunctionArgs) {
  return action(arrived)
}
