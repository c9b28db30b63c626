import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '..')

test('every claim of the threat model names tests that exist, and each number is one claim’s', () => {
  const text = fs.readFileSync(path.join(ROOT, 'docs/threat-model.md'), 'utf8')
  const claims = text.split('\n').filter((line) => /^\| .*`tests\//.test(line))
  expect(claims.length).toBeGreaterThan(15)
  const named = [...text.matchAll(/`(tests\/[^`]+)`/g)].map(([, file]) => file!)
  expect(named.filter((file) => !fs.existsSync(path.join(ROOT, file)))).toEqual([])
  const numbers = claims.flatMap((claim) => /^\| \[(\d+)\]/.exec(claim)?.[1] ?? [])
  expect(numbers.length).toBeGreaterThan(8)
  expect(numbers.filter((number, place) => numbers.indexOf(number) !== place)).toEqual([])
  const numbered = text.split('## Claims and their tests')[0]!
  expect(numbers.filter((number) => !numbered.includes(`[${number}]`))).toEqual([])
  for (const [, number] of text.matchAll(/\[(\d+)\]/g)) expect(claims.some((claim) => claim.startsWith(`| [${number}]`)), `[${number}]`).toBe(true)
})
