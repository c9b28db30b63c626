import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { publishApprovalItems } from '#app/domain/catalogue/show-approval-items.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { queryOf } from '#app/http/api-query.server.ts'
import { inVersion, refuseVersion } from '#app/http/api-version.server.ts'
import { failed, json, refuseMethod } from '#app/http/api.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { matches, tagOf } from '#app/http/etag.server.ts'
import { ItemsQuery } from '#app/http/openapi/queries.ts'
import { faultsOf, problem, problemOfRefusal } from '#app/http/problem.server.ts'

/** `GET /api/v1/approval-items?division=`: how the house calls what authorities approve. Open to everybody, and cacheable. */
export async function loader(arrived: LoaderFunctionArgs): Promise<Response> {
  const { request } = arrived
  const tooOld = refuseVersion(request)
  if (tooOld) return tooOld
  const query = queryOf(request, ItemsQuery)
  if (!query.success) return problem(request, { status: 400, faults: faultsOf(query.error) })
  try {
    const body = await publishApprovalItems(await enter(arrived), query.data)
    const headers = { ETag: tagOf(body), 'Cache-Control': 'public, max-age=0, must-revalidate' }
    if (matches(request.headers.get('if-none-match'), headers.ETag)) return inVersion(new Response(null, { status: 304, headers }))
    return inVersion(json(body, { headers }))
  } catch (error) {
    return isRefusal(error) ? problemOfRefusal(request, error) : failed(arrived, error)
  }
}

/** They are read here and changed nowhere else. */
export function action({ request }: ActionFunctionArgs): Response {
  return inVersion(refuseMethod(request, 'GET')!)
}
