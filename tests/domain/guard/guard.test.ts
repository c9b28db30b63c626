import { expect, test } from 'vitest'
import { judge } from '#app/domain/guard/guard.ts'
import type { DemandToJudge, GuardFacts, Judgement } from '#app/domain/guard/judgement.ts'
import { REASON_CODES, type ReasonCode } from '#app/domain/guard/reasons.ts'
import { aDemand, aListing, aService, LAW, someFacts, type ListingGiven } from './given.ts'

type Answers = Pick<Judgement, 'verdict' | 'material' | 'commissioning'>
const ALLOWED: Answers = { verdict: 'allowed', material: 'may-be-required', commissioning: 'may-be-required' }
const REFUSED: Answers = { verdict: 'refused', material: 'may-not-be-required', commissioning: 'may-not-be-required' }

const listed = (given: ListingGiven, facts: Partial<GuardFacts> = {}) => someFacts({ listing: aListing(given), ...facts })
const RULE = { ...LAW, type: 'ministerial-rule' as const, title: '《某办法》' }
const NOTICE = { ...LAW, type: 'normative-document' as const, title: '《某通知》' }

/** Each reason in its simplest case: what the demand was, what was known, which reasons came, which answers. */
const CASES: Record<ReasonCode, { demand?: Partial<DemandToJudge>; facts: GuardFacts; also?: ReasonCode[]; answers?: Partial<Answers> }> = {
  'off-list': { demand: { demanded: { text: '采伐区调查设计' } }, facts: someFacts({ listing: null, match: null }) },
  'not-in-force-on-date': { facts: someFacts({ listing: null, otherDays: [{ from: '2024-01-01', until: '2025-01-01' }] }) },
  'item-cancelled': { facts: listed({ rules: { itemCancelledOn: '2026-11-20' } }) },
  'voluntary-only': { facts: listed({ nature: 'market', approvalItems: [], rules: { bases: [] } }) },
  'basis-insufficient': { facts: listed({ rules: { bases: [RULE, NOTICE] } }) },
  'not-for-this-approval-item': { demand: { approvalItem: 'A02' }, facts: someFacts({ approvalItem: { code: 'A02', name: '不动产首次登记' } }) },
  'material-not-relevant': { demand: { demanded: { material: 'M-001' }, commissioner: null, approvalItem: '不动产首次登记' }, facts: someFacts({ approvalItem: null }), also: ['not-for-this-approval-item'] },
  'wrong-commissioner': { facts: listed({ nature: 'authority-commissioned', rules: { commissioner: 'authority' } }) },
  'not-triggered-by-project': { facts: listed({ rules: { appliesWhen: { fact: 'site.hazardZone', is: true } } }, { project: { 'site.hazardZone': false } }) },
  'covered-by-regional-assessment': { facts: listed({ rules: { regionalAssessment: 'soil-and-water' } }, { project: { 'site.regionalAssessments': ['energy', 'soil-and-water'] } }) },
  'valid-deliverable-on-file': { facts: someFacts({ deliverables: [{ service: aService(), validUntil: '2026-11-21' }] }) },
  'merged-service': { facts: listed({ rules: { mergedInto: 'ZJ-009' } }, { related: { 'ZJ-009': '竣工联合测绘' } }) },
  'duplicate-of-listed': { facts: listed({ rules: { duplicateOf: 'ZJ-009' } }) },
  'commitment-route-chosen': { facts: someFacts({ project: { 'route.commitment': true } }) },
  'may-self-prepare': { facts: listed({ rules: { selfPrepare: true } }), answers: { material: 'may-be-required', commissioning: 'applicants-choice' } },
  'designated-agency': { demand: { designation: { kind: 'named', agency: '某某咨询公司' } }, facts: someFacts(), answers: { material: 'may-be-required' } },
  'agency-of-authority': {
    demand: { designation: { kind: 'named', agency: '局属设计院' } },
    facts: someFacts({ agencyTie: 'supervised' }),
    also: ['designated-agency'],
    answers: { material: 'may-be-required' },
  },
}

test.each(REASON_CODES)('%s is told, with the right answers', (code) => {
  const { demand, facts, also = [], answers } = CASES[code]
  const judgement = judge(aDemand(demand), facts)
  expect(judgement.reasons.map((reason) => reason.code).sort()).toEqual([code, ...also].sort())
  expect(judgement).toMatchObject({ ...REFUSED, ...answers })
})

test('a statutory service with a law behind it, for this approval item, may be required', () => {
  expect(judge(aDemand(), someFacts())).toMatchObject({ ...ALLOWED, reasons: [], facts: [], alternatives: ['marketplace'] })
})

test('a form that an office gives away is named among what one can do instead, whether or not it may be required', () => {
  const freeDownload = 'https://example.org/form'
  const instead = (rules: ListingGiven['rules']) => judge(aDemand(), listed({ rules })).alternatives
  expect(instead({ freeDownload })).toEqual(['free-download', 'marketplace'])
  expect(instead({ freeDownload, selfPrepare: true })).toEqual(['self-prepare', 'free-download', 'marketplace'])
  expect(instead({ freeDownload: null })).not.toContain('free-download')
})

test.each(['named', 'short-list', 'local-only', 'pre-printed', 'one-seal-only'] as const)('designating by %s is refused and named', (kind) => {
  const judgement = judge(aDemand({ designation: { kind, agency: null } }), someFacts())
  expect(judgement).toMatchObject({ verdict: 'refused', reasons: [{ code: 'designated-agency', params: { kind } }] })
})

test('a document that is good only with one seal asks for an agency in disguise', () => {
  const judgement = judge(aDemand({ demanded: { material: 'M-001' }, commissioner: null, designation: { kind: 'one-seal-only', agency: null } }), someFacts())
  expect(judgement).toMatchObject({ verdict: 'refused', material: 'may-be-required', reasons: [{ code: 'designated-agency' }] })
})

test.each([
  ['a ministerial rule alone', [RULE]],
  ['a notice alone', [NOTICE]],
  ['a rule and a notice together', [RULE, NOTICE]],
  ['a law that was repealed on the day', [{ ...LAW, repealedOn: '2026-11-20' }]],
  ['nothing at all', []],
])('%s does not carry a demand', (_, bases) => {
  expect(judge(aDemand(), listed({ rules: { bases } })).reasons.map(({ code }) => code)).toEqual(['basis-insufficient'])
})

test.each(['law', 'administrative-regulation', 'local-regulation', 'state-council-decision'] as const)('a %s carries a demand', (type) => {
  expect(judge(aDemand(), listed({ rules: { bases: [RULE, { ...LAW, type }] } })).verdict).toBe('allowed')
})

test('a law repealed the day after still carries a demand of the day before', () => {
  expect(judge(aDemand(), listed({ rules: { bases: [{ ...LAW, repealedOn: '2026-11-21' }] } })).verdict).toBe('allowed')
})

test('a deliverable that ran out on the day does not stand in for a new one', () => {
  expect(judge(aDemand(), someFacts({ deliverables: [{ service: aService(), validUntil: '2026-11-20' }] })).verdict).toBe('allowed')
})

test('every reason that applies is told, in the order of the table', () => {
  const facts = listed({ rules: { bases: [], selfPrepare: true, mergedInto: 'ZJ-009', appliesWhen: { fact: 'site.hazardZone', is: true } } }, { project: { 'site.hazardZone': false } })
  const judgement = judge(aDemand({ approvalItem: 'B99', designation: { kind: 'local-only', agency: null } }), { ...facts, approvalItem: null })
  expect(judgement.reasons.map(({ code }) => code)).toEqual(['basis-insufficient', 'not-for-this-approval-item', 'not-triggered-by-project', 'merged-service', 'may-self-prepare', 'designated-agency'])
})

test("an approval item is known by our code, our name, or the words of the list's source", () => {
  const facts = someFacts({ approvalItem: { code: 'A01', name: '建筑工程施工许可证核发' } })
  expect(judge(aDemand({ approvalItem: '建筑工程施工许可证核发' }), facts).verdict).toBe('allowed')
  const worded = aListing({ approvalItems: [] })
  const listing = { ...worded, details: { ...worded.details, approvalItem: '政府投资项目审批' } }
  expect(judge(aDemand({ approvalItem: '政府投资项目审批' }), someFacts({ listing, approvalItem: null })).verdict).toBe('allowed')
})

test('an office that commissions and pays itself asks nothing of the applicant', () => {
  const judgement = judge(aDemand({ commissioner: 'authority' }), listed({ nature: 'authority-commissioned', rules: { commissioner: 'authority', bases: [] } }))
  expect(judgement).toMatchObject({ verdict: 'allowed', material: 'may-not-be-required', commissioning: 'may-not-be-required', alternatives: ['nothing-needed'] })
})

test('an office may not even pay its own subordinate for its own approvals', () => {
  const judgement = judge(aDemand({ commissioner: 'authority', designation: { kind: 'named', agency: '局属评审中心' } }), listed({ nature: 'authority-commissioned' }, { agencyTie: 'supervised' }))
  expect(judgement).toMatchObject({ verdict: 'refused', reasons: [{ code: 'agency-of-authority' }] })
})

test.each([
  ['请委托甲公司编制环境影响报告书', 0.96],
  ['环境影响报告书及专家评审费', 0.8],
])('words that are only like a listing (%s) are never allowed by it: the listing has to be named', (text, score) => {
  const likely = { match: { by: 'score' as const, score }, nearest: [{ item: 'ZJ-001', name: '环境影响报告书', score }] }
  const judgement = judge(aDemand({ demanded: { text } }), someFacts(likely))
  expect(judgement).toMatchObject({ verdict: 'needs-facts', material: 'may-not-be-required', commissioning: 'may-not-be-required', facts: ['demanded.item'] })
  expect(judgement.nearest).toEqual(likely.nearest)
  expect(judge(aDemand({ demanded: { text } }), someFacts({ ...likely, listing: aListing({ nature: 'market' }) }))).toMatchObject({ verdict: 'refused', facts: [] })
  expect(judge(aDemand({ demanded: { text } }), someFacts({ ...likely, match: { by: 'score', score: 1 } })).verdict).toBe('allowed')
})

test('words that fit two listings alike are not called off the list: the one that is meant has to be named', () => {
  const alike = { listing: null, match: null, nearest: [{ item: 'S0601', name: '环境影响报告书编制', score: 1 }, { item: 'S0602', name: '环境影响报告表编制', score: 1 }] }
  const judgement = judge(aDemand({ demanded: { text: '环评报告' } }), someFacts(alike))
  expect(judgement).toMatchObject({ verdict: 'needs-facts', material: 'may-not-be-required', reasons: [], facts: ['demanded.item'], nearest: alike.nearest })
  expect(judge(aDemand({ demanded: { item: 'S06' } }), someFacts(alike))).toMatchObject({ verdict: 'refused', reasons: [{ code: 'off-list' }] })
  const unlike = { ...alike, nearest: alike.nearest.map((near) => ({ ...near, score: 0.5 })) }
  expect(judge(aDemand({ demanded: { text: '环评报告' } }), someFacts(unlike))).toMatchObject({ verdict: 'refused', reasons: [{ code: 'off-list' }] })
})
