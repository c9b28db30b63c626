import fc from 'fast-check'
import { expect } from 'vitest'
import { oddRequest } from '#tests/support/odd-requests.ts'
import { rawRequest, type RawAnswer } from '#tests/support/raw-request.ts'
import { routePatterns } from '#tests/support/route-patterns.ts'
import { callers, caseSystem, knownTo, test } from '#tests/support/world.ts'

/** What only a program that broke would say to a stranger. */
const LEAKS = [/\n\s+at .+:\d+:\d+/, /syntax error at or near/i, /invalid input syntax/i, /violates [\w-]+ constraint/i, /relation "\w+" does not exist/i, /invalid byte sequence/i, /node_modules/, /file:\/\//, /mingdan_(?:app|owner|web)/, /ECONNREFUSED/]
/** Only what hangs is a fault here: a busy machine decides nothing. */
const SLOWEST = 120_000
const LARGEST = 2_000_000
const AT_ONCE = 8

test('whatever is thrown at any route, by whomever, nothing breaks and nothing of the inside shows', async ({ site, world }) => {
  const who = [...(await callers(site, world)), await caseSystem(site, world)]
  const thrown = new Map<string, number>()
  const property = fc.asyncProperty(fc.array(oddRequest(knownTo(site, world), who.length), { minLength: AT_ONCE, maxLength: AT_ONCE }), async (requests) => {
    await Promise.all(
      requests.map(async ({ as, pattern, headers, ...request }) => {
        const answer = await rawRequest(site.address, { ...request, headers: { ...headers, ...(await who[as]!.headersFor(pattern)) } })
        thrown.set(pattern, (thrown.get(pattern) ?? 0) + 1)
        expectDecent(answer, `${who[as]!.name}: ${request.method} ${request.path} ${request.body ?? ''}`)
      }),
    )
  })
  await fc.assert(property, { seed: 20261122, numRuns: 300 })
  const total = [...thrown.values()].reduce((sum, count) => sum + count, 0)
  console.log(`${total} odd requests to ${thrown.size} routes`)
  expect(total).toBeGreaterThan(1000)
  expect(routePatterns().map(({ pattern }) => pattern).filter((pattern) => !thrown.has(pattern))).toEqual([])
})

function expectDecent(answer: RawAnswer, request: string): void {
  const shown = `${request}\n→ ${answer.status} ${answer.body.slice(0, 400)}`
  expect(answer.status, shown).toBeGreaterThanOrEqual(200)
  expect(answer.status, shown).toBeLessThan(500)
  expect(answer.milliseconds, shown).toBeLessThan(SLOWEST)
  expect(answer.body.length, shown).toBeLessThan(LARGEST)
  for (const leak of LEAKS) expect(answer.body, shown).not.toMatch(leak)
}
