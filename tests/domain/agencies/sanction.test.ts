import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countsAfter, isPublic, SANCTION_KINDS, SanctionForm, suspends, suspensionOf, type Sanction } from '#app/domain/agencies/sanction.ts'
import { makeUscc } from '#tests/support/factories.ts'

const sanction = (change: Partial<Sanction> = {}): Sanction => ({ id: 's', kind: 'administrative-penalty', number: '吉建罚字 1 号', authority: '吉林省住房和城乡建设厅', reason: '出具虚假报告', fromOn: '2026-03-01', untilOn: '2026-03-31', finalOn: '2026-03-10', liftedAt: null, recordedAt: new Date('2026-03-01T01:00:00Z'), agreedAt: null, ...change })
const at = (day: string, hour = '12:00') => new Date(`${day}T${hour}:00+08:00`)

test('what is recorded after a tender closed counts in it only once a second officer agreed', () => {
  const [before, close, after] = [at('2026-03-01'), at('2026-03-02'), at('2026-03-03')]
  const counts = (recordedAt: Date, agreedAt: Date | null, closedAt: Date | null) => countsAfter({ recordedAt, agreedAt }, closedAt)
  expect([counts(before, null, close), counts(close, null, close), counts(after, null, close), counts(after, after, close), counts(after, null, null)]).toEqual([true, true, false, true, true])
})

test.each<[string, Partial<Sanction>, Date, boolean]>([
  ['the evening before its first day', {}, at('2026-02-28', '23:59'), false],
  ['the first minute of its first day', {}, at('2026-03-01', '00:00'), true],
  ['the last minute of its last day', {}, at('2026-03-31', '23:59'), true],
  ['the first minute after it', {}, at('2026-04-01', '00:00'), false],
  ['one without an end, years later', { kind: 'serious-dishonesty', untilOn: null }, at('2030-01-01'), true],
  ['the instant of its lift', { liftedAt: at('2026-03-05') }, at('2026-03-05'), false],
  ['the minute before its lift', { liftedAt: at('2026-03-05') }, at('2026-03-05', '11:59'), true],
])('%s', (_, change, when, holds) => {
  expect(suspends(sanction(change), when)).toBe(holds)
})

test('the public reads of it only once it is final, and only while it holds', () => {
  expect(['2026-03-09', '2026-03-10', '2026-03-31', '2026-04-01'].map((day) => isPublic(sanction(), at(day)))).toEqual([false, true, true, false])
  expect(isPublic(sanction({ liftedAt: at('2026-03-11') }), at('2026-03-12'))).toBe(false)
})

test('of several the one that lasts longest is named, and one is named exactly where one holds', () => {
  expect(suspensionOf([sanction({ id: 'a' }), sanction({ id: 'b', untilOn: null }), sanction({ id: 'c', untilOn: '2026-05-01' })], at('2026-03-05'))?.id).toBe('b')
  const day = fc.integer({ min: 0, max: 89 }).map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))
  const any = fc.record({ fromOn: day, untilOn: fc.option(day), liftedAt: fc.option(day.map((one) => at(one))) }).map((change) => sanction(change))
  fc.assert(
    fc.property(fc.array(any, { maxLength: 5 }), day, (all, on) => {
      const named = suspensionOf(all, at(on))
      expect(named !== null).toBe(all.some((one) => suspends(one, at(on))))
      for (const one of all) if (named && suspends(one, at(on)) && named.untilOn !== null) expect(one.untilOn! <= named.untilOn).toBe(true)
    }),
  )
})

test.each<[string, Record<string, string>, string[]]>([
  ['a penalty', {}, []],
  ['a penalty without an end', { untilOn: '' }, ['untilOn']],
  ['a listing without an end', { kind: 'serious-dishonesty', untilOn: '' }, []],
  ['an end before its beginning', { untilOn: '2026-02-01' }, ['untilOn']],
  ['final before it began', { finalOn: '2026-02-01' }, ['finalOn']],
  ['a suspension without notice and reply', { kind: 'platform-suspension' }, ['heard']],
  ['a suspension after notice and reply', { kind: 'platform-suspension', heard: 'yes' }, []],
])('%s is taken or refused at its field', (_, change, fields) => {
  const read = SanctionForm.safeParse({ uscc: makeUscc(), kind: SANCTION_KINDS[1], number: '1 号', authority: '住建厅', reason: '出具虚假报告', fromOn: '2026-03-01', untilOn: '2026-03-31', finalOn: '2026-03-10', ...change })
  expect(read.error?.issues.map(({ path }) => path[0]) ?? []).toEqual(fields)
})
