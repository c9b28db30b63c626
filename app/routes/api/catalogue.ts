import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { VERSION } from '#app/http/services.server.ts'
import { findEdition, publishCatalogue } from '#app/domain/catalogue/publish-catalogue.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { failed, json, refuseMethod } from '#app/http/api.server.ts'
import { matches, tagOf } from '#app/http/etag.server.ts'
import { queryOf } from '#app/http/api-query.server.ts'
import { CatalogueQuery } from '#app/http/openapi/queries.ts'
import { enter } from '#app/http/enter.server.ts'
import { inVersion, refuseVersion } from '#app/http/api-version.server.ts'
import { faultsOf, problem, problemOfRefusal } from '#app/http/problem.server.ts'

/** `GET /api/v1/catalogue?division=&on=&after=&limit=`: the list in force on a day. Open to everybody, and cacheable. */
export async function loader(arrived: LoaderFunctionArgs): Promise<Response> {
  const { request } = arrived
  const tooOld = refuseVersion(request)
  if (tooOld) return tooOld
  const query = queryOf(request, CatalogueQuery)
  if (!query.success) return problem(request, { status: 400, faults: faultsOf(query.error) })
  try {
    const context = await enter(arrived)
    const edition = await findEdition(context, query.data)
    const etag = tagOf([VERSION, edition])
    const headers = { ETag: etag, 'Cache-Control': 'public, max-age=0, must-revalidate' }
    // The tag is of the edition: that nothing has changed is known without reading the list.
    if (matches(request.headers.get('if-none-match'), etag)) return inVersion(new Response(null, { status: 304, headers }))
    return inVersion(json(await publishCatalogue(context, edition), { headers }))
  } catch (error) {
    return isRefusal(error) ? problemOfRefusal(request, error) : failed(arrived, error)
  }
}

/** The list is read here and changed nowhere else. */
export function action({ request }: ActionFunctionArgs): Response {
  return inVersion(refuseMethod(request, 'GET')!)
}
