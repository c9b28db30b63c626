import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { decide } from '#app/domain/guard/decide.server.ts'
import { DEMAND_SHAPE, DemandInput } from '#app/domain/guard/demand.ts'
import { faultsOfDemand } from '#app/domain/guard/faults-of-demand.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { answerCall, type Call } from '#app/http/api.server.ts'
import { answerAgain, hashOf, keyOf, missingKey, noOf, refuseAndKeep } from '#app/http/idempotently.server.ts'
import { partsOf, wholeFaults } from '#app/http/parts.server.ts'
import { problem } from '#app/http/problem.server.ts'
import { readJson } from '#app/http/read-json.server.ts'
import { sayingIn } from '#app/http/say-reason.server.ts'
import { paths } from '#app/paths.ts'

const TERMS = { method: 'POST', scope: 'guard:decide', looksItself: true } as const

/** Records a demand and answers with the signed decision. */
export function action(arrived: ActionFunctionArgs) {
  return answerCall(arrived, TERMS, post)
}

export function loader(arrived: LoaderFunctionArgs) {
  return answerCall(arrived, TERMS, post)
}

async function post(call: Call): Promise<Response> {
  const { request, context, locale } = call
  const key = keyOf(request)
  if (key === null) return missingKey(call)
  const read = await readJson(request)
  if ('unreadable' in read) return problem(request, { status: read.unreadable.status, faults: [{ pointer: '', ...read.unreadable }] })
  const idempotency = { key, requestHash: hashOf(request, read.body) }
  const parsed = DemandInput.safeParse(read.body)
  if (!parsed.success) return refuseAndKeep(call, idempotency, { status: 422, faults: await wholeFaults(parsed.error, read.body, (body) => faultsOfDemand(context, partsOf(DEMAND_SHAPE, body))) })
  try {
    const decided = await decide(context, { demand: parsed.data, say: sayingIn(locale), idempotency })
    return answerAgain(decided, { ...(decided.replayed && { 'Idempotency-Replayed': 'true' }), ...(decided.id && { Location: paths.api.decision(decided.id) }) })
  } catch (error) {
    // A revoked client is answered as one whose token is worth nothing.
    if (isRefusal(error) && error.kind === 'unauthenticated') throw error
    return refuseAndKeep(call, idempotency, noOf(error))
  }
}
