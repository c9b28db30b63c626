import type { Locale } from '#app/words/words.ts'
import type { Document, JsonSchema, Operation } from '#app/http/openapi/document.ts'
import { callRow, API_ROWS, machineOf, type ApiRow, type Machine } from './api-rows.ts'
import type { Site } from './site.ts'
import { test as base, type World } from './world.ts'

export type Walked = { name: string; method: string; path: string; row: ApiRow; operation: Operation; scope: string | null; once: boolean }

/** The site with a machine of each of two authorities, and the document that it serves. */
export const test = base
  .extend('document', { scope: 'file' }, async ({ site }) => documentOf(site, 'zh'))
  .extend('mine', { scope: 'file' }, async ({ site, world }) => stage(site, world))
  .extend('theirs', { scope: 'file' }, async ({ site, world, mine }) => machineOf(site, world.people.otherAuthority, mine.ids))

export async function documentOf({ address }: Site, locale: Locale): Promise<Document> {
  return (await (await fetch(`${address}/api/openapi.json`, { headers: { 'accept-language': locale } })).json()) as Document
}

/** One case and one decision of the first authority's own. */
async function stage(site: Site, world: World): Promise<Machine> {
  const machine = await machineOf(site, world.people.authority, { decision: world.ids.decision, caseNumber: 'AJ-2026-0117', projectCode: '2026-220106-47-03-920117', applicant: world.people.owner.uscc! })
  const row = { ...API_ROWS['PUT /api/v1/cases/{caseNumber}']!, fill: () => ({ caseNumber: machine.ids.caseNumber }) }
  const { status, body } = await callRow(site, ['PUT', '/api/v1/cases/{caseNumber}'], row, machine)
  if (status !== 201) throw new Error(`The case of the stage was answered with ${status}: ${body}`)
  return machine
}

/** Every call that the document names, with its row. */
export function walk({ paths }: Document): Walked[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([verb, operation]) => {
      const method = verb.toUpperCase()
      const scope = operation.security.flatMap(({ oauth }) => oauth ?? [])[0] ?? null
      return { name: `${method} ${path}`, method, path, row: API_ROWS[`${method} ${path}`]!, operation, scope, once: operation.parameters.some(({ name }) => name === 'Idempotency-Key') }
    }),
  )
}

/** Every field of every shape, as `Shape.path.to.field`. */
export function fieldsIn({ components }: Document): { path: string; schema: JsonSchema }[] {
  const walkShape = (schema: JsonSchema, path: string): { path: string; schema: JsonSchema }[] => [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [{ path: `${path}.${name}`, schema: inner }, ...walkShape(inner, `${path}.${name}`)]),
    ...(schema.items ? walkShape(schema.items, path) : []),
    ...(schema.anyOf ?? []).flatMap((one) => walkShape(one, path)),
  ]
  return Object.entries(components.schemas as Record<string, JsonSchema>).flatMap(([name, schema]) => walkShape(schema, name))
}
