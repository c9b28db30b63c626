import { expect, test } from 'vitest'
import { answersTo } from '#app/domain/guard/guard.ts'
import type { Bearing, DemandToJudge, Reason } from '#app/domain/guard/judgement.ts'
import { plainAnswer } from '#app/domain/guard/plain-answer.ts'
import { REASON_CODES, type ReasonCode } from '#app/domain/guard/reasons.ts'
import { en } from '#app/words/en.ts'
import { zh } from '#app/words/zh.ts'

const BEARINGS: Partial<Record<ReasonCode, Bearing>> = { 'material-not-relevant': 'material', 'may-self-prepare': 'commissioning', 'designated-agency': 'commissioning', 'agency-of-authority': 'commissioning' }
const reason = (code: ReasonCode): Reason => ({ code, bearing: BEARINGS[code] ?? 'both', params: {} })

const COMMISSIONERS = ['applicant', 'authority', null] as const
const DESIGNATION: DemandToJudge['designation'] = { kind: 'named', agency: null }
/** No reason, each alone, each two, and the three that speak of agencies together. */
const SETS: ReasonCode[][] = [[], ...REASON_CODES.map((code) => [code]), ...REASON_CODES.flatMap((one, place) => REASON_CODES.slice(place + 1).map((other) => [one, other])), ['may-self-prepare', 'designated-agency', 'agency-of-authority']]

/** Every combination of reasons, missing facts and who is to commission, as the judge answers it and as a page says it. */
const CASES = SETS.flatMap((codes) =>
  COMMISSIONERS.flatMap((commissioner) =>
    [[], ['site.hazardZone']].map((facts) => {
      const answer = { ...answersTo(codes.map(reason), facts, { commissioner, designation: codes.includes('designated-agency') ? DESIGNATION : null }), facts }
      return { codes, commissioner, answer, said: plainAnswer(answer) }
    }),
  ),
)

const lineOf = ({ said }: (typeof CASES)[number]) => [zh.guard.headlines[said.headline], zh.guard.materialSaid[said.material], zh.guard.commissioningSaid[said.commissioning], said.facts === 'none' ? '' : said.facts].join(' | ')

test('however an answer comes about, a page says one of these things, each of which a clerk can read without asking back', () => {
  expect([...new Set(CASES.map(lineOf))].sort()).toMatchInlineSnapshot(`
    [
      "不得要求 | 不得要求 | 不得要求 | ",
      "不得要求 | 不得要求 | 不得要求 | beside",
      "不得这样要求委托机构；材料要先弄清情况 | 弄清情况以前不能要求 | 不得要求；要不要委托由申请人自己决定 | decisive",
      "不得这样要求委托机构；材料要先弄清情况 | 弄清情况以前不能要求 | 不得这样要求：不得指定机构 | decisive",
      "可以要求 | 可以要求 | 可以要求 | ",
      "材料可以要求 | 可以要求 | 不得要求 | ",
      "材料可以要求 | 可以要求 | 由申请人自己决定，不得要求 | ",
      "材料可以要求，不得指定机构 | 可以要求 | 不得这样要求：不得指定机构 | ",
      "材料可以要求，不得要求委托机构 | 可以要求 | 不得要求；要不要委托由申请人自己决定 | ",
      "材料可以要求，不得要求委托机构 | 可以要求 | 由申请人自己决定，不得要求 | ",
      "由审批部门自己办，不得要求申请人 | 不得要求 | 不得要求 | ",
      "还缺情况，暂不能要求 | 弄清情况以前不能要求 | 弄清情况以前不能要求 | decisive",
    ]
  `)
})

test('a page never says more than the signed answers say, and nothing of it says the opposite', () => {
  for (const one of CASES) {
    const { answer, said } = one
    const where = `${one.codes.join('+')} ${one.commissioner} ${answer.facts.length}`
    expect(said.material === 'yes', where).toBe(answer.material === 'may-be-required')
    expect(said.commissioning === 'yes', where).toBe(answer.commissioning === 'may-be-required')
    for (const words of [zh.guard, en.guard]) {
      const text = [words.headlines[said.headline], words.leads[said.headline], ...answer.reasons.map(({ code }) => (typeof words.reasons[code] === 'string' ? words.reasons[code] : ''))].join(' ')
      // Nothing may speak of a document that may be required where the document's own line says that it may not.
      if (said.material !== 'yes') expect(text, where).not.toMatch(/材料(?:本身)?可以要求|(?<!whether )the document(?: itself)? (?:yes|may be required)/i)
      if (said.material === 'yes' && said.headline !== 'allowed') expect(text, where).toMatch(/材料|[Dd]ocument/)
    }
    if (answer.verdict === 'refused') expect(zh.guard.headlines[said.headline], where).toMatch(/不得/)
    if (answer.verdict !== 'refused') expect(['needs-facts', 'allowed', 'allowed-document', 'allowed-document-by-choice', 'office-itself'], where).toContain(said.headline)
    // Whoever reads that facts are wanted has an answer that hangs on them.
    expect(said.facts === 'decisive', where).toBe(answer.facts.length > 0 && [said.material, said.commissioning].includes('open'))
  }
})

test('the demand that read as a contradiction: facts are missing, and the applicant may write it itself', () => {
  const answer = { ...answersTo([reason('may-self-prepare')], ['site.hazardZone'], { commissioner: 'applicant', designation: null }), facts: ['site.hazardZone'] }
  expect(answer).toMatchObject({ verdict: 'refused', material: 'may-not-be-required', commissioning: 'may-not-be-required' })
  expect(plainAnswer(answer)).toEqual({ headline: 'agency-refused-facts-open', material: 'open', commissioning: 'no-but-choice', facts: 'decisive' })
  expect(zh.guard.reasons['may-self-prepare']).not.toContain('可以要求')
})
