import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { json, refuseMethod } from '#app/http/api.server.ts'
import { refuseQuery } from '#app/http/api-query.server.ts'
import { API_VERSIONS, CURRENT_VERSION } from '#app/http/api-version.server.ts'
import { localeAsked } from '#app/http/problem.server.ts'
import { wordsOf } from '#app/words/words.ts'

/** `GET /api/versions`: which minor versions of the contract are served. Open to everybody. */
export function loader({ request }: LoaderFunctionArgs): Response {
  const asked = refuseQuery(request)
  if (asked) return asked
  const { versionTexts } = wordsOf(localeAsked(request.headers.get('accept-language'))).api
  const items = API_VERSIONS.map(({ version, since, sunset, adds }) => ({ version, since, sunset, text: versionTexts[adds] }))
  return json({ current: CURRENT_VERSION, oldest: items[0]!.version, items }, { headers: { 'Cache-Control': 'public, max-age=300', Vary: 'Accept-Language' } })
}

export function action({ request }: ActionFunctionArgs) {
  return refuseMethod(request, 'GET')
}
