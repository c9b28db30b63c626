import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { NothingMore } from '#app/domain/events/endpoint.ts'
import { replayDelivery } from '#app/domain/events/replay-delivery.server.ts'
import { answerCalls } from '#app/http/api.server.ts'
import { keysetOf } from '#app/http/keyset.server.ts'
import { writtenCall } from '#app/http/written-call.server.ts'

/** Sends a past delivery again. */
export function action(arrived: ActionFunctionArgs) {
  const { id: webhookId = '', delivery = '' } = arrived.params
  return answerCalls(arrived, { scope: 'webhooks:manage', POST: (call) => writtenCall(call, NothingMore, (_nothing, idempotency) => replayDelivery(call.context, { webhookId, id: keysetOf(delivery) ?? 0, idempotency })) })
}

export function loader(arrived: LoaderFunctionArgs) {
  return action(arrived)
}
