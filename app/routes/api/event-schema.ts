import type { LoaderFunctionArgs } from '@remix-run/node'
import { dataSchemaOf } from '#app/domain/events/heard-outside.ts'
import { refuseMethod } from '#app/http/api.server.ts'
import { refuseQuery } from '#app/http/api-query.server.ts'
import { inVersion, refuseVersion } from '#app/http/api-version.server.ts'
import { openly } from '#app/http/openly.server.ts'
import { problem } from '#app/http/problem.server.ts'

/** The JSON Schema that an event's `dataschema` names. Open to everybody. */
export function loader({ request, params }: LoaderFunctionArgs) {
  const refused = refuseVersion(request) ?? refuseMethod(request, 'GET') ?? refuseQuery(request)
  if (refused) return inVersion(refused)
  const schema = dataSchemaOf(params.type ?? '')
  if (!schema) return inVersion(problem(request, { status: 404, faults: [] }))
  return inVersion(openly(`${JSON.stringify(schema, null, 2)}\n`, { type: 'application/schema+json; charset=utf-8', cache: 'public, max-age=3600' }))
}

/** Only GET leads here; the door says so. */
export function action(arrived: LoaderFunctionArgs) {
  return loader(arrived)
}
