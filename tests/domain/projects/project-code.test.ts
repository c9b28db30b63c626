import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseProjectCode } from '#app/domain/projects/project-code.ts'

const TODAY = '2026-11-20'

test.each([
  ['2020-451421-88-03-016343', '2020-451421-88-03-016343'],
  ['2020-451421-88-03-016343-000', '2020-451421-88-03-016343'],
  ['2020-451421-88-03-016343-001', '2020-451421-88-03-016343-001'],
  [' ２０２０－451421–88—03-016343 ', '2020-451421-88-03-016343'],
  ['20204514218803016343', '2020-451421-88-03-016343'],
  ['20204514218803016343000', '2020-451421-88-03-016343'],
  ['2103-220106-04-01-123456', '2103-220106-04-01-123456'],
  ['2026-000000-83-01-000001', '2026-000000-83-01-000001'],
])('%s is read as %s', (given, code) => {
  expect(parseProjectCode(given, TODAY)).toMatchObject({ project: { code } })
})

test('a code says when it was given, where, and for what', () => {
  expect(parseProjectCode('2020-451421-88-03-016343-002', TODAY)).toEqual({
    project: { code: '2020-451421-88-03-016343-002', begun: { year: 2020, month: null }, divisionCode: '451421', sector: '88', kind: '03', serial: '016343', suffix: '002' },
  })
  expect(parseProjectCode('2103-220106-04-01-123456', TODAY)).toMatchObject({ project: { begun: { year: 2021, month: 3 } } })
})

test.each([
  ['', 'projects.code-required'],
  ['二〇二〇', 'projects.code-signs'],
  ['2020-451421-88-03-01634X', 'projects.code-signs'],
  ['2020😀451421', 'projects.code-signs'],
  ['2020-451421-88-03', 'projects.code-parts'],
  ['2020-451421-88-03-016343-000-1', 'projects.code-parts'],
  ['202-451421-88-03-016343', 'projects.code-year'],
  ['1999-451421-88-03-016343', 'projects.code-year'],
  ['2027-451421-88-03-016343', 'projects.code-future'],
  ['2612-451421-88-03-016343', 'projects.code-future'],
  ['2020-45142-88-03-016343', 'projects.code-division'],
  ['2020-001421-88-03-016343', 'projects.code-division'],
  ['2020-451421-8-03-016343', 'projects.code-sector'],
  ['2020-451421-00-03-016343', 'projects.code-sector'],
  ['2020-451421-88-3-016343', 'projects.code-kind'],
  ['2020-451421-88-03-16343', 'projects.code-serial'],
  ['2020-451421-88-03-000000', 'projects.code-serial'],
  ['2020-451421-88-03-016343-00', 'projects.code-suffix'],
])('%s is refused: %s', (given, fault) => {
  expect(parseProjectCode(given, TODAY)).toEqual({ fault })
})

test('a code that was read is read the same again', () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
  fc.assert(
    fc.property(fc.tuple(digits(4), digits(6), digits(2), digits(2), digits(6)), (parts) => {
      const read = parseProjectCode(parts.join('-'), TODAY)
      if ('project' in read) expect(parseProjectCode(read.project.code, TODAY)).toEqual(read)
    }),
  )
})

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void parseProjectCode(text, TODAY)))
})
