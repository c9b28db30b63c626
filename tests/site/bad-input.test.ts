import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { hashOfToken } from '#app/domain/accounts/session.ts'
import { faultsIn, hasId, holds, idOf, isDescribed, summaryIn, unescaped } from '#tests/support/form-page.ts'
import { each, goodOf, post, rowsIn, rowsOf, test, typedOf, type Sent } from '#tests/support/form-posts.ts'
import type { FormRow } from '#tests/support/form-row.ts'
import { rawRequest, type RawAnswer } from '#tests/support/raw-request.ts'
import { routePatterns } from '#tests/support/route-patterns.ts'
import { LATE, shownOf, type FormField, SPOILINGS } from '#tests/support/spoilt.ts'
import { cookieOf } from '#tests/support/world.ts'

const ROUTES = path.resolve(import.meta.dirname, '../../app/routes')
/** What a program sends is spoilt by tests/site/api.test.ts and tests/site/property.test.ts, and `not-found` takes nothing. */
const isForm = (file: string) => !file.startsWith('api/') && file !== 'public/not-found.tsx'
const LANGUAGES = ['zh', 'en'] as const

test('every route that takes a form has its rows in the table', ({ forms }) => {
  const takes = routePatterns().map(({ file }) => file.replace('routes/', '')).filter((file) => /^export (?:async function|const) action\b/m.test(readFileSync(path.join(ROUTES, file), 'utf8')))
  expect([...new Set(forms.map(({ route }) => route))].sort()).toEqual(takes.filter(isForm).sort())
})

test('what is wrong with a form is said at its field, in the language of the page; what was typed stays, and nothing is written', async ({ site, forms }) => {
  const faults: string[] = []
  const before = await rowsOf(site)
  // Each form and each way to spoil it meets both languages, though not each pair of them.
  const posts = forms.flatMap((row, at) => Object.keys(SPOILINGS).flatMap((spoiling, way) => spoiltOf(row, spoiling).map((spoilt) => ({ row, spoiling, spoilt, language: LANGUAGES[(at + way) % LANGUAGES.length]! }))))
  await each(posts, async ({ row, spoiling, spoilt, language }) => {
    const sent = { ...row.fixed, ...goodOf(row), ...spoilt }
    const answer = await post(site, row, sent, { language })
    for (const fault of faultsOf(row, { answer, spoilt, sent, language })) faults.push(`${row.route} ${row.form}, ${spoiling}, ${language}: ${fault}`)
  })
  expect(faults).toEqual([])
  expect(await rowsOf(site)).toEqual(before)
})

test('a question that anybody asks by its address hears what is wrong with it too', async ({ site }) => {
  for (const language of LANGUAGES) {
    const query = new URLSearchParams({ service: '水'.repeat(201), item: '😀', agency: '水'.repeat(101), on: '2026-02-30', project: '__proto__' })
    const { status, body } = await rawRequest(site.address, { method: 'GET', path: `/ask?${query}`, headers: { accept: 'text/html', 'accept-language': language } })
    const said = faultsIn(body)
    expect([status, [...said.keys()].sort(), [...said.values()].filter((sentence) => !isSaid(sentence, language))]).toEqual([200, ['agency', 'item', 'on', 'project', 'service'], []])
    expect(summaryIn(body).links.filter((id) => !hasId(body, id))).toEqual([])
  }
})

test('hidden fields that somebody changed change nothing, and are answered in words', async ({ site, forms }) => {
  const faults: string[] = []
  const before = await rowsOf(site)
  const posts = forms.flatMap((row) => (row.spoilable ?? []).flatMap((name) => [[], '', '__proto__', '00000000-0000-4000-8000-000000000000', '9'.repeat(5000), ['a', 'b']].map((value) => ({ row, name, value }))))
  await each(posts, async ({ row, name, value }) => {
    if (row.fixed?.[name] === undefined) throw new Error(`${row.route} ${row.form} has no hidden ${name}.`)
    const answer = await post(site, row, { ...row.fixed, ...goodOf(row), [name]: value })
    const { sentences, links } = summaryIn(answer.body)
    const dead = links.filter((id) => !hasId(answer.body, id))
    if (answer.status < 400 || answer.status >= 500) faults.push(`${row.route} ${row.form} ${name}=${value}: ${answer.status}`)
    else if (![403, 404].includes(answer.status) && (!sentences.length || sentences.some((one) => !isSaid(one, 'zh')))) faults.push(`${row.route} ${row.form} ${name}=${value}: ${answer.status} ${sentences}`)
    else if (dead.length) faults.push(`${row.route} ${row.form} ${name}: leads to ${dead}`)
  })
  expect(faults).toEqual([])
  expect(await rowsOf(site)).toEqual(before)
})

test('a session that ends in the middle of a form loses nothing of it', async ({ site, forms }) => {
  const faults: string[] = []
  const before = await rowsOf(site)
  for (const row of forms.filter(({ cookie, fields }) => cookie?.startsWith('mingdan-session=') && Object.values(fields).some(isWritten))) {
    const account = await site.database.owner('sessions').where({ token_hash: hashOfToken(row.cookie!.split('=')[1]!) }).first<{ accountId: string }>({ accountId: 'account_id' })
    const [ended, fresh] = [await cookieOf(site, account as never), await cookieOf(site, account as never)]
    await site.database.owner('sessions').where({ token_hash: hashOfToken(ended.split('=')[1]!) }).update({ revoked_at: new Date() })
    const turned = await post(site, row, { ...row.fixed, ...typedOf(row) }, { cookie: ended })
    const kept = [turned.headers['set-cookie'] ?? []].flat().find((line) => line.startsWith('mingdan-kept-form='))?.split(';')[0]
    const { body } = await rawRequest(site.address, { method: 'GET', path: '/account/kept-form', headers: { cookie: `${fresh}; ${kept}`, accept: 'text/html' } })
    const hidden: Sent = {}
    for (const [, name, value] of body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) hidden[name!] = unescaped(value!)
    const shown = await post(site, row, hidden, { cookie: fresh })
    const lost = Object.entries(row.fields).filter(([name, field]) => isWritten(field) && typedOf(row)[name] && !holds(shown.body, name, shownOf(typedOf(row)[name]!)))
    if (turned.status !== 302 || shown.status !== 200 || lost.length) faults.push(`${row.route} ${row.form}: ${turned.status}, ${shown.status}, lost ${lost.map(([name]) => name)}`)
  }
  expect(faults).toEqual([])
  expect(await rowsOf(site)).toEqual(before)
})

test('what people paste is taken as they mean it; two clicks and the back button make one thing', async ({ site, forms }) => {
  const faults: string[] = []
  for (const row of forms) {
    const sent = { ...row.fixed, ...typedOf(row) }
    const before = await rowsIn(site, row.makes)
    const clicks = await Promise.all([post(site, row, sent), post(site, row, sent)])
    const answers = [...clicks, await post(site, row, sent)]
    const made = (await rowsIn(site, row.makes)) - before
    const said = answers.map(({ status, body }) => `${status} ${[...faultsIn(body)].join(' ')}`).join(' | ')
    if (answers.some(({ status }) => status >= 500) || (!row.refused && clicks.every(({ status }) => status >= 400))) faults.push(`${row.route} ${row.form}: ${said}`)
    if (answers.some(({ status, body }) => status === 422 && Object.keys(row.fields).some((name) => faultsIn(body).has(idOf(name).slice(6)) && row.fields[name]!.typed))) faults.push(`${row.route} ${row.form}: ${said}`)
    if (row.makes && made !== 1) faults.push(`${row.route} ${row.form}: ${made} of ${row.makes}, ${said}`)
  }
  expect(faults).toEqual([])
  expect(site.log()).not.toMatch(/"level":50/)
})

/** Fields whose text a page shows again; of a choice it shows what is among its answers, of a password nothing. */
function isWritten({ kind }: FormField): boolean {
  return kind === 'text' || kind === 'code' || kind === 'login'
}

/** Every field of a form spoilt at once, since all faults are to be said at once; what only the verb can know is said one by one. */
function spoiltOf({ fields }: FormRow, spoiling: string): Sent[] {
  const spoilt = Object.entries(fields).flatMap(([name, field]): [string, string | string[]][] => {
    const value = SPOILINGS[spoiling]!(field)
    return value === null ? [] : [[name, value]]
  })
  if (!spoilt.length) return []
  return spoiling === LATE ? spoilt.map((one) => Object.fromEntries([one])) : [Object.fromEntries(spoilt)]
}

/** Everything that the answer to a spoilt form lacks. */
function faultsOf({ fields }: FormRow, { answer: { status, body }, spoilt, sent, language }: { answer: RawAnswer; spoilt: Sent; sent: Sent; language: 'zh' | 'en' }): string[] {
  if (status < 400 || status >= 500) return [`answered with ${status}`]
  const said = faultsIn(body)
  const { links } = summaryIn(body)
  const wanted = Object.keys(spoilt).map((name) => idOf(name).slice(6))
  return [
    ...wanted.filter((name) => !said.has(name)).map((name) => `nothing is said at ${name}`),
    ...[...said.keys()].filter((name) => !wanted.includes(name) && fields[name]?.kind !== 'again').map((name) => `${name} is right, and the page says: ${said.get(name)}`),
    ...[...said].filter(([, sentence]) => !isSaid(sentence, language)).map(([name, sentence]) => `${name} says “${sentence}”`),
    ...Object.keys(spoilt).filter((name) => said.has(idOf(name).slice(6)) && !isDescribed(body, name)).map((name) => `${name} is not described by its fault`),
    ...[...said.keys()].filter((name) => !links.includes(`field-${name}`)).map((name) => `the summary does not lead to ${name}`),
    ...links.filter((id) => !hasId(body, id)).map((id) => `the summary leads to ${id}, which is not there`),
    ...Object.entries(fields).filter(([name, field]) => isWritten(field) && sent[name]!.length > 0 && !holds(body, name, shownOf(sent[name]!))).map(([name]) => `${name} has lost “${shownOf(sent[name]!).slice(0, 40)}”`),
  ]
}

/** A sentence of the asked language, and not a code, a hole or the other language. */
function isSaid(sentence: string, language: 'zh' | 'en'): boolean {
  if (/undefined|NaN|\[object|^[a-z]+\.[a-z_-]+$/.test(sentence)) return false
  return language === 'zh' ? /\p{Script=Han}/u.test(sentence) : /^[“A-Z][^，。；：]*[a-z]/.test(sentence.replace(/“.*?”|\(.*?\)|: .*/g, ''))
}
