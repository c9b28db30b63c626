import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { SILENT, WHO_HEARS } from '#app/domain/notices/who-hears.ts'
import { en } from '#app/words/en.ts'
import { sentenceOf } from '#app/words/words.ts'
import { zh } from '#app/words/zh.ts'

const APP = path.resolve(import.meta.dirname, '../app')

function leavesOf(words: object, at = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]) => {
    const here = at ? `${at}.${name}` : name
    return typeof value === 'object' && value !== null ? leavesOf(value, here) : [[here, typeof value] as [string, string]]
  })
}

function emptyIn(words: object): string[] {
  const found: string[] = []
  const walk = (value: unknown, at: string) => {
    if (typeof value === 'string' && !value.trim()) found.push(at)
    if (typeof value === 'object' && value !== null) for (const [name, inner] of Object.entries(value)) walk(inner, `${at}.${name}`)
  }
  walk(words, 'words')
  return found
}

test('both languages say the same things', () => {
  expect(leavesOf(en).sort()).toEqual(leavesOf(zh).sort())
})

test('what one language says the other does not leave empty', () => {
  expect(emptyIn(en)).toEqual(emptyIn(zh))
})

test('no English text has Chinese left in it, but names and what one types', () => {
  // Quoted words of the list, names of places and laws, and the other language's own name are Chinese on purpose.
  const allowed = /^(frame\.otherLanguage|site\.home\.exampleWords|parts\.)/
  const chinese = leavesWithText(en).filter(([at, text]) => !allowed.test(at) && (text.match(/[\u4e00-\u9fff]/g)?.length ?? 0) > text.length / 2)
  expect(chinese).toEqual([])
})

test('every reason to refuse has its sentence, in both languages', () => {
  const codes = refusalCodes()
  expect(codes.size).toBeGreaterThan(0)
  const silent = [...codes].filter(([code]) => sentenceOf(zh, code, new Proxy({}, { get: () => 1 })) === code || sentenceOf(en, code, new Proxy({}, { get: () => 1 })) === code)
  expect(silent.map(([code, file]) => `${code} in ${file}`)).toEqual([])
})

test('every act of the audit and every event of the outbox has its word', () => {
  const sources = readdirSync(path.join(APP, 'domain'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.server.ts'))
  const text = sources.map((file) => readFileSync(path.join(APP, 'domain', file), 'utf8')).join('\n')
  const acts = new Set([...text.matchAll(/\bact: (?:\w[\w.]* \? )?'([a-z]+[:.][a-z-]+)'(?: : '([a-z]+[:.][a-z-]+)')?/g)].flatMap(([, one, other]) => [one!, other!]).filter(Boolean))
  expect(acts.size).toBeGreaterThan(40)
  expect([...acts].filter((act) => !zh.acts.acts[act])).toEqual([])
  expect([...Object.keys(WHO_HEARS), ...SILENT].filter((type) => !zh.acts.events[type])).toEqual([])
})

function leavesWithText(words: object, at = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]) => {
    const here = at ? `${at}.${name}` : name
    if (typeof value === 'string') return [[here, value] as [string, string]]
    return typeof value === 'object' && value !== null ? leavesWithText(value, here) : []
  })
}

/** Codes as the sources write them: `new Refusal(kind, 'area.name'` and the messages of schemas. */
function refusalCodes(): Map<string, string> {
  const areas = Object.keys(zh).join('|')
  const pattern = new RegExp(`'((?:${areas})\\.[a-z][a-z0-9-]*)'`, 'g')
  const codes = new Map<string, string>()
  for (const file of readdirSync(APP, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file) || !/^(domain|http|routes)\//.test(file)) continue
    const source = readFileSync(path.join(APP, file), 'utf8')
    for (const [, code] of source.matchAll(pattern)) if (isRefusalAt(source, code!)) codes.set(code!, file)
  }
  return codes
}

/** A code in a `Refusal`, or as the message of a schema: not a ledger kind or an event type, which look alike. */
function isRefusalAt(source: string, code: string): boolean {
  return source.split('\n').some((line) => line.includes(`'${code}'`) && /Refusal\(|message|regex\(|refine\(|min\(|max\(|date\(|enum\(|string\(|number\(|int\(|positive\(/.test(line))
}

test('the last entry of a ledger of n entries is called the n-th, in both languages', () => {
  const size = 172
  for (const words of [zh, en]) {
    expect(words.ledger.state.sizeOf(size)).toContain('172')
    for (const place of [words.ledger.placeOf(size - 1), words.tenders.sequenced(size - 1), words.frame.proof.recorded(size - 1)]) expect(place).toContain('172')
  }
})
