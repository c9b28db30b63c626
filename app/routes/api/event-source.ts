import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { endEventSource } from '#app/domain/events/keep-source.server.ts'
import { answerCalls } from '#app/http/api.server.ts'

/** The end of a source. */
export function action(arrived: ActionFunctionArgs) {
  return answerCalls(arrived, {
    scope: 'events:send',
    DELETE: async ({ context }) => {
      await endEventSource(context, { id: arrived.params.id ?? '' })
      return new Response(null, { status: 204 })
    },
  })
}

export function loader(arrived: LoaderFunctionArgs) {
  return action(arrived)
}
