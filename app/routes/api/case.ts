import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { CaseInput, CaseNumber } from '#app/domain/cases/case.ts'
import { caseDocument, putCase } from '#app/domain/cases/put-case.server.ts'
import { showOwnCase } from '#app/domain/cases/show-case.server.ts'
import { answerCall, json } from '#app/http/api.server.ts'
import { writeOnce } from '#app/http/idempotently.server.ts'
import { faultsOf, problem } from '#app/http/problem.server.ts'

/** `PUT /api/v1/cases/{caseNumber}`: the case as its authority's system describes it now. */
export function action(arrived: ActionFunctionArgs) {
  return answerCall(arrived, { method: 'PUT', scope: 'case:write' }, async (call) => {
    const number = CaseNumber.safeParse(arrived.params.number)
    if (!number.success) return problem(call.request, { status: 422, faults: faultsOf(number.error) })
    return writeOnce(call, CaseInput, (input, idempotency) => putCase(call.context, { number: number.data, input, idempotency }))
  })
}

/** `GET /api/v1/cases/{caseNumber}`: a case of the caller's own authority. */
export function loader(arrived: LoaderFunctionArgs) {
  return answerCall(arrived, { method: 'GET', scope: 'case:read' }, async ({ context }) => json(caseDocument((await showOwnCase(context, arrived.params.number ?? '')).case, context.actor)))
}
