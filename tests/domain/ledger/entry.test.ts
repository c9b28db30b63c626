import { expect, test } from 'vitest'
import { concealed, entryBody, MOST_ENTRY_BYTES } from '#app/domain/ledger/entry.ts'
import { sayable } from '#app/domain/ledger/sayable.ts'
import { prepareTelling } from '#app/domain/ledger/tell.server.ts'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { en } from '#app/words/en.ts'
import { zh } from '#app/words/zh.ts'
import { testKeyring } from '#tests/support/keyring.ts'

const context = { actor: SYSTEM, keyring: testKeyring(), traceId: 'trace' }
const telling = { at: new Date('2026-11-20T02:00:00Z'), act: 'publish:tender', kind: 'tender.published', subject: 'MD-1', divisionCode: '220100', facts: { title: '环评' } }

test('an entry is canonical JSON that names its format and suite', () => {
  const { rows, reference } = prepareTelling(context, telling)
  expect(JSON.parse(rows.entry.body)).toMatchObject({ format: 'mingdan-entry/v1', suite: 'intl-1', id: reference.entry, kind: 'tender.published', subject: 'MD-1', facts: { title: '环评' }, at: '2026-11-20T02:00:00.000Z' })
  expect(reference).toMatchObject({ index: null, checkpoint: null, leafHash: rows.entry.leafHash.toString('hex') })
  expect(Date.parse(reference.promisedBy) - rows.entry.recordedAt.getTime()).toBe(60_000)
})

test('facts that are too long for an entry are turned away, and go in as payload by their hash', () => {
  const long = 'x'.repeat(MOST_ENTRY_BYTES)
  expect(() => prepareTelling(context, { ...telling, facts: { long } })).toThrow(/payload/)
  const { rows } = prepareTelling(context, { ...telling, payload: { long } })
  expect(JSON.parse(rows.entry.body)).toMatchObject({ payload: rows.entry.payloadHash!.toString('hex') })
  expect(rows.payload).toBe(JSON.stringify({ long }))
})

test('a personal fact stands in the entry as a hash that nobody can guess without its salt', () => {
  const { rows } = prepareTelling(context, { ...telling, concealed: { phone: '13800000000' } })
  expect(rows.entry.body).not.toContain('13800000000')
  const { facts } = JSON.parse(rows.entry.body) as { facts: { phone: { concealed: string } } }
  expect(facts.phone.concealed).toBe(concealed('13800000000', rows.salts[0]!.salt))
  expect(facts.phone.concealed).not.toBe(concealed('13800000000', Buffer.alloc(32, 1)))
})

test('every kind of entry has a sentence in both languages, whatever its facts', () => {
  expect(Object.keys(en.ledger.kinds).sort()).toEqual(Object.keys(zh.ledger.kinds).sort())
  for (const words of [zh, en]) {
    for (const [kind, say] of Object.entries(words.ledger.kinds)) {
      const bare = say(sayable({ subject: 'S-1', facts: {} }))
      expect(bare, kind).not.toMatch(/undefined|null|\[object/)
      expect(bare.length).toBeGreaterThan(4)
    }
  }
  expect(zh.ledger.kinds['draw.drawn']!(sayable({ subject: 'MD-1', facts: { draw: { winner: '91' } } }))).toBe('公告 MD-1 抽取完毕，第一位是 91')
})

test('an entry of 16 KiB still fits and one byte more does not', () => {
  const base = { id: '00000000-0000-4000-8000-000000000000', kind: 'k', subject: 's', division: '220100', at: 'a', recordedAt: 'r' }
  const room = MOST_ENTRY_BYTES - Buffer.byteLength(entryBody({ ...base, facts: { t: '' } }))
  expect(Buffer.byteLength(entryBody({ ...base, facts: { t: 'x'.repeat(room) } }))).toBe(MOST_ENTRY_BYTES)
  expect(() => entryBody({ ...base, facts: { t: 'x'.repeat(room + 1) } })).toThrow(RangeError)
})
