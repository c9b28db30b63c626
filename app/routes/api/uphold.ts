import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { UpholdInput } from '#app/domain/guard/report.ts'
import { upholdByCall } from '#app/domain/guard/uphold-demand.server.ts'
import { answerCall } from '#app/http/api.server.ts'
import { writtenCall } from '#app/http/written-call.server.ts'

const TERMS = { method: 'POST', scope: 'guard:decide' } as const

/** The case system's authority keeps up a refused demand of its own. */
export function action(arrived: ActionFunctionArgs) {
  return answerCall(arrived, TERMS, (call) => writtenCall(call, UpholdInput, ({ reason }, idempotency) => upholdByCall(call.context, { decision: arrived.params.id ?? '', reason, idempotency })))
}

/** Only POST leads here; the door says so. */
export function loader(arrived: LoaderFunctionArgs) {
  return answerCall(arrived, TERMS, async () => new Response(null, { status: 405 }))
}
