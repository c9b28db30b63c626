import { expect, test } from 'vitest'
import { readJson } from '#app/http/read-json.server.ts'

function sent(body: string): Request {
  return new Request('http://mingdan.example/api/v1/guard/decisions', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}

test('a number beyond all numbers is JSON that cannot be read, and no fault of ours', async () => {
  expect(await readJson(sent('{"facts":{"site.areaSquareMetres":1e999}}'))).toEqual({ unreadable: { status: 400, code: 'guard.malformed-json' } })
  expect(await readJson(sent('{"facts":[-1e999]}'))).toEqual({ unreadable: { status: 400, code: 'guard.malformed-json' } })
})

test('JSON nested too deeply is refused by name', async () => {
  expect(await readJson(sent(`{"a":${'['.repeat(30)}${']'.repeat(30)}}`))).toEqual({ unreadable: { status: 400, code: 'guard.json-too-deep' } })
})

test('texts are normalised; numbers stay, and names too, or one that only looks like a field would speak for it', async () => {
  expect(await readJson(sent('{"Ａ":"Ｒ２８\\u0000","A":"R29","n":12.5,"list":[1,"\\ud800"]}'))).toEqual({ body: { Ａ: 'R28', A: 'R29', n: 12.5, list: [1, '\ufffd'] } })
})
