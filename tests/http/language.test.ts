import { expect, test } from 'vitest'
import { localeOf } from '#app/http/locale.server.ts'
import { action } from '#app/routes/public/language.ts'

async function choose(form: Record<string, string>): Promise<Response> {
  const request = new Request('http://house.test/language', { method: 'POST', body: new URLSearchParams(form) })
  return (await action({ request, params: {}, context: {} as never })) as Response
}

test('choosing a language leads back to the page it was chosen on', async () => {
  const reply = await choose({ to: 'en', next: '/catalogue?q=水土' })
  expect(reply.status).toBe(302)
  expect(decodeURIComponent(reply.headers.get('location')!)).toBe('/catalogue?q=水土')
  const cookie = reply.headers.get('set-cookie')!.split(';')[0]!
  expect(localeOf(new Request('http://house.test/', { headers: { cookie, 'accept-language': 'zh' } }))).toBe('en')
})

test.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', ''])('choosing a language never leads to another site: %s', async (next) => {
  const reply = await choose({ to: 'zh', next })
  expect(reply.headers.get('location')).toBe('/')
})

test('a language that is not spoken here is not remembered', async () => {
  expect((await choose({ to: 'fr', next: '/' })).headers.get('set-cookie')).toBeNull()
})

test('a reader who chose nothing is answered as the browser asks, else in Chinese', () => {
  const asked = (language?: string) => localeOf(new Request('http://house.test/', language ? { headers: { 'accept-language': language } } : {}))
  expect([asked('en-GB,en;q=0.9'), asked('zh-CN,zh;q=0.9,en;q=0.8'), asked('fr-FR'), asked()]).toEqual(['en', 'zh', 'zh', 'zh'])
})

const PREFERENCES: [accepted: string, locale: string][] = [
  ['zh;q=0.1, en;q=0.9', 'en'],
  ['en;q=0.9,zh', 'zh'],
  ['en;q=0.5, zh;q=0.5', 'en'],
  ['zh;q=0.5, en;q=0.5', 'zh'],
  ['zh;q=0, en;q=0.001', 'en'],
  ['en;q=0', 'zh'],
  ['fr, en-GB;q=0.3, zh-Hant-TW;q=0.2', 'en'],
  ['zh;q=0.2, zh-CN;q=0.9, en;q=0.8', 'zh'],
  ['EN ; Q=0.7 , ZH ; Q=0.6', 'en'],
  ['*', 'zh'],
  ['zh;q=0, *', 'en'],
  ['en;q=0.2, *;q=0.5', 'zh'],
  ['eno', 'zh'],
  ['en;q=high, zh;q=0.1', 'zh'],
  ['en;q=2', 'zh'],
  [',;=,', 'zh'],
  ['', 'zh'],
]

test.each(PREFERENCES)('of the languages in "%s" the one with the greatest weight is spoken: %s', (accepted, locale) => {
  expect(localeOf({ headers: { get: (name) => (name === 'accept-language' ? accepted : null) } })).toBe(locale)
})
