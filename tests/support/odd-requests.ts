import fc from 'fast-check'
import { isForMachines } from '#app/http/gate.server.ts'
import type { RawRequest } from './raw-request.ts'
import { fillPattern, routePatterns } from './route-patterns.ts'

/** Values that have broken programs: one of each kind that we know of. */
const ODD = [
  '', ' ', '0', '-0', '-1', '1e999', 'NaN', 'Infinity', '9007199254740993', '99999999999999999999999999', '0x10', '1,000.50', '１２３',
  'null', 'undefined', 'true', '[object Object]', '{}', '[]', '{"a":1}', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty',
  "' or '1'='1", "'; drop table bids; --", '") union all select null --', '%', '_', '\\', "\\'", '$1', '?', ':name', '??', '${7*7}', '{{7*7}}',
  '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '../../etc/passwd', '..%2f..%2f', 'http://127.0.0.1:1/', '//evil.example', '/\\evil.example', 'javascript:alert(1)',
  '水土保持', '䶮', '𠮷', '👩‍👩‍👧‍👦', '\u202Eabc', '\uFEFF', '\u0007', '\r\nSet-Cookie: a=b', 'e\u0301', 'ß', 'İ',
  '2026-02-30', '2026-13-01', '0000-00-00', '9999-12-31', '-271821-04-20', '2026-11-22', '2026-11-22T10:00', '275760-09-14',
  '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '123456789012345678', '91220100MADEM3010X', '2020-451421-88-03-016343', '220100', 'A01',
  'x'.repeat(300), '水'.repeat(2000), 'a,'.repeat(500),
]
/** Escapes that no encoder would make: broken, overlong, lone surrogates, NUL. */
const RAW = ['%', '%zz', '%00', '%ED%A0%80', '%C0%AF', '%FF', '%F0%9F', '%2F', '%2e%2e', '%25', '+', '%0d%0a', '%E4%B6%AE', '.', '..', ';', '%3F', '%23', '@', '*', '~']

const METHODS = ['GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']

const oddText = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...ODD) }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) }, { weight: 1, arbitrary: fc.double().map(String) }, { weight: 1, arbitrary: fc.bigInt().map(String) })
const encoded = oddText.map((text) => encodeURIComponent(text))
const inUrl = fc.oneof({ weight: 3, arbitrary: encoded }, { weight: 1, arbitrary: fc.constantFrom(...RAW) })

/** What the tests know of a route: names that its forms and queries use, and ids that exist. */
export type Known = { fields: readonly string[]; ids: readonly string[]; origin: string }

export type OddRequest = RawRequest & { as: number; pattern: string }

/** A request that nobody should send, to one of our routes, by one of `roles` callers, the last of whom is a program. */
export function oddRequest({ fields, ids, origin }: Known, roles: number): fc.Arbitrary<OddRequest> {
  const value = fc.oneof({ weight: 4, arbitrary: oddText }, { weight: 2, arbitrary: fc.constantFrom(...ids) })
  const name = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...fields) }, { weight: 1, arbitrary: fc.constantFrom(...ODD) })
  const inPath = fc.oneof({ weight: 2, arbitrary: inUrl }, { weight: 3, arbitrary: fc.constantFrom(...ids.map((id) => encodeURIComponent(id))) })
  const query = fc.array(fc.tuple(name.map((text) => encodeURIComponent(text)), fc.oneof(inUrl, fc.constantFrom(...ids.map(encodeURIComponent)))), { maxLength: 4 })
  const body = bodyOf(name, value)
  const headers = headersOf(origin)
  const patterns = routePatterns().map(({ pattern }) => pattern)
  const machines = patterns.filter(isForMachines)
  // Only the last caller has a token; without it the API's door is all that is met.
  const anyone = fc.nat(roles - 1)
  const machine = fc.oneof({ weight: 3, arbitrary: fc.constant(roles - 1) }, { weight: 1, arbitrary: anyone })
  return fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...patterns) }, { weight: 2, arbitrary: fc.constantFrom(...machines) }).chain((pattern) =>
    fc
      .record({
        method: fc.oneof({ weight: 4, arbitrary: fc.constant('GET') }, { weight: 5, arbitrary: fc.constant('POST') }, { weight: 1, arbitrary: fc.constantFrom(...METHODS) }),
        parts: fc.array(inPath, { minLength: 2, maxLength: 2 }),
        data: fc.constantFrom('', '', '', '.data', '?_data=root', '?index', '/'),
        query,
        body,
        headers,
        as: isForMachines(pattern) ? machine : anyone,
      })
      .map(({ method, parts, data, query, body, headers, as }) => {
        const place = fillPattern(pattern, () => parts.shift() || '-')
        const search = query.map(([name, value]) => `${name}=${value}`).join('&')
        const path = `${place}${data}${search ? `${data.includes('?') ? '&' : '?'}${search}` : ''}`
        const hasBody = method !== 'GET' && method !== 'HEAD' && method !== 'TRACE'
        return { method, path, pattern, as, headers: { ...headers, ...(hasBody ? { 'content-type': body.type } : {}) }, ...(hasBody ? { body: body.text } : {}) }
      }),
  )
}

function bodyOf(name: fc.Arbitrary<string>, value: fc.Arbitrary<string>): fc.Arbitrary<{ type: string; text: string }> {
  const pairs = fc.array(fc.tuple(name, value), { maxLength: 12 })
  const form = pairs.map((list) => ({ type: 'application/x-www-form-urlencoded', text: new URLSearchParams(list.map(([name, value]) => [name, value])).toString() }))
  const rawForm = fc.array(fc.tuple(name.map((text) => encodeURIComponent(text)), fc.constantFrom(...RAW)), { maxLength: 6 }).map((list) => ({ type: 'application/x-www-form-urlencoded', text: list.map((pair) => pair.join('=')).join('&') }))
  const json = fc
    .oneof(fc.json(), pairs.map((list) => JSON.stringify(Object.fromEntries(list))), fc.constantFrom('{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}', '{', '[', '1e999', '"\\ud800"', '{"demanded":{"text":"\\ud800"}}', '{"demanded":{"item":"\\u0000"}}', '[['.repeat(2000), 'null', ''))
    .map((text) => ({ type: 'application/json', text }))
  const demand = demandLike(value).map((text) => ({ type: 'application/json', text }))
  const multipart = fc.tuple(pairs, fc.constantFrom('whole', 'no end', 'no blank line', 'no boundary', 'file')).map(([list, fault]) => multipartOf(list, fault))
  const other = fc.tuple(fc.constantFrom('text/plain', 'application/xml', 'multipart/form-data', '', 'application/x-www-form-urlencoded; charset=utf-16', 'a'.repeat(200)), value).map(([type, text]) => ({ type, text }))
  return fc.oneof({ weight: 6, arbitrary: form }, { weight: 1, arbitrary: rawForm }, { weight: 3, arbitrary: json }, { weight: 3, arbitrary: demand }, { weight: 2, arbitrary: multipart }, { weight: 1, arbitrary: other })
}

/** A demand that is right but for some of its parts: it comes farther than one that is wrong everywhere. */
function demandLike(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const or = (right: unknown) => fc.oneof({ weight: 4, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: value }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) })
  const demanded = fc.oneof(fc.record({ item: value }), fc.record({ material: value }), fc.record({ text: value }), fc.record({ item: value, text: value }))
  const facts = fc.dictionary(fc.oneof(value, fc.constantFrom('site.hazardZone', 'site.area', '__proto__')), fc.oneof(value, fc.jsonValue({ maxDepth: 1 })), { maxKeys: 3 })
  return fc
    .record({ caseNumber: or(null), projectCode: or(null), authority: value, approvalItem: or('A01'), demanded, commissioner: or('applicant'), namedAgency: or(null), demandedOn: or('2026-11-20'), facts }, { requiredKeys: ['demanded', 'authority'] })
    .map((demand) => JSON.stringify(demand))
}

function multipartOf(list: [string, string][], fault: string): { type: string; text: string } {
  const blank = fault === 'no blank line' ? '' : '\r\n'
  const named = (name: string) => name.replaceAll(/["\r\n]/g, '_')
  const file = fault === 'file' ? '; filename="\u202Eexe.pdf"\r\nContent-Type: application/pdf' : ''
  const parts = list.map(([name, value]) => `--X\r\nContent-Disposition: form-data; name="${named(name)}"${file}\r\n${blank}${value}\r\n`)
  return { type: fault === 'no boundary' ? 'multipart/form-data' : 'multipart/form-data; boundary=X', text: parts.join('') + (fault === 'no end' ? '' : '--X--\r\n') }
}

/** Most requests come from our own pages, so that they get past the gate and reach what is behind it. */
function headersOf(origin: string): fc.Arbitrary<Record<string, string>> {
  return fc.record({
    origin: fc.oneof({ weight: 9, arbitrary: fc.constant(origin) }, { weight: 1, arbitrary: fc.constantFrom('null', 'http://evil.example', '') }),
    'accept-language': fc.constantFrom('zh-CN', 'en', '', '*', 'xx;q=9', 'zh;q=a,en'),
    accept: fc.constantFrom('text/html', 'application/json', '*/*', ''),
    'idempotency-key': fc.constantFrom('a', '"b"', '', 'x'.repeat(400), '%00', '1', '2', '3'),
    'if-none-match': fc.constantFrom('*', '"a"', '', 'W/"', '"220100-2"'),
    traceparent: fc.constantFrom('', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'x', '00-0-0-0'),
    'x-forwarded-for': fc.constantFrom('', '1.2.3.4', 'x'),
  })
}
