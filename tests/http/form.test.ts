import { expect, test } from 'vitest'
import { readForm } from '#app/http/submit.server.ts'

function posted(...fields: [string, string][]): Request {
  return new Request('http://mingdan.example/sign-in', { method: 'POST', body: new URLSearchParams(fields) })
}

test('a field that is named like something every object has holds only what was sent', async () => {
  const values = await readForm(posted(['constructor', 'a'], ['toString', 'b'], ['__proto__', 'c'], ['__proto__', 'd']))
  expect(Object.entries(values)).toEqual([['constructor', 'a'], ['toString', 'b'], ['__proto__', ['c', 'd']]])
  expect(Object.getPrototypeOf(values)).toBe(Object.prototype)
})

test('a field that was sent twice is a list', async () => {
  expect(await readForm(posted(['area', '220100'], ['area', '220106'], ['name', ' 甲 ']))).toEqual({ area: ['220100', '220106'], name: '甲' })
})

test('a field that was sent a hundred thousand times is read within a moment', async () => {
  const request = new Request('http://mingdan.example/sign-in', { method: 'POST', body: 'a&'.repeat(100_000), headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  const began = performance.now()
  expect((await readForm(request)).a).toHaveLength(100_000)
  expect(performance.now() - began).toBeLessThan(5000)
})

test('more text than any form of ours asks for is turned away, also in parts', async () => {
  const body = new FormData()
  body.append('name', '水'.repeat(300_000))
  await expect(readForm(new Request('http://mingdan.example/sign-in', { method: 'POST', body }))).rejects.toMatchObject({ status: 413 })
})
