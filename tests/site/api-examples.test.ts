import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { publishEvents } from '#app/domain/events/publish-events.server.ts'
import { databaseClock } from '#db/client.ts'
import type { Example } from '#app/http/openapi/document.ts'
import { CALLS } from '#app/http/openapi/calls.ts'
import { API_ROWS, callRow, type ApiRow, type Machine } from '#tests/support/api-rows.ts'
import { settledIds } from '#tests/support/settled-ids.ts'
import { test } from '#tests/support/api-stage.ts'

const SHOWN_HEADERS = ['content-type', 'etag', 'idempotency-replayed', 'location', 'api-version']
const ROOT = '../..'

/**
 * The examples of the document are these calls. What differs from run to run (ids, instants, hashes, signatures) is
 * settled before it is compared; `vitest -u` writes them anew where the contract has changed.
 */
test('the examples in the documents are what the calls really answer', async ({ site, mine }) => {
  const settle = settledIds()
  const ids = { ...mine.ids }
  const teller = { ...mine, ids }
  const examples: Record<string, Example> = {}
  for (const { id, method, path, once, answers } of CALLS) {
    if (id === 'feed') while ((await publishEvents({ db: site.database.app, clock: databaseClock }, 200)).events > 0);
    const row = storyOf(`${method} ${path}`, teller)
    const filled = row.fill?.(ids) ?? {}
    const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(filled[name]!)) + (row.query ? `?${row.query}` : '')
    const key = `"${randomUUID()}"`
    const body = row.form ? new URLSearchParams(row.form).toString() : row.body?.(ids)
    const answer = await callRow(site, [method, path], row, teller, { path: address, key, ...(row.body && { body: JSON.stringify(body) }), headers: { 'accept-language': 'zh-CN' } })
    expect(answer.status, `${id}: ${answer.body}`).toBeLessThan(300)
    if (id === 'decide') ids.decision = (JSON.parse(answer.body) as { id: string }).id
    const headers = Object.fromEntries(SHOWN_HEADERS.flatMap((name) => (answer.headers[name] ? [[name, String(answer.headers[name])]] : [])))
    examples[id] = settle({
      request: {
        path: address,
        headers: { ...(row.form ? { authorization: 'Basic …' } : CALLS.find((call) => call.id === id)!.scope ? { authorization: 'Bearer …' } : {}), ...(body !== undefined && { 'content-type': row.form ? 'application/x-www-form-urlencoded' : 'application/json' }), ...(once && { 'idempotency-key': key }) },
        ...(body !== undefined && { body }),
      },
      answer: { status: answer.status, headers, ...(answers[answer.status] && { body: JSON.parse(answer.body) as unknown }) },
    } as Example, ids)
  }
  await expect(`${JSON.stringify(examples, null, 2)}\n`).toMatchFileSnapshot(`${ROOT}/app/http/openapi/examples.json`)
  await expect(asMarkdown(examples)).toMatchFileSnapshot(`${ROOT}/docs/api-examples.md`)
})

/** The rows tell one case from its project to its services; what the table names at random is named here. */
function storyOf(name: string, { ids }: Machine): ApiRow {
  const row = API_ROWS[name]!
  if (name.startsWith('PUT /api/v1/projects')) return { ...row, fill: () => ({ projectCode: ids.projectCode }) }
  if (name.startsWith('PUT /api/v1/cases')) return { ...row, fill: () => ({ caseNumber: ids.caseNumber }) }
  return row
}

function asMarkdown(examples: Record<string, Example>): string {
  const wire = (lines: string[], headers: Record<string, string>, body: unknown) => [...lines, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), ...(body === undefined ? [] : ['', typeof body === 'string' ? body : JSON.stringify(body, null, 2)])].join('\n')
  const parts = CALLS.map(({ id, method, path }) => {
    const { request, answer } = examples[id]!
    return `## ${method} ${path}\n\n\`\`\`http\n${wire([`${method} ${request.path}`], request.headers, request.body)}\n\`\`\`\n\n\`\`\`http\n${wire([String(answer.status)], answer.headers, answer.body)}\n\`\`\`\n`
  })
  return `# The API by example\n\nWritten by \`tests/site/api-examples.test.ts\` from real calls; ids, instants, hashes and signatures are settled. The whole contract\nis at \`/api\` and \`/api/openapi.json\` of a running marketplace.\n\n${parts.join('\n')}`
}
