import fc from 'fast-check'
import { expect, test } from 'vitest'
import { usableBases } from '#app/domain/catalogue/basis.ts'
import { factsOf } from '#app/domain/catalogue/condition.ts'
import { isInForce, NATURES } from '#app/domain/catalogue/listing.ts'
import { DESIGNATION_KINDS } from '#app/domain/guard/demand.ts'
import { judge } from '#app/domain/guard/guard.ts'
import { VERDICTS, type DemandToJudge, type GuardFacts } from '#app/domain/guard/judgement.ts'
import { aDemand, aListing, aService, someFacts } from './given.ts'

const day = fc.constantFrom('2026-11-19', '2026-11-20', '2026-11-21')
const flag = fc.boolean()
const condition = fc.letrec((tie) => ({
  plain: fc.record({ fact: fc.constantFrom('site.hazardZone', 'site.hilly', 'build.civilAirDefence'), is: flag }),
  node: fc.oneof({ weight: 3, arbitrary: tie('plain') }, fc.record({ all: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }), fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) })),
})).node

const rules = fc.record({
  bases: fc.array(fc.record({ type: fc.constantFrom('law', 'local-regulation', 'ministerial-rule', 'normative-document'), title: fc.constant('《某规定》'), articles: fc.constant(null), repealedOn: fc.option(day) }), { maxLength: 3 }),
  appliesWhen: fc.option(condition),
  selfPrepare: fc.option(flag),
  commissioner: fc.constantFrom('applicant', 'authority'),
  regionalAssessment: fc.option(fc.constant('soil-and-water')),
  mergedInto: fc.option(fc.constant('ZJ-009'), { freq: 8 }),
  duplicateOf: fc.option(fc.constant('ZJ-008'), { freq: 8 }),
  itemCancelledOn: fc.option(day, { freq: 8 }),
})
const project = fc.record(
  { 'site.hazardZone': flag, 'site.hilly': flag, 'build.civilAirDefence': flag, 'route.commitment': flag, 'site.regionalAssessments': fc.subarray(['soil-and-water', 'energy'] as const) },
  { requiredKeys: [] },
)
const facts = fc
  .record({
    listing: fc.option(fc.record({ nature: fc.constantFrom(...NATURES), rules })),
    project: fc.option(project),
    agencyTie: fc.option(fc.constant('supervised' as const), { freq: 8 }),
    deliverables: fc.array(fc.record({ service: fc.constantFrom(aService(), aService({ code: 'ZJ-002', name: '别的服务' }), aService({ code: 'ZJ-003' })), validUntil: fc.option(day) }), { maxLength: 1 }),
  })
  .map(({ listing, ...rest }) => someFacts({ ...rest, listing: listing && aListing(listing as never) } as Partial<GuardFacts>))
const demand = fc
  .record({
    demanded: fc.constantFrom({ item: 'ZJ-001' }, { material: 'M-001' }, { text: '施工图' }),
    approvalItem: fc.constantFrom('A01', 'A01', 'A01', 'A02'),
    commissioner: fc.constantFrom('applicant', 'authority', null),
    designation: fc.option(fc.record({ kind: fc.constantFrom(...DESIGNATION_KINDS), agency: fc.constant(null) }), { freq: 3 }),
    demandedOn: day,
  })
  .map((given) => aDemand(given as Partial<DemandToJudge>))

const RUNS = { numRuns: 3000 }
const worse = (verdict: (typeof VERDICTS)[number]) => VERDICTS.indexOf(verdict)

test('nothing is asked of an applicant without a statutory listing in force whose basis stands', () => {
  fc.assert(
    fc.property(demand, facts, (asked, known) => {
      const { verdict, material, commissioning } = judge(asked, known)
      const { listing } = known
      const carried = listing !== null && listing.nature === 'statutory' && isInForce(listing, asked.demandedOn) && usableBases(listing.rules.bases, asked.demandedOn).length > 0
      if (!carried) expect([material, commissioning]).toEqual(['may-not-be-required', 'may-not-be-required'])
      if (verdict === 'allowed' && !carried) expect({ who: asked.commissioner, nature: listing?.nature }).toEqual({ who: 'authority', nature: 'authority-commissioned' })
    }),
    RUNS,
  )
})

/** Each makes one more reason apply to whatever stood before. */
const AGGRAVATIONS: Record<string, (demand: DemandToJudge, facts: GuardFacts) => [DemandToJudge, GuardFacts]> = {
  'the listing is gone': (d, f) => [d, { ...f, listing: null }],
  'the service became voluntary': (d, f) => [d, { ...f, listing: f.listing && { ...f.listing, nature: 'market' } }],
  'its bases fell': (d, f) => [d, withRules(f, { bases: [] })],
  'it was merged': (d, f) => [d, withRules(f, { mergedInto: 'ZJ-009' })],
  'it duplicates another': (d, f) => [d, withRules(f, { duplicateOf: 'ZJ-009' })],
  'its item was cancelled': (d, f) => [d, withRules(f, { itemCancelledOn: '2020-01-01' })],
  'the owner may write it': (d, f) => [d, withRules(f, { selfPrepare: true })],
  'a region covers it': (d, f) => [d, { ...withRules(f, { regionalAssessment: 'soil-and-water' }), project: { ...f.project, 'site.regionalAssessments': ['soil-and-water'] } }],
  'commitment was chosen': (d, f) => [d, { ...f, project: { ...f.project, 'route.commitment': true } }],
  'a valid result is on file': (d, f) => [d, { ...f, deliverables: [{ service: aService({ code: 'ZJ-002', name: '施工图设计文件' }), validUntil: null }] }],
  'an agency was named': (d, f) => [{ ...d, designation: { kind: 'named', agency: null } }, f],
  'the agency belongs to the office': (d, f) => [d, { ...f, agencyTie: 'supervised' }],
  'it is for another approval': (d, f) => [{ ...d, approvalItem: 'Z99' }, { ...f, approvalItem: null }],
}

function withRules(facts: GuardFacts, rules: Partial<NonNullable<GuardFacts['listing']>['rules']>): GuardFacts {
  return { ...facts, listing: facts.listing && { ...facts.listing, rules: { ...facts.listing.rules, ...rules } } }
}

test.each(Object.keys(AGGRAVATIONS))('the verdict is never better after %s', (name) => {
  fc.assert(
    fc.property(demand, facts, (asked, known) => {
      const before = judge(asked, known)
      const after = judge(...AGGRAVATIONS[name]!(asked, known))
      expect(worse(after.verdict)).toBeLessThanOrEqual(worse(before.verdict))
    }),
    { numRuns: 500 },
  )
})

test('a fact that nobody gave never gives a silent yes', () => {
  fc.assert(
    fc.property(demand, facts, condition, (asked, known, appliesWhen) => {
      const open = { ...withRules(known, { appliesWhen: appliesWhen as never }), project: null }
      const judgement = judge(asked, open)
      if (judgement.facts.length) expect(judgement).toMatchObject({ material: 'may-not-be-required', commissioning: 'may-not-be-required' })
      if (open.listing) expect(judgement.verdict).not.toBe('allowed')
      if (judgement.verdict === 'needs-facts') expect(judgement.facts.filter((fact) => fact !== 'site.regionalAssessments').every((fact) => factsOf(appliesWhen as never).includes(fact))).toBe(true)
    }),
    RUNS,
  )
})

test('telling one more fact of a project never opens new questions', () => {
  fc.assert(
    fc.property(demand, facts, (asked, known) => {
      const before = judge(asked, known)
      const told = { ...known, project: { ...Object.fromEntries(before.facts.map((fact) => [fact, fact === 'site.regionalAssessments' ? [] : true])), ...known.project } }
      expect(judge(asked, told as GuardFacts).facts.every((fact) => !before.facts.includes(fact))).toBe(true)
    }),
    RUNS,
  )
})

test('the same demand and the same facts always get the same answer', () => {
  fc.assert(
    fc.property(demand, facts, (asked, known) => {
      expect(judge(structuredClone(asked), structuredClone(known))).toEqual(judge(asked, known))
    }),
    { numRuns: 500 },
  )
})
