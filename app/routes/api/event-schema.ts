import type { LoaderFunctionArgs } from '@remix-run/node'
import { dataSchemaOf } from '#app/domain/events/heard-outside.ts'
import { openly } from '#app/http/openly.server.ts'
import { problem } from '#app/http/problem.server.ts'

/** The JSON Schema that an event's `dataschema` names. Open to everybody. */
export function loader({ request, params }: LoaderFunctionArgs) {
  const schema = dataSchemaOf(params.type ?? '')
  if (!schema) return problem(request, { status: 404, faults: [] })
  return openly(`${JSON.stringify(schema, null, 2)}\n`, { type: 'application/schema+json; charset=utf-8', cache: 'public, max-age=3600' })
}
