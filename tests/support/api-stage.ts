import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathOfFile } from '#app/http/upload.server.ts'
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
  const known = { decision: world.ids.decision, caseNumber: 'AJ-2026-0117', projectCode: '2026-220106-47-03-920117', applicant: world.people.owner.uscc!, webhook: world.ids.webhook, delivery: world.ids.delivery }
  const machine = await machineOf(site, world.people.authority, { ...known, deliverable: '', endedWebhook: '', source: '', sourceId: '', sourceSecret: '', endedSource: '' })
  const row = { ...API_ROWS['PUT /api/v1/cases/{caseNumber}']!, fill: () => ({ caseNumber: machine.ids.caseNumber }) }
  const { status, body } = await callRow(site, ['PUT', '/api/v1/cases/{caseNumber}'], row, machine)
  if (status !== 201) throw new Error(`The case of the stage was answered with ${status}: ${body}`)
  const made = async (path: string) => JSON.parse((await callRow(site, ['POST', path], API_ROWS[`POST ${path}`]!, machine)).body) as { id: string; source: string; secret: string }
  const [ended, source, endedSource] = [await made('/api/v1/webhooks'), await made('/api/v1/event-sources'), await made('/api/v1/event-sources')]
  Object.assign(machine.ids, { endedWebhook: ended.id, source: source.source, sourceId: source.id, sourceSecret: source.secret, endedSource: endedSource.id, deliverable: await landed(site, machine.ids.caseNumber) })
  return machine
}

/** An accepted result of the town and of the service that the third document of this case comes from, as if it had been bought for it. */
async function landed({ database: { owner: db }, config }: Site, caseNumber: string): Promise<string> {
  const { id: caseId, service } = (await db('cases').join('case_materials', 'case_materials.case_id', 'cases.id').where({ number: caseNumber, code: 'M3' }).first<{ id: string; service: string }>('cases.id', { service: 'listing_code' }))!
  const result = (await db('deliverables').join('contracts', 'contracts.id', 'deliverables.contract_id').whereNotNull('deliverables.accepted_at').whereNotNull('deliverables.sha256').where({ 'deliverables.listing_code': service }).orderBy([{ column: 'deliverables.accepted_at' }, { column: 'deliverables.name' }]).first<{ id: string; tender: string; sha256: Buffer; bytes: number } | undefined>({ id: 'deliverables.id', tender: 'contracts.tender_id', sha256: 'deliverables.sha256', bytes: 'deliverables.bytes' }))!
  await db('case_tenders').insert({ tender_id: result.tender, case_id: caseId, material_code: 'M3', opened_at: new Date() }).onConflict('tender_id').merge()
  const place = pathOfFile(result.sha256.toString('hex'), config.dataDir)
  mkdirSync(dirname(place), { recursive: true })
  writeFileSync(place, Buffer.alloc(result.bytes))
  return result.id
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
