import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { findOwnCases } from '#app/domain/cases/find-cases.server.ts'
import { answerCall, json, type Call } from '#app/http/api.server.ts'

const TERMS = { method: 'GET', scope: 'case:read' } as const

/** `GET /api/v1/cases?q=&before=`: the heads of the caller's own authority's cases, newest first. */
export function loader(arrived: LoaderFunctionArgs) {
  return answerCall(arrived, TERMS, get)
}

export function action(arrived: ActionFunctionArgs) {
  return answerCall(arrived, TERMS, get)
}

async function get({ request, context }: Call): Promise<Response> {
  const asked = new URL(request.url).searchParams
  const { items, next } = await findOwnCases(context, { q: asked.get('q') || undefined, before: asked.get('before') })
  return json({ items: items.map(({ number, projectCode, approvalItem, lane, receivedAt, changedAt }) => ({ caseNumber: number, projectCode, approvalItem, lane, receivedAt, changedAt })), next })
}
