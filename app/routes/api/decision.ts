import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { showDecision } from '#app/domain/guard/show-decision.server.ts'
import { answerCall, taggedJson, type Call } from '#app/http/api.server.ts'

const TERMS = { method: 'GET', scope: 'guard:read' } as const

/** One decision of the caller's own authority, with its place and proof in the ledger once it has them. */
export function loader(arrived: LoaderFunctionArgs) {
  return answerCall(arrived, TERMS, (call) => get(call, arrived.params.id ?? ''))
}

export function action(arrived: ActionFunctionArgs) {
  return answerCall(arrived, TERMS, (call) => get(call, arrived.params.id ?? ''))
}

async function get(call: Call, id: string): Promise<Response> {
  return taggedJson(call, await showDecision(call.context, id))
}
