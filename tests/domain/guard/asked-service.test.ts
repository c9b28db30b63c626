import { expect, test } from 'vitest'
import type { Material } from '#app/domain/cases/case.ts'
import { newlyAsked, turnedBack } from '#app/domain/cases/newly-asked.ts'
import { isUndemandable, servicesToJudge, type MaterialAnswer, type ServiceAnswer } from '#app/domain/guard/asked-service.ts'

const material = (code: string, given: Partial<Material> = {}): Material => ({ code, name: code, source: 'service', listingCode: `S-${code}`, sharedFrom: null, state: 'lacking', reason: '', ...given })
const said = (material: string, service = `S-${material}`, answer: ServiceAnswer | null = null): MaterialAnswer => ({ material, service, means: null, answer })
const answer = (verdict: ServiceAnswer['verdict'] = 'allowed', withdrawn = false): ServiceAnswer => ({ decision: verdict, verdict, material: 'may-be-required', reasons: [], facts: [], alternatives: [], withdrawn })
const own = { source: 'applicant', listingCode: null } as const

test.each([
  ['what is lacking and was never judged', [material('A')], [said('A')], [], ['S-A']],
  ['what was turned away, since it is wanted again', [material('A', { state: 'turned-away', reason: '不全' })], [said('A')], [], ['S-A']],
  ['what the applicant brought, of itself', [material('A', { state: 'submitted' }), material('B', { state: 'accepted' })], [said('A'), said('B')], [], []],
  ['an own document, which no service yields', [material('A', own)], [], [], []],
  ['an own document whose name means a service', [material('A', own)], [said('A', 'S-X')], [], ['S-X']],
  ['one service for two documents, once', [material('A'), material('B', { listingCode: 'S-A' })], [said('A'), said('B', 'S-A')], [], ['S-A']],
  ['what was answered, either way', [material('A'), material('B')], [said('A', 'S-A', answer()), said('B', 'S-B', answer('refused'))], [], []],
  ['what waits for facts', [material('A')], [said('A', 'S-A', answer('needs-facts'))], [], ['S-A']],
  ['what was taken back and is asked for no more than before', [material('A')], [said('A', 'S-A', answer('refused', true))], [], []],
  ['what was taken back and is asked for anew', [material('A')], [said('A', 'S-A', answer('refused', true))], ['A'], ['S-A']],
] as const)('judged is %s', (_, materials, answers, asked, codes) => {
  expect(servicesToJudge([...materials], answers, asked.map((code) => ({ code })))).toEqual(codes)
})

test.each([
  ['nothing', [], false],
  ['that the applicant may write it', ['commissioning'], false],
  ['a reason against the document', ['material'], true],
  ['a reason against both', ['commissioning', 'both'], true],
] as const)('with %s against it, is it undemandable?', (_, bearings, expected) => {
  expect(isUndemandable({ withdrawn: false, reasons: bearings.map((bearing) => ({ code: 'off-list', text: '', source: '', params: {}, bearing })) })).toBe(expected)
})

test.each([
  ['a new case', [], [material('A'), material('B', { ...own, state: 'turned-away' }), material('C', { state: 'submitted' })], [['A'], ['B']]],
  ['the same again', [material('A'), material('B', { state: 'turned-away' })], [material('A'), material('B', { state: 'turned-away', reason: '还是不全' })], [[], []]],
  ['a document turned away', [material('A', { state: 'submitted' })], [material('A', { state: 'turned-away' })], [[], ['A']]],
  ['a document of another service now', [material('A')], [material('A', { listingCode: 'S-B' })], [['A'], []]],
] as const)('newly asked in %s', (_, before, now, [lacking, turnedAway]) => {
  const asked = newlyAsked(before, now)
  expect([asked.lacking, asked.turnedAway].map((list) => list.map(({ code }) => code))).toEqual([lacking, turnedAway])
})

const HAD = material('A', { ...own, state: 'submitted' })
test.each<[string, Material[], Material[], Material[]]>([
  ['what was handed in and is called lacking', [HAD], [{ ...HAD, state: 'lacking', reason: '须由中介机构编制' }], [{ ...HAD, reason: '须由中介机构编制' }]],
  ['what was accepted and is called lacking', [{ ...HAD, state: 'accepted' }], [{ ...HAD, state: 'lacking' }], [{ ...HAD, state: 'accepted' }]],
  ['what was handed in and is asked for as a service’s output now', [HAD], [material('A')], [HAD]],
  ['what is turned away, seen before or not', [], [{ ...HAD, state: 'turned-away' }], [{ ...HAD, state: 'turned-away' }]],
  ['nothing of what was never handed in', [material('A', own)], [material('A'), material('B', own)], []],
  ['nothing of what stands as it stood', [{ ...HAD, state: 'lacking' }], [{ ...HAD, state: 'lacking', reason: '还是不全' }], []],
])('turned back is %s', (_, before, now, expected) => {
  expect(turnedBack(before, now)).toEqual(expected)
})
