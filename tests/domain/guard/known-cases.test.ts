import { expect, test } from 'vitest'
import { judge } from '#app/domain/guard/guard.ts'
import { aDemand, aListing, LAW, someFacts } from './given.ts'

/** The disputes that made this house: each is a demand that some office really made. */

const REPORT = aListing({ name: '项目申请报告编制', rules: { selfPrepare: true, bases: [{ ...LAW, type: 'administrative-regulation', title: '《企业投资项目核准和备案管理条例》' }] } })
const SOIL_AND_WATER = aListing({ name: '水土保持方案报告书编制', rules: { selfPrepare: true, regionalAssessment: 'soil-and-water', appliesWhen: { fact: 'site.hilly', is: true } } })
const HAZARD = aListing({ name: '地质灾害危险性评估', rules: { selfPrepare: false, regionalAssessment: 'geological-hazard', appliesWhen: { fact: 'site.hazardZone', is: true } } })
const OUTSIDE_ANY_ASSESSMENT = { 'site.regionalAssessments': [] }

test('a forestry office asks for a harvest-area survey that no list knows: off the list, the owner writes it, the document is accepted', () => {
  const judgement = judge(aDemand({ demanded: { text: '林木采伐作业区调查设计' } }), someFacts({ listing: null, match: null, nearest: [{ item: 'ZJ-002', name: '工程勘察', score: 0.2 }] }))
  expect(judgement).toMatchObject({ verdict: 'refused', reasons: [{ code: 'off-list' }], alternatives: ['self-prepare'], document: 'to-be-accepted' })
  expect(judgement.nearest).toHaveLength(1)
})

test('a project application report demanded with an agency: the report is lawful, the agency is not', () => {
  const judgement = judge(aDemand(), someFacts({ listing: REPORT }))
  expect(judgement).toMatchObject({ verdict: 'refused', material: 'may-be-required', commissioning: 'applicants-choice', reasons: [{ code: 'may-self-prepare' }] })
  expect(judgement.alternatives).toEqual(['self-prepare', 'marketplace'])
})

test('the same report demanded without an agency is allowed, and the owner may write it', () => {
  expect(judge(aDemand({ commissioner: null }), someFacts({ listing: REPORT }))).toMatchObject({ verdict: 'allowed', material: 'may-be-required', commissioning: 'applicants-choice', alternatives: ['self-prepare', 'marketplace'] })
})

test('an environmental report the owner wrote itself is good; only the agency may not be demanded', () => {
  const listing = aListing({ name: '环境影响报告书编制', rules: { selfPrepare: true } })
  expect(judge(aDemand({ demanded: { material: 'M-001' }, commissioner: null }), someFacts({ listing })).verdict).toBe('allowed')
  expect(judge(aDemand({ demanded: { material: 'M-001' } }), someFacts({ listing }))).toMatchObject({ verdict: 'refused', reasons: [{ code: 'may-self-prepare' }], document: 'to-be-accepted' })
})

test('cost consulting demanded for a construction permit: owners may buy it, nobody may demand it', () => {
  const listing = aListing({ name: '工程造价咨询', nature: 'market', rules: { bases: [] } })
  expect(judge(aDemand(), someFacts({ listing }))).toMatchObject({ verdict: 'refused', reasons: [{ code: 'voluntary-only' }], alternatives: ['nothing-needed', 'marketplace'] })
})

test('a soil-and-water plan inside a park with a regional assessment is covered', () => {
  const judgement = judge(aDemand({ commissioner: null }), someFacts({ listing: SOIL_AND_WATER, project: { 'site.hilly': true, 'site.regionalAssessments': ['soil-and-water'] } }))
  expect(judgement).toMatchObject({ verdict: 'refused', material: 'may-not-be-required', reasons: [{ code: 'covered-by-regional-assessment' }], alternatives: ['nothing-needed', 'marketplace'] })
})

test('a hazard assessment for a project whose site nobody described needs facts and names them', () => {
  for (const project of [null, {}]) {
    const judgement = judge(aDemand(), someFacts({ listing: HAZARD, project }))
    expect(judgement).toMatchObject({ verdict: 'needs-facts', material: 'may-not-be-required', commissioning: 'may-not-be-required', facts: ['site.hazardZone', 'site.regionalAssessments'], reasons: [] })
  }
})

test('outside a hazard zone the assessment is not triggered, and no other fact is asked for', () => {
  expect(judge(aDemand(), someFacts({ listing: HAZARD, project: { 'site.hazardZone': false } }))).toMatchObject({ verdict: 'refused', reasons: [{ code: 'not-triggered-by-project' }], facts: [] })
})

test('inside a hazard zone that no regional assessment covers, it may be required', () => {
  expect(judge(aDemand(), someFacts({ listing: HAZARD, project: { 'site.hazardZone': true, ...OUTSIDE_ANY_ASSESSMENT } })).verdict).toBe('allowed')
})

test('an office wants its expert review paid by the applicant: the office pays', () => {
  const listing = aListing({ name: '专家评审', nature: 'authority-commissioned', rules: { commissioner: 'authority', bases: [] } })
  expect(judge(aDemand(), someFacts({ listing }))).toMatchObject({ verdict: 'refused', reasons: [{ code: 'wrong-commissioner' }], alternatives: ['nothing-needed'] })
})
