import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { ProjectInput } from '#app/domain/cases/case.ts'
import { faultsOfProject, putProject } from '#app/domain/cases/put-project.server.ts'
import { answerCall } from '#app/http/api.server.ts'
import { conditionOf, tagged } from '#app/http/etag.server.ts'
import { partsOf } from '#app/http/parts.server.ts'
import { writtenCall } from '#app/http/written-call.server.ts'

const TERMS = { method: 'PUT', scope: 'project:write' } as const

/** `PUT /api/v1/projects/{projectCode}`: what the authority's system says of a project. */
export function action(arrived: ActionFunctionArgs) {
  return answerCall(arrived, TERMS, (call) => writtenCall(call, ProjectInput, (input, idempotency) => putProject(call.context, { code: arrived.params.code ?? '', input, idempotency, condition: conditionOf(call.request) }), { headersOf: tagged, also: (body) => faultsOfProject(call.context, { code: arrived.params.code ?? '', parts: partsOf(ProjectInput.shape, body) }) }))
}

/** Only PUT leads here; the door says so. */
export function loader(arrived: LoaderFunctionArgs) {
  return answerCall(arrived, TERMS, async () => new Response(null, { status: 405 }))
}
