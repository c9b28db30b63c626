import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { UpholdInput } from '#app/domain/guard/report.ts'
import { upholdByCall } from '#app/domain/guard/uphold-demand.server.ts'
import { answerCall, type Call } from '#app/http/api.server.ts'
import { answerAgain, hashOf, keyOf, missingKey, noOf, refuseAndKeep } from '#app/http/idempotently.server.ts'
import { faultsOf, problem } from '#app/http/problem.server.ts'
import { readJson } from '#app/http/read-json.server.ts'

const TERMS = { method: 'POST', scope: 'guard:decide' } as const

/** The case system's authority keeps up a refused demand of its own. */
export function action(arrived: ActionFunctionArgs) {
  return answerCall(arrived, TERMS, (call) => post(call, arrived.params.id ?? ''))
}

export function loader(arrived: LoaderFunctionArgs) {
  return answerCall(arrived, TERMS, (call) => post(call, arrived.params.id ?? ''))
}

async function post(call: Call, decision: string): Promise<Response> {
  const { request, context } = call
  const key = keyOf(request)
  if (key === null) return missingKey(call)
  const read = await readJson(request)
  if ('unreadable' in read) return problem(request, { status: read.unreadable.status, faults: [{ pointer: '', code: read.unreadable.code }] })
  const idempotency = { key, requestHash: hashOf(request, read.body) }
  const parsed = UpholdInput.safeParse(read.body)
  if (!parsed.success) return refuseAndKeep(call, idempotency, { status: 422, faults: faultsOf(parsed.error) })
  try {
    const answer = await upholdByCall(context, { decision, reason: parsed.data.reason, idempotency })
    return answerAgain(answer, answer.replayed ? { 'Idempotency-Replayed': 'true' } : {})
  } catch (error) {
    return refuseAndKeep(call, idempotency, noOf(error))
  }
}
