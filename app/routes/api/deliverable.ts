import type { LoaderFunctionArgs } from '@remix-run/node'
import { deliverableDocument, showCaseDeliverable } from '#app/domain/contracts/show-case-deliverable.server.ts'
import { answerCalls, taggedJson } from '#app/http/api.server.ts'
import { paths } from '#app/paths.ts'

/** `GET /api/v1/deliverables/{id}`: what is known of an accepted result that landed in a case of the caller's authority. */
export function loader(arrived: LoaderFunctionArgs) {
  const { id = '' } = arrived.params
  return answerCalls(arrived, { scope: 'case:read', GET: async (call) => taggedJson(call, deliverableDocument(await showCaseDeliverable(call.context, { id }), paths.api.deliverableFile(id))) })
}

export function action(arrived: LoaderFunctionArgs) {
  return loader(arrived)
}
