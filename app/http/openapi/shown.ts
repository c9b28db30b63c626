import { wordsOf, type Locale, type Words } from '#app/words/words.ts'
import { CALLS, type ApiCall } from './calls.ts'
import { EXAMPLES, openApi, type Example, type JsonSchema, type Operation } from './document.ts'

export type ShownField = { name: string; kind: string; shape: string | null; required: boolean; description: string }
export type ShownParameter = ShownField & { where: string }
export type ShownCall = { id: string; method: string; path: string; title: string; text: string; scope: string | null; asks: 'token' | 'client' | 'nobody'; once: boolean; since: string; parameters: ShownParameter[]; takes: string | null; answers: { status: string; text: string; shape: string | null }[]; example: { request: string; answer: string } | null }
export type ShownShape = { name: string; title: string; fields: ShownField[] }
export type ShownApi = { calls: ShownCall[]; shapes: ShownShape[] }

/** The document as people read it: rows for tables, and examples as they go over the wire. */
export function shownApi(locale: Locale, baseUrl: string): ShownApi {
  const words = wordsOf(locale)
  const { paths, components } = openApi(locale, baseUrl)
  const names = words.api.shapes as Record<string, string>
  return {
    calls: CALLS.map((call) => shownCall(call, paths[call.path]![call.method.toLowerCase()]!, words)),
    shapes: Object.entries(components.schemas as Record<string, JsonSchema>).map(([name, schema]) => ({ name, title: names[name] ?? name, fields: fieldsOf(schema, words) })),
  }
}

function shownCall({ id, method, path, scope, once = false, since, takes }: ApiCall, { summary, description, parameters, responses }: Operation, words: Words): ShownCall {
  const shapeOf = (response: unknown) => shapeNamed(Object.values((response as { content?: Record<string, { schema: JsonSchema }> }).content ?? {})[0]?.schema)
  return {
    id, method, path, scope, once, since,
    title: summary,
    text: description,
    asks: scope ? 'token' : takes === 'TokenForm' ? 'client' : 'nobody',
    parameters: parameters.map(({ name, in: where, required, description, schema }) => ({ name, required, description, where: words.api.places[where], kind: kindOf(schema, words), shape: null })),
    takes: takes ?? null,
    answers: Object.entries(responses).map(([status, response]) => ({ status, text: (response as { description: string }).description, shape: shapeOf(response) })),
    example: EXAMPLES[id] ? { request: requestText(method, EXAMPLES[id]), answer: answerText(EXAMPLES[id]) } : null,
  }
}

function requestText(method: string, { request: { path, headers, body } }: Example): string {
  return [`${method} ${path}`, ...headerLines(headers), ...bodyLines(body)].join('\n')
}

function answerText({ answer: { status, headers, body } }: Example): string {
  return [String(status), ...headerLines(headers), ...bodyLines(body)].join('\n')
}

const headerLines = (headers: Record<string, string>) => Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
const bodyLines = (body: unknown) => (body === undefined ? [] : ['', typeof body === 'string' ? body : JSON.stringify(body, null, 2)])

/** Every field with its way from the top: `materials[].code`. */
function fieldsOf(schema: JsonSchema, words: Words, before = ''): ShownField[] {
  const required = new Set(schema.required ?? [])
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    { name: before + name, kind: kindOf(field, words), shape: shapeNamed(field), required: required.has(name), description: field.description ?? '' },
    ...insideOf(field, words, before + name),
  ])
}

function insideOf(field: JsonSchema, words: Words, path: string): ShownField[] {
  if (field.$ref) return []
  const inner = field.items ? fieldsOf(field.items, words, `${path}[].`) : fieldsOf(field, words, `${path}.`)
  // Of several shapes only one may be sent, so none of their fields is needed in every case.
  const chosen = (field.anyOf ?? []).flatMap((one) => insideOf(one, words, path)).map((one) => ({ ...one, required: false }))
  return [...inner, ...chosen]
}

function shapeNamed(schema: JsonSchema | undefined): string | null {
  return schema?.$ref?.split('/').at(-1) ?? null
}

/** What may stand in a field, in a few words. */
function kindOf(schema: JsonSchema, { api }: Words): string {
  const words = { api } as Words
  if (schema.$ref) return ''
  if (schema.const !== undefined) return api.exactly(String(schema.const))
  if (schema.enum) return `${api.oneOf} ${schema.enum.join(' · ')}`
  const variants = schema.anyOf ?? (Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type }) as JsonSchema) : null)
  if (variants) {
    const known = variants.filter(({ type }) => type !== 'null').map((one) => kindOf(one, words))
    return [[...new Set(known)].join(' / '), variants.length > known.length && api.orNull].filter(Boolean).join(api.and)
  }
  if (schema.type === 'array') return api.list(kindOf(schema.items ?? {}, words) || (api.shapes as Record<string, string>)[shapeNamed(schema.items) ?? ''] || '')
  const { type, format, maxLength, minimum, maximum } = schema as { type?: keyof typeof api.types; format?: keyof typeof api.formats; maxLength?: number; minimum?: number; maximum?: number }
  const bounded = minimum !== undefined && maximum !== undefined && maximum < 1e12 ? `${api.and}${api.between({ from: String(minimum), to: String(maximum) })}` : ''
  return `${(format && api.formats[format]) || api.types[type ?? 'object']}${maxLength ? `${api.and}${api.most(maxLength)}` : ''}${bounded}`
}
