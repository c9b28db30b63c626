import { expect } from 'vitest'
import { LIMITS, networkOf, throttle } from '#app/domain/accounts/throttle.server.ts'
import { answerQuestion, type Question } from '#app/domain/guard/answer-question.server.ts'
import { VISITOR } from '#app/domain/accounts/actor.ts'
import { testApart as test, type TestDatabase } from '#tests/support/database.ts'
import { CHANGCHUN } from '#tests/support/factories.ts'

const QUESTIONS: Question['demanded'][] = [{ item: 'R28' }, { item: 'NOWHERE' }, { material: 'M-1' }, { text: '水土保持方案' }, { text: '没有这样的服务' }]
const about = (demanded: Question['demanded']): Question => ({ projectCode: null, approvalItem: 'A01', demanded, commissioner: 'applicant', namedAgency: { kind: 'named', agency: '某某咨询公司' }, demandedOn: '2026-11-20', facts: {} })

/** How many rows each table has; the count of tries is the one thing that a question leaves. */
async function rowsOf({ owner }: TestDatabase): Promise<Record<string, number>> {
  const tables = (await owner('pg_tables').where({ schemaname: 'public' }).whereNot({ tablename: 'rate_limits' }).orderBy('tablename').pluck('tablename')) as string[]
  const { rows } = await owner.raw<{ rows: [Record<string, number>] }>(`select ${tables.map((table) => `(select count(*) from "${table}") as "${table}"`).join(', ')}`)
  return rows[0]
}

test('whoever asks whether they may demand it leaves nothing behind, however the question is put', async ({ database, context }) => {
  const before = await rowsOf(database)
  expect(Object.keys(before).length).toBeGreaterThan(40)
  const answers = await Promise.all(QUESTIONS.map((demanded) => answerQuestion(context(VISITOR), { question: about(demanded), divisionCode: CHANGCHUN, ip: '203.0.113.7' })))
  expect(new Set(answers.map(({ verdict }) => verdict))).toContain('refused')
  expect(await rowsOf(database)).toEqual(before)
})

test('one address may ask so often in a minute, and another one is not kept waiting by it', async ({ database, context }) => {
  const ask = (ip: string) => answerQuestion(context(VISITOR), { question: about({ item: 'R28' }), divisionCode: CHANGCHUN, ip }).then(() => 'answered', ({ kind, code }: { kind: string; code: string }) => `${kind} ${code}`)
  expect(await ask('198.51.100.1')).toBe('answered')
  await Promise.all(Array.from({ length: LIMITS['ask-address'].points - 1 }, () => throttle(database.app, 'ask-address', networkOf('198.51.100.1'))))
  expect(await ask('198.51.100.1')).toBe('throttled accounts.too-many')
  expect(await ask('198.51.100.2')).toBe('answered')
})
