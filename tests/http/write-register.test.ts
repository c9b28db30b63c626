import readWorkbook from 'read-excel-file/node'
import { expect, test } from 'vitest'
import type { RegisterLine } from '#app/domain/agencies/export-agencies.server.ts'
import { registerWorkbook } from '#app/http/write-register.server.ts'
import { isBoundedZip } from '#app/http/zip-bounds.server.ts'
import { wordsOf } from '#app/words/words.ts'

const line = (n: number, name = `测绘院 ${n}`) =>
  ({ uscc: String(n).padStart(18, '0'), name, divisionCode: '220106', phone: null, address: null, introduction: '', admittedAt: '2026-01-05T01:00:00.000Z', qualifications: n % 100 === 0 ? [{ name: '测绘资质', grade: '乙级', scope: '', issuer: '省自然资源厅', number: `乙测${n}`, validUntil: null }] : [] }) as unknown as RegisterLine

async function* parts(count: number): AsyncGenerator<RegisterLine[]> {
  for (let from = 0; from < count; from += 200) yield Array.from({ length: Math.min(200, count - from) }, (_, n) => line(from + n + 1))
}

test('a register beyond twenty thousand agencies is in the workbook to its last line, with its certificates', async () => {
  const bytes = Buffer.from(await registerWorkbook(() => parts(20_450), wordsOf('zh')).arrayBuffer())
  expect(isBoundedZip(bytes)).toBe(true)
  const [agencies, qualifications] = await readWorkbook(bytes)
  expect(agencies!.data).toHaveLength(20_451)
  expect(agencies!.data.at(-1)!.slice(0, 2)).toEqual([String(20_450).padStart(18, '0'), '测绘院 20450'])
  expect(qualifications!.data).toHaveLength(205)
})

test('what a name holds stays text, and who came between the two sheets is on neither', async () => {
  const odd = '=1+1 <b>&"\u0007\uD800𠮷'
  let goes = 0
  const bytes = Buffer.from(await registerWorkbook(async function* () {
    goes += 1
    yield goes === 1 ? [line(100, odd)] : [line(100, odd), line(200)]
  }, wordsOf('en')).arrayBuffer())
  const [agencies, qualifications] = await readWorkbook(bytes)
  expect(agencies!.data[1]![1]).toBe('=1+1 <b>&" \uFFFD𠮷')
  expect(qualifications!.data.slice(1).map(([uscc]) => uscc)).toEqual([String(100).padStart(18, '0')])
})

test('a database that goes away breaks the download off', async () => {
  const answer = registerWorkbook(async function* () {
    yield [line(1)]
    throw new Error('away')
  }, wordsOf('zh'))
  await expect(answer.arrayBuffer()).rejects.toThrow()
})
