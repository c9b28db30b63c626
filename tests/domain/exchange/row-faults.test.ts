import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mendOf } from '#app/domain/exchange/mend.ts'
import { LENGTHS, STEPS, type Column, type ServiceContent, type StepContent } from '#app/domain/exchange/national-row.ts'
import { FAULTS, faultsOf, type CheckedService, type FaultName } from '#app/domain/exchange/row-faults.ts'
import { makeUscc } from '#tests/support/factories.ts'

const NOW = new Date('2026-11-20T02:00:00Z')
const USCC = makeUscc(1)
const SERVICE: ServiceContent = {
  xzqhdm: '220106', xmdm: '2026-220106-47-01-000001', zjfwsxmc: '水土保持方案编制', zjfwsxbm: 'R28', dybzzjfwsxbm: 'GJ-0028', zjfwsxslbm: 'MD-220106-2026-000001', spsxslbm: 'LY-2026-0001',
  blsx: 20, sxlx: 2, zjjgdm: USCC, zjjgmc: '某水利咨询有限公司', wtrdm: USCC, wtr: '某业主',
}
const step = (lsh: number, name: keyof typeof STEPS, blsj: string): { lsh: number; row: StepContent } => ({ lsh, row: { xzqhdm: '220106', xmdm: SERVICE.xmdm, zjfwsxslbm: SERVICE.zjfwsxslbm, blzt: STEPS[name].code, blr: '某业主', blyj: STEPS[name].words, blsj, fjmc: null, fjid: null } })
const GOOD: CheckedService = {
  lsh: 1,
  row: SERVICE,
  steps: [step(2, 'published', '2026-11-02T01:00:00Z'), step(3, 'awarded', '2026-11-05T01:00:00Z'), step(4, 'contracted', '2026-11-10T01:00:00Z'), step(5, 'delivered', '2026-11-18T01:00:00Z'), step(6, 'accepted', '2026-11-19T01:00:00Z')],
  project: { flowType: 'private-general', assessed: false },
  caseFlowType: 'private-general',
  itemCode: '00011503500',
  isPerson: false,
}

type Spoil = (good: CheckedService) => CheckedService
const row = (change: Partial<ServiceContent>): Spoil => (good) => ({ ...good, row: { ...good.row, ...change } })
const onStep = (place: number, change: Partial<StepContent>): Spoil => (good) => ({ ...good, steps: good.steps.map((one, at) => (at === place ? { ...one, row: { ...one.row, ...change } } : one)) })

/** A way to spoil a good service for each fault, and the row that the fault is told of. */
const TABLE: Record<FaultName, [Spoil, lsh: number, column: Column | null][]> = {
  'project-missing': [[row({ xmdm: '' }), 1, 'xmdm'], [row({ xmdm: '  ' }), 1, 'xmdm']],
  'project-malformed': [[row({ xmdm: '2026-220106-47-01' }), 1, 'xmdm'], [row({ xmdm: '2031-220106-47-01-000001' }), 1, 'xmdm']],
  'project-not-stated': [[(good) => ({ ...good, project: null }), 1, null]],
  'project-flow': [[(good) => ({ ...good, project: { flowType: 'industrial', assessed: true } }), 1, null], [(good) => ({ ...good, project: { flowType: 'housing', assessed: true }, caseFlowType: 'housing' }), 1, null]],
  'project-assessment': [[(good) => ({ ...good, project: { flowType: 'private-general', assessed: null } }), 1, null]],
  division: [[row({ xzqhdm: '22010' }), 1, 'xzqhdm'], [row({ xzqhdm: '000000' }), 1, 'xzqhdm']],
  'case-missing': [[row({ spsxslbm: '' }), 1, 'spsxslbm']],
  'item-code': [[(good) => ({ ...good, itemCode: null }), 1, null]],
  'service-code': [[row({ dybzzjfwsxbm: null }), 1, 'dybzzjfwsxbm']],
  'agency-missing': [[row({ zjjgdm: null, zjjgmc: null }), 1, 'zjjgdm'], [row({ zjjgmc: ' ' }), 1, 'zjjgmc']],
  'agency-uscc': [[row({ zjjgdm: '123456789012345678' }), 1, 'zjjgdm']],
  'client-uscc': [[row({ wtrdm: null }), 1, 'wtrdm'], [row({ wtrdm: `${USCC.slice(0, 17)}Z` }), 1, 'wtrdm'], [(good) => ({ ...good, isPerson: true }), 1, 'wtrdm']],
  'name-missing': [[row({ zjfwsxmc: '' }), 1, 'zjfwsxmc'], [row({ wtr: '' }), 1, 'wtr'], [onStep(1, { blr: '' }), 3, 'blr']],
  'too-long': [[row({ spsxslbm: '号'.repeat(51) }), 1, 'spsxslbm'], [onStep(3, { fjmc: `${'长'.repeat(197)}.pdf` }), 5, 'fjmc']],
  days: [[row({ blsx: 0 }), 1, 'blsx'], [row({ blsx: 1.5 }), 1, 'blsx'], [row({ blsx: 10_000 }), 1, 'blsx']],
  'day-kind': [[row({ sxlx: 3 }), 1, 'sxlx']],
  'step-unknown': [[onStep(4, { blzt: 12 }), 6, 'blzt']],
  'step-order': [[onStep(2, { blsj: '2026-11-04T01:00:00Z' }), 4, 'blsj'], [onStep(0, { blsj: '2026-11-05T01:00:01Z' }), 3, 'blsj']],
  'step-ahead': [[onStep(4, { blsj: '2026-11-20T02:00:01Z' }), 6, 'blsj'], [onStep(4, { blsj: 'not a day' }), 6, 'blsj']],
  'step-missing': [[(good) => ({ ...good, steps: good.steps.slice(1) }), 3, 'blzt'], [(good) => ({ ...good, steps: [] }), 1, null]],
}

test('a service that is whole has no fault, and each fault is found where it is', () => {
  expect(faultsOf(GOOD, NOW)).toEqual([])
  for (const fault of FAULTS) {
    for (const [place, [spoil, lsh, column]] of TABLE[fault].entries()) {
      const found = faultsOf(spoil(GOOD), NOW)
      expect(found, `${fault} ${place}`).toContainEqual(expect.objectContaining({ fault, lsh, column }))
      expect(mendOf({ fault, column }).by, fault).toBeTruthy()
    }
  }
})

test('before the selection, and after the first agency declined, nobody has to be named', () => {
  const open = { ...row({ zjjgdm: null, zjjgmc: null })(GOOD), steps: GOOD.steps.slice(0, 1) }
  expect(faultsOf(open, NOW)).toEqual([])
  const declined = { ...open, steps: [...GOOD.steps.slice(0, 2), step(7, 'declined', '2026-11-06T01:00:00Z')] }
  expect(faultsOf(declined, NOW)).toEqual([])
  const again = { ...declined, steps: [...declined.steps, step(8, 'awarded', '2026-11-07T01:00:00Z')] }
  expect(faultsOf(again, NOW).map(({ fault }) => fault)).toEqual(['agency-missing'])
})

test('a natural person has no code and is no fault; a result that was returned and delivered anew is in order', () => {
  expect(faultsOf({ ...row({ wtrdm: null, wtr: '自然人' })(GOOD), isPerson: true }, NOW)).toEqual([])
  const rounds = [...GOOD.steps.slice(0, 4), step(6, 'returned', '2026-11-18T05:00:00Z'), step(7, 'delivered', '2026-11-19T01:00:00Z'), step(8, 'accepted', '2026-11-19T05:00:00Z')]
  expect(faultsOf({ ...GOOD, steps: rounds }, NOW)).toEqual([])
})

test('a text of exactly its length is taken and one more sign is not, counted in characters', () => {
  for (const [column, most] of Object.entries(LENGTHS) as [Column, number][]) {
    const spoil = (text: string): CheckedService => (column in SERVICE ? row({ [column]: text })(GOOD) : onStep(3, { [column]: text })(GOOD))
    const tooLong = (text: string) => faultsOf(spoil(text), NOW).some((one) => one.fault === 'too-long' && one.column === column)
    expect(tooLong('𠮷'.repeat(most)), column).toBe(false)
    expect(tooLong('𠮷'.repeat(most + 1)), column).toBe(true)
  }
})

test('whatever stands in the rows is judged: faults are known ones, each once a row and column, and several are all said', () => {
  const text = fc.oneof(fc.string({ maxLength: 260 }), fc.constant(''), fc.constantFrom(...Object.values(SERVICE).filter((value) => typeof value === 'string')))
  const content = fc.record(Object.fromEntries(Object.entries(SERVICE).map(([name, value]) => [name, typeof value === 'number' ? fc.integer() : fc.oneof(text, fc.constant(value))])) as unknown as { [K in keyof ServiceContent]: fc.Arbitrary<ServiceContent[K]> })
  const steps = fc.array(fc.tuple(fc.integer({ min: -1, max: 9 }), fc.oneof(fc.date({ noInvalidDate: true }).map((at) => at.toISOString()), fc.string({ maxLength: 12 }))), { maxLength: 6 })
  fc.assert(
    fc.property(content, steps, fc.option(fc.record({ flowType: text, assessed: fc.option(fc.boolean()) })), fc.boolean(), (given, told, project, isPerson) => {
      const service = { ...GOOD, row: given, isPerson, project, steps: told.map(([blzt, blsj], place) => ({ lsh: 2 + place, row: { ...step(0, 'published', blsj).row, blzt } })) }
      const found = faultsOf(service, NOW)
      expect(new Set(found.map(({ fault, lsh, column, params }) => `${fault} ${lsh} ${column} ${String(params.before ?? params.step ?? '')}`)).size).toBe(found.length)
      for (const { fault, lsh } of found) expect(FAULTS.includes(fault) && (lsh === 1 || lsh < 2 + told.length)).toBe(true)
      if (given.xmdm.trim() === '') expect(found.some(({ fault }) => fault === 'project-missing')).toBe(true)
      if (told.length === 0) expect(found.some(({ fault }) => fault === 'step-missing')).toBe(true)
    }),
  )
})
