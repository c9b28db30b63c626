import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { KINDS, MESSAGE_KINDS, untilOf, type Message } from '#app/domain/notices/message.ts'
import type { MessageKind } from '#app/domain/notices/message-params.ts'
import { hearingsOf, SILENT, WHO_HEARS } from '#app/domain/notices/who-hears.ts'
import { en } from '#app/words/en.ts'
import { zh } from '#app/words/zh.ts'

const DOMAIN = path.resolve(import.meta.dirname, '../../../app/domain')

function sources(): { file: string; text: string }[] {
  return readdirSync(DOMAIN, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('notices/'))
    .map((file) => ({ file, text: readFileSync(path.join(DOMAIN, file), 'utf8') }))
}

test('every event that the house tells is heard by somebody or silent on purpose, and none is made up of parts', () => {
  const told = new Set(sources().flatMap(({ text }) => [...text.matchAll(/'(marketplace\.[a-z.-]+\.v\d+)'/g)].map(([, type]) => type!)))
  expect([...told].sort()).toEqual([...Object.keys(WHO_HEARS), ...SILENT].sort())
  expect(sources().filter(({ text }) => /`marketplace\./.test(text)).map(({ file }) => file)).toEqual([])
})

test('every kind of message is told of some event, leads somewhere and has its sentence in both languages', () => {
  const told = new Set(Object.values(WHO_HEARS).flatMap(({ by }) => by.map(({ kind }) => kind)))
  expect([...told].sort()).toEqual(MESSAGE_KINDS.toSorted())
  expect(Object.keys(zh.notices.kinds).sort()).toEqual(MESSAGE_KINDS.toSorted())
  for (const kind of MESSAGE_KINDS) {
    expect(KINDS[kind].place).toBeTruthy()
    for (const words of [zh, en]) {
      const sentence = (words.notices.kinds[kind] as (params: object) => string)(PARAMS)
      expect(sentence, kind).not.toMatch(/undefined|null|NaN|\[object/)
      expect(sentence.length, kind).toBeGreaterThan(5)
    }
  }
})

/** Everything that any sentence may ask for. */
const PARAMS = { limit: 'deliver', dueAt: '2026-11-27T01:00:00Z', from: '2026-11-20T01:00:00Z', until: '2026-11-20T01:30:00Z', extended: 2, title: '绿园厂房水土保持方案', service: '水土保持方案编制', closesAt: '2026-11-20T02:00:00Z', drawsAfter: '2026-11-20T03:00:00Z', answerBy: '2026-11-20T04:00:00Z', publicityEndsAt: '2026-11-20T05:00:00Z', declineUntil: '2026-11-20T06:00:00Z', eligible: 3, winner: '示例机构', authority: '水务局', item: '水土保持方案审批', state: 'accepted', verdict: 'refused', reasons: ['off-list'], number: 3, effectiveOn: '2026-12-01', count: 2, host: 'cases.example', cause: 'exhausted', tried: 10, name: '示例机构', did: 'rotated', role: 'agency', material: '水土保持方案', respondent: '水务局', code: '2611-330182-01-01-000001', days: 55, outcome: 'violation' }

test('the refused demand goes to the regulator, the allowed one to the owner alone', () => {
  const kinds = (verdict: string) => hearingsOf({ type: 'marketplace.demand.decided.v1', data: { verdict } })!.by.map(({ kind }) => kind)
  expect(kinds('refused')).toEqual(['demand-decided', 'own-demand-refused', 'demand-refused'])
  expect(kinds('allowed')).toEqual(['demand-decided'])
  // A regulator's reading of the words is no second demand: its owner is told the reading first, and so nothing else of it.
  expect(hearingsOf({ type: 'marketplace.demand.decided.v1', data: { verdict: 'refused', answers: 'an earlier one' } })!.by.map(({ kind }) => kind)).toEqual(['demand-read', 'demand-decided', 'words-decided'])
})

test('an unknown event, and one that inherits its name, is heard by nobody', () => {
  for (const type of ['marketplace.unknown.v1', 'constructor', '__proto__', SILENT[0]]) expect(hearingsOf({ type, data: {} })).toBeNull()
  expect(hearingsOf({ type: 'marketplace.tender.published.v1', data: [] })).toBeNull()
})

test('a message says its own instant and no other', () => {
  const until = (kind: MessageKind) => untilOf({ kind, params: PARAMS } as unknown as Message)
  expect(until('tender-to-bid')).toEqual({ what: 'closesAt', at: PARAMS.closesAt })
  expect(until('bidding-closed')).toEqual({ what: 'drawsAfter', at: PARAMS.drawsAfter })
  expect(until('award-won')).toEqual({ what: 'declineUntil', at: PARAMS.declineUntil })
  expect(until('own-tender-failed')).toBeNull()
})
