import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { findDeliveries } from '#app/domain/events/find-deliveries.server.ts'
import { answerCalls, json, type Call } from '#app/http/api.server.ts'
import { queryOf } from '#app/http/api-query.server.ts'
import { DeliveriesQuery } from '#app/http/openapi/queries.ts'
import { faultsOf, problem } from '#app/http/problem.server.ts'

/** The log of one receiver: every event, how often it was tried, what was answered, and when it is tried again. */
export function loader(arrived: LoaderFunctionArgs) {
  return answerCalls(arrived, { scope: 'webhooks:manage', asks: true, GET: (call) => get(call, arrived.params.id ?? '') })
}

export function action(arrived: ActionFunctionArgs) {
  return loader(arrived)
}

async function get({ request, context }: Call, webhookId: string): Promise<Response> {
  const query = queryOf(request, DeliveriesQuery)
  if (!query.success) return problem(request, { status: 400, faults: faultsOf(query.error) })
  const { show, before, limit } = query.data
  return json(await findDeliveries(context, { webhookId, ...(show && { show }), ...(before !== undefined && { before }), limit }))
}
