import { expect, test } from 'vitest'
import { isForMachines, turnAway } from '#app/http/gate.server.ts'

const page = { host: 'mingdan.example' }
const form = { ...page, origin: 'https://mingdan.example', 'content-type': 'application/x-www-form-urlencoded', 'content-length': '10' }

test.each([
  ['a page', 'GET', '/', page],
  ['what the runtime asks for', 'GET', '/about.data?_routes=root', page],
  ['a page with Chinese in its address', 'GET', '/catalogue?q=%E7%8E%AF%E8%AF%84', page],
  ['an IPv6 host', 'GET', '/', { host: '[::1]:3000' }],
  ['our own form', 'POST', '/ask', form],
  ['a form with files', 'POST', '/register', { ...form, 'content-type': 'multipart/form-data; boundary=x', 'content-length': '9000000' }],
  ['a form of a browser that names no origin but the same site', 'POST', '/ask', { ...form, origin: undefined, 'sec-fetch-site': 'same-origin', cookie: 'a=b' }],
  ['a program without a browser and without a cookie', 'POST', '/ask', { ...form, origin: undefined }],
  ['a program on the API', 'PUT', '/api/v1/projects/1', { ...page, 'content-type': 'application/json' }],
])('%s comes in', (_, method, url, headers) => {
  expect(turnAway({ method, url, headers })).toBeUndefined()
})

test.each([
  ['another method', 'PUT', '/', page, 405],
  ['TRACE', 'TRACE', '/api/v1/catalogue', page, 405],
  ['a host with a space', 'GET', '/', { host: 'a b' }, 400],
  ['no host', 'GET', '/', {}, 400],
  ['an escape that does not decode', 'GET', '/catalogue/%E0%A4%A', page, 400],
  ['a NUL', 'GET', '/catalogue?q=%00', page, 400],
  ['a path that begins with an escaped backslash', 'GET', '/%5C?state=open', page, 400],
  ['an absolute form', 'GET', 'http://evil.example/', page, 400],
  ["a question of Remix's older protocol", 'GET', '/?_data=root', page, 400],
  ["the same question in another spelling", 'GET', '/catalogue?a=1?&%5Fdata=root', page, 400],
  ['a way round through the API to a form of a page', 'POST', '/api/../language', { ...form, origin: 'https://evil.example' }, 400],
  ['the same way in another spelling', 'POST', '/oauth/%2E%2e/sign-in', { ...form, origin: 'https://evil.example' }, 400],
  ['an escaped slash that begins a path, which React reads as another host', 'GET', '/%2F?after=1', page, 400],
  ['a backslash, which Remix reads as a slash', 'PUT', '/api/..\\sign-in', page, 400],
  ['a backslash written out, which Remix answers with a bare 500', 'GET', '/%5C?a=1', page, 400],
  ['the head of what only the runtime asks for', 'HEAD', '/about.data', page, 400],
  ['the API as the runtime would ask a page', 'POST', '/api/v1/catalogue.data?x=1', page, 400],
  ['an endless address', 'GET', `/${'a'.repeat(9000)}`, page, 414],
  ['an escaped backslash in the place of a host', 'GET', '/%5C?after=1', page, 400],
  ['a foreign origin', 'POST', '/ask', { ...form, origin: 'https://evil.example' }, 403],
  ['the null origin', 'POST', '/ask', { ...form, origin: 'null' }, 403],
  ['a cross-site fetch without origin', 'POST', '/ask', { ...form, origin: undefined, 'sec-fetch-site': 'cross-site' }, 403],
  ['a cookie without origin', 'POST', '/ask', { ...form, origin: undefined, cookie: 'a=b' }, 403],
  ['a form from elsewhere for the page of the API', 'POST', '/api', { ...form, origin: 'null' }, 403],
  ['JSON for a form', 'POST', '/ask', { ...form, 'content-type': 'application/json' }, 415],
  ['no content type', 'POST', '/ask', { ...form, 'content-type': undefined }, 415],
  ['chunks', 'POST', '/ask', { ...form, 'transfer-encoding': 'chunked' }, 411],
  ['a form too large', 'POST', '/ask', { ...form, 'content-length': '300000' }, 413],
  ['a body over a megabyte on the API', 'POST', '/api/v1/guard/decisions', { ...page, 'content-length': '1048577' }, 413],
])('%s is turned away', (_, method, url, headers, status) => {
  expect(turnAway({ method, url, headers })?.status).toBe(status)
})

test('a name that only begins like the API is a page, and so is the API’s own description', () => {
  expect(isForMachines('/api')).toBe(false)
  expect(isForMachines('/apis')).toBe(false)
  expect(isForMachines('/api/v1/catalogue')).toBe(true)
})
