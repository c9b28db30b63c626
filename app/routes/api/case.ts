import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { CaseInput, CaseNumber } from '#app/domain/cases/case.ts'
import { caseDocument } from '#app/domain/cases/case-document.ts'
import { faultsOfCase } from '#app/domain/cases/write-case.server.ts'
import { showOwnCase } from '#app/domain/cases/show-case.server.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { answerCall, taggedJson } from '#app/http/api.server.ts'
import { conditionOf, tagged } from '#app/http/etag.server.ts'
import { partsOf } from '#app/http/parts.server.ts'
import { sayingIn } from '#app/http/say-reason.server.ts'
import { writtenCall } from '#app/http/written-call.server.ts'
import { faultsOf, problem } from '#app/http/problem.server.ts'

/** `PUT /api/v1/cases/{caseNumber}`: the case as its authority's system describes it now. */
export function action(arrived: ActionFunctionArgs) {
  return answerCall(arrived, { method: 'PUT', scope: 'case:write', beside: 'GET' }, async (call) => {
    const number = CaseNumber.safeParse(arrived.params.number)
    if (!number.success) return problem(call.request, { status: 422, faults: faultsOf(number.error) })
    return writtenCall(call, CaseInput, (input, idempotency) => putCase(call.context, { number: number.data, input, say: sayingIn(call.locale), idempotency, condition: conditionOf(call.request) }), { headersOf: tagged, also: (body) => faultsOfCase(call.context, { number: number.data, parts: partsOf(CaseInput.shape, body) }) })
  })
}

/** `GET /api/v1/cases/{caseNumber}`: a case of the caller's own authority. */
export function loader(arrived: LoaderFunctionArgs) {
  return answerCall(arrived, { method: 'GET', scope: 'case:read', beside: 'PUT' }, async (call) => {
    const { case: found, answers, said } = await showOwnCase(call.context, arrived.params.number ?? '')
    return taggedJson(call, caseDocument(found, call.context.actor, { answers, said }))
  })
}
