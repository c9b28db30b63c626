import type { ServerBuild } from '@remix-run/node'
import { matchRoutes } from '@remix-run/react'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { narrowed } from '#app/http/narrowed.server.ts'
import { routePatterns } from '#tests/support/route-patterns.ts'

type Table = Record<string, { id: string; parentId?: string; path?: string; index?: boolean }>

/** The house's addresses as Remix keeps them, without what stands at them. */
const TABLE: Table = Object.fromEntries([
  ['root', { id: 'root', path: '' }],
  ...routePatterns().map(({ pattern, file }) => [file, { id: file, parentId: 'root', path: pattern === '/' ? pattern : pattern.slice(1), index: pattern === '/' }] as const),
])
const BUILD = { routes: TABLE, assets: { version: 'x', routes: TABLE } } as unknown as ServerBuild

/** What Remix makes of a table, and which of its routes it finds for a path. */
function idsOf(routes: Table, path: string): string[] | undefined {
  const [root, ...below] = Object.values(routes)
  const tree = { ...root!, children: below.map(({ id, path, index }) => ({ id, path, index })) }
  const found = matchRoutes([tree as Parameters<typeof matchRoutes>[0][number]], path)
  return found?.map(({ route }) => route.id!)
}

const tableOf = narrowed(BUILD, (build) => build.routes as unknown as Table)

const segment = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...new Set(routePatterns().flatMap(({ pattern }) => pattern.split('/')).filter((part) => part && !/[:*]/.test(part)))) },
  { weight: 2, arbitrary: fc.constantFrom('R28', 'MD-220106-2026-000045', 'x', '', 'TENDERS', '%74enders', '%E4%B8%AD', '%2F', '%', 'a.b', 'files', '..', '%2e%2e', '.', '+', '$', '中') },
)
const address = fc.oneof(
  fc.array(segment, { maxLength: 9 }).map((parts) => `/${parts.join('/')}`),
  fc.constantFrom(...routePatterns().map(({ pattern }) => pattern)).map((pattern) => pattern.replaceAll(/:\w+|\*/g, 'some')),
)

test('among the addresses that fit Remix finds the page that it finds among all, and those that lie above it', () => {
  // Remix says it aloud when a part of a path cannot be read.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  fc.assert(
    fc.property(address, fc.constantFrom('', '/', '?q=1', '?q=/tenders/x'), (path, end) => {
      const { pathname: asked } = new URL(`http://any.invalid${path}${end}`)
      const table = tableOf(path + end)
      expect(idsOf(table, asked)).toEqual(idsOf(TABLE, asked))
      const segments = asked.split('/').filter(Boolean)
      for (let length = 0; length < segments.length; length++) {
        const above = `/${segments.slice(0, length).join('/')}`
        expect(idsOf(table, above), above).toEqual(idsOf(TABLE, above))
      }
    }),
    { numRuns: 200 },
  )
})

test.each([
  ['/tenders/some', 8],
  ['/', 4],
  ['/nowhere', 4],
  ['/_root.data', 4],
  ['/tenders/some.data?_routes=root', 8],
])('of the addresses few fit %s', (path, most) => {
  expect(Object.keys(tableOf(path)).length).toBeLessThanOrEqual(most)
  expect(Object.keys(tableOf(path))).toEqual(expect.arrayContaining(['root', 'routes/public/not-found.tsx']))
})

test('a path of thousands of parts fits what takes a rest, and little else', () => {
  expect(Object.keys(tableOf(`/${'a/'.repeat(4_000)}`)).length).toBeLessThanOrEqual(8)
})

test.each([
  ['/nowhere/../tenders/some', 'routes/public/tender.tsx'],
  ['/nowhere/%2e%2e/tenders', 'routes/public/tenders.tsx'],
  ['/nowhere\\..\\..\\ledger', 'routes/public/ledger.tsx'],
])('%s leads where Remix reads it to lead', (path, file) => {
  expect(Object.keys(tableOf(path))).toContain(file)
})

test.each(['/__manifest', '/__manifest?p=%2Ftenders&version=x', '/tenders?_data=root', '/?q=1&_data=routes%2Fpublic%2Fhome'])('%s is asked of all addresses', (path) => {
  expect(tableOf(path)).toBe(TABLE)
})

test('what fits is made once', () => {
  let made = 0
  const partOf = narrowed(BUILD, () => (made += 1))
  expect(partOf('/tenders/one?q=1')).toBe(partOf('/tenders/two'))
  expect(made).toBe(2)
})
