import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { NothingMore } from '#app/domain/events/endpoint.ts'
import { resumeWebhook } from '#app/domain/events/keep-webhook.server.ts'
import { answerCalls } from '#app/http/api.server.ts'
import { writtenCall } from '#app/http/written-call.server.ts'

/** Lets a receiver that was disabled hear again, beginning with what waited for it. */
export function action(arrived: ActionFunctionArgs) {
  const id = arrived.params.id ?? ''
  return answerCalls(arrived, { scope: 'webhooks:manage', POST: (call) => writtenCall(call, NothingMore, (_nothing, idempotency) => resumeWebhook(call.context, { id, idempotency })) })
}

export function loader(arrived: LoaderFunctionArgs) {
  return action(arrived)
}
