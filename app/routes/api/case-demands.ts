import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { decideInCase, faultsOfDemandInCase } from '#app/domain/guard/decide-in-case.server.ts'
import { CaseDemandInput } from '#app/domain/guard/case-demand.ts'
import { DEMAND_FIELDS } from '#app/domain/guard/demand.ts'
import { answerCall } from '#app/http/api.server.ts'
import { partsOf } from '#app/http/parts.server.ts'
import { writtenCall } from '#app/http/written-call.server.ts'
import { sayingIn } from '#app/http/say-reason.server.ts'

const TERMS = { method: 'POST', scope: 'guard:decide' } as const

/** `POST /api/v1/cases/{caseNumber}/demands`: a demand in a case that is known here; the guard answers at once. */
export function action(arrived: ActionFunctionArgs) {
  return answerCall(arrived, TERMS, (call) => writtenCall(call, CaseDemandInput, (demand, idempotency) => decideInCase(call.context, { number: arrived.params.number ?? '', demand, say: sayingIn(call.locale), idempotency }), { also: (body) => faultsOfDemandInCase(call.context, { number: arrived.params.number ?? '', parts: partsOf(DEMAND_FIELDS, body) }) }))
}

/** Only POST leads here; the door says so. */
export function loader(arrived: LoaderFunctionArgs) {
  return answerCall(arrived, TERMS, async () => new Response(null, { status: 405 }))
}
