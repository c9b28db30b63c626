import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { refuseMethod } from '#app/http/api.server.ts'
import { refuseQuery } from '#app/http/api-query.server.ts'
import { matches, tagOf } from '#app/http/etag.server.ts'
import { openApi } from '#app/http/openapi/document.ts'
import { localeAsked } from '#app/http/problem.server.ts'
import { theServices } from '#app/http/services.server.ts'

/** `GET /api/openapi.json`: the contract as OpenAPI 3.1, in the language asked for. Open to everybody. */
export function loader({ request }: LoaderFunctionArgs): Response {
  const asked = refuseQuery(request)
  if (asked) return asked
  const locale = localeAsked(request.headers.get('accept-language'))
  const document = openApi(locale, theServices().config.publicUrl)
  const headers = { ETag: tagOf(document), 'Cache-Control': 'public, max-age=0, must-revalidate', 'Content-Language': locale === 'zh' ? 'zh-CN' : 'en', Vary: 'Accept-Language', 'Access-Control-Allow-Origin': '*' }
  if (matches(request.headers.get('if-none-match'), headers.ETag)) return new Response(null, { status: 304, headers })
  return new Response(`${JSON.stringify(document, null, 2)}\n`, { headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8' } })
}

export function action({ request }: ActionFunctionArgs) {
  return refuseMethod(request, 'GET')
}
