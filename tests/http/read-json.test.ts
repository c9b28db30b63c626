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

test('a name twice in one object is refused where it stands, however it is written; the same name elsewhere is not', async () => {
  const twice = async (body: string) => (await readJson(sent(body)) as { unreadable?: { pointer?: string } }).unreadable?.pointer ?? null
  expect(await twice('{"a":1,"a":2}')).toBe('/a')
  expect(await twice('{"demanded":{"item":"R37"},"facts":{"site.hilly":true,"site.hilly":false}}')).toBe('/facts/site.hilly')
  expect(await twice('{"materials":[{"code":"M1"},{"code":"M2","x":[1,{"c/~":1,"c\\u002f~":2}]}]}')).toBe('/materials/1/x/1/c~1~0')
  expect(await twice('{"a":{"a":"a, \\"a\\": {"},"b":["a","a",{"a":1},{"a":2}],"c":"a"}')).toBeNull()
  expect(await twice(`{"a":"${'x'.repeat(900_000)}","b":[${Array.from({ length: 9000 }, (_, n) => `{"n":${n}}`).join()}]}`)).toBeNull()
})
