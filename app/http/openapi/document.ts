import { z } from 'zod'
import { wordsOf, type Locale, type Words } from '#app/words/words.ts'
import { CURRENT_VERSION } from '../api-version.server.ts'
import { CALLS, SHAPES, type ApiCall, type ShapeName } from './calls.ts'
import examples from './examples.json' with { type: 'json' }

export type JsonSchema = { [key: string]: unknown; type?: string | string[]; properties?: Record<string, JsonSchema>; required?: string[]; items?: JsonSchema; anyOf?: JsonSchema[]; enum?: unknown[]; description?: string; $ref?: string; const?: unknown }
export type Example = { request: { path: string; headers: Record<string, string>; body?: unknown }; answer: { status: number; headers: Record<string, string>; body?: unknown } }
export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; description: string; schema: JsonSchema }
export type Operation = { operationId: string; summary: string; description: string; parameters: Parameter[]; security: Record<string, string[]>[]; requestBody?: unknown; responses: Record<string, unknown> }
export type Document = { openapi: '3.1.0'; info: Record<string, unknown>; servers: { url: string }[]; paths: Record<string, Record<string, Operation>>; components: Record<string, Record<string, unknown>> }

export const EXAMPLES = examples as unknown as Record<string, Example>
/** The facts of a project are thirty-two; named once, they stand once. */
const FACTS = 'ProjectFacts'

/** The contract as OpenAPI 3.1, in one language. What a call takes is the schema that parses it; nothing is written twice. */
export function openApi(locale: Locale, baseUrl: string): Document {
  const words = wordsOf(locale)
  const paths: Document['paths'] = {}
  for (const call of CALLS) (paths[call.path] ??= {})[call.method.toLowerCase()] = operationOf(call, words)
  const scopes = Object.fromEntries(Object.entries(words.api.scopes))
  return {
    openapi: '3.1.0',
    info: { title: words.api.title, description: words.api.lead, version: CURRENT_VERSION, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: baseUrl }],
    paths,
    components: { schemas: shapesOf(words), securitySchemes: { oauth: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes } } }, client: { type: 'http', scheme: 'basic' } } },
  }
}

function operationOf(call: ApiCall, { api }: Words): Operation {
  const { id, names = {}, query, once, tagged, conditional, takes, scope, answers, refuses = [] } = call
  const said = (api.calls as Record<string, { title: string; text: string }>)[id]!
  const inPath = Object.entries(names).map(([name, schema]) => parameter(name, 'path', true, plainSchema(schema), api))
  const inQuery = Object.entries((query ? schemaOf(query).properties : undefined) ?? {}).map(([name, schema]) => parameter(name, 'query', false, schema, api))
  const headers = [once && 'Idempotency-Key', conditional && 'If-Match', (tagged || conditional) && 'If-None-Match', call.path.startsWith('/api/v1') && 'API-Version'].flatMap((name) => (name ? [parameter(name, 'header', name === 'Idempotency-Key', { type: 'string' }, api)] : []))
  const example = EXAMPLES[id]
  const isForm = takes === 'TokenForm'
  return {
    operationId: id,
    summary: said.title,
    description: said.text,
    parameters: [...inPath, ...inQuery, ...headers],
    security: scope ? [{ oauth: [scope] }] : isForm ? [{ client: [] }] : [],
    ...(takes && { requestBody: { required: true, content: { [isForm ? 'application/x-www-form-urlencoded' : takes === 'IncomingEvent' ? 'application/cloudevents+json' : 'application/json']: { schema: ref(takes), ...(example?.request.body !== undefined && { example: example.request.body }) } } } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, shape]) => [status, { description: api.statuses[status as '200'], ...(shape && { content: { [shape === 'EventSchema' ? 'application/schema+json' : 'application/json']: { schema: ref(shape), ...(example?.answer.status === Number(status) && { example: example.answer.body }) } } }) }])),
      ...(tagged && { 304: { description: api.statuses['304'] } }),
      ...Object.fromEntries(refusalsOf(call, refuses).map((status) => [status, { description: api.statuses[String(status) as '400'], content: isForm && OF_TOKENS.includes(status) ? { 'application/json': { schema: ref('TokenFault') } } : { 'application/problem+json': { schema: ref('Problem') } } }])),
    },
  }
}

/** What OAuth says in its own shape (RFC 6749, 5.2); whatever the house itself refuses is a problem there too. */
const OF_TOKENS = [400, 401, 503]

/** Only what asks who calls can answer 401 and 403, and only what may bring a body 411 and 413; an address can be too long for every call. */
function refusalsOf({ scope, takes, method, conditional }: ApiCall, own: readonly number[]): number[] {
  const common = takes === 'TokenForm' ? [400, 401, 429] : [400]
  return [...new Set([...common, ...(scope ? [401, 403] : []), ...own, ...(method === 'GET' ? [] : [411, 413]), ...(conditional ? [412] : []), 405, 414, 503])].sort((one, other) => one - other)
}

function parameter(name: string, where: Parameter['in'], required: boolean, schema: JsonSchema, { fields }: Words['api']): Parameter {
  return { name, in: where, required, description: (fields as Record<string, string>)[name] ?? '', schema }
}

const ref = (name: ShapeName | typeof FACTS): JsonSchema => ({ $ref: `#/components/schemas/${name}` })

function shapesOf({ api, projects }: Words): Record<string, JsonSchema> {
  const facts: Record<string, string> = projects.facts
  const fields: Record<string, string> = api.fields
  let factsSchema: JsonSchema | undefined
  /** Puts a sentence at each field, and the facts of a project in a place of their own. */
  const told = (schema: JsonSchema): JsonSchema => {
    const { properties, items, anyOf, additionalProperties, ...rest } = schema
    if (properties && Object.hasOwn(properties, 'site.hazardZone')) {
      factsSchema ??= { ...rest, additionalProperties, properties: Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, { ...of, description: facts[name] }])) }
      const { type: _type, required: _required, ...beside } = rest
      return { ...ref(FACTS), ...beside }
    }
    return {
      ...rest,
      ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, { ...told(of), ...(fields[name] && { description: fields[name] }) }])) }),
      ...(items && { items: told(items) }),
      ...(anyOf && { anyOf: anyOf.map(told) }),
      ...(additionalProperties !== undefined && { additionalProperties }),
    }
  }
  const shapes = Object.fromEntries(Object.entries(SHAPES).map(([name, schema]) => [name, told(schemaOf(schema))]))
  return { ...shapes, ...(factsSchema && { [FACTS]: factsSchema }) }
}

const plainSchema = (schema: z.ZodType) => schemaOf(schema)

/** What is sent, not what a program makes of it; the pattern of an instant says less to a reader than its format. */
function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: ({ jsonSchema }) => void (jsonSchema.format && delete jsonSchema.pattern) }) as JsonSchema
  return rest
}
