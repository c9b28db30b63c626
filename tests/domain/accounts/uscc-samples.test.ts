import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { usccFault } from '#app/domain/accounts/uscc.ts'

test('every credit code in the examples of the API is one that the API takes', () => {
  const examples = readFileSync(new URL('../../../app/http/openapi/examples.json', import.meta.url), 'utf8')
  const codes = [...new Set([...examples.matchAll(/"(?:uscc|authority|agency)": "([0-9][0-9A-Z]{17})"/g)].map(([, code]) => code!))]
  expect(codes.length).toBeGreaterThan(1)
  expect(codes.filter((code) => usccFault(code))).toEqual([])
})
