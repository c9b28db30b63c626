import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { SourceInput } from '#app/domain/events/endpoint.ts'
import { listSources, registerSource } from '#app/domain/events/keep-source.server.ts'
import { answerCalls, json } from '#app/http/api.server.ts'
import { tagged } from '#app/http/etag.server.ts'
import { writtenCall } from '#app/http/written-call.server.ts'

/** The sources under which the caller's authority sends events in, and a new one: its secret is in this answer and in no other. */
export function loader(arrived: LoaderFunctionArgs) {
  return answerCalls(arrived, {
    scope: 'events:send',
    GET: async ({ context }) => json({ items: await listSources(context), next: null }),
    POST: (call) => writtenCall(call, SourceInput, ({ source }, idempotency) => registerSource(call.context, { source, idempotency }), { headersOf: taggedWithoutSecret }),
  })
}

/** The tag of a source is of it as the list has it: its secret is said once. */
function taggedWithoutSecret(body: string): { ETag: string } {
  const { secret: _, ...source } = JSON.parse(body) as Record<string, unknown>
  return tagged(JSON.stringify(source))
}

export function action(arrived: ActionFunctionArgs) {
  return loader(arrived)
}
