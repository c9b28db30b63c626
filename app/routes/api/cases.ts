import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { findOwnCases } from '#app/domain/cases/find-cases.server.ts'
import { answerCall, json, type Call } from '#app/http/api.server.ts'
import { queryOf } from '#app/http/api-query.server.ts'
import { CasesQuery } from '#app/http/openapi/queries.ts'
import { faultsOf, problem } from '#app/http/problem.server.ts'

const TERMS = { method: 'GET', scope: 'case:read', asks: true } as const

/** `GET /api/v1/cases?q=&before=`: the heads of the caller's own authority's cases, newest first. */
export function loader(arrived: LoaderFunctionArgs) {
  return answerCall(arrived, TERMS, get)
}

export function action(arrived: ActionFunctionArgs) {
  return answerCall(arrived, TERMS, get)
}

async function get({ request, context }: Call): Promise<Response> {
  const query = queryOf(request, CasesQuery)
  if (!query.success) return problem(request, { status: 400, faults: faultsOf(query.error) })
  const { items, next } = await findOwnCases(context, query.data)
  return json({ items: items.map(({ number, projectCode, approvalItem, lane, receivedAt, changedAt }) => ({ caseNumber: number, projectCode, approvalItem, lane, receivedAt, changedAt })), next })
}
