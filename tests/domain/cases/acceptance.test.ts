import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayOf, startOf } from '#app/domain/calendar.ts'
import { acceptanceOf, answerDue, caseFacts, remarksOf, silenceUnder } from '#app/domain/cases/acceptance.ts'
import { faultsOfHistory, type CaseStateNumber, type StateOfCase } from '#app/domain/cases/case-state.ts'
import { officeLimits, officeTime, projectTotal } from '#app/domain/cases/clock-limits.ts'
import { serviceClock } from '#app/domain/cases/service-clock.ts'
import { policiesFrom } from '#app/domain/divisions/policy.ts'

const beijing = (text: string) => new Date(`${text}:00+08:00`)
const silence = silenceUnder(policiesFrom([]))
/** Received on Monday the second: five working days later is Monday the ninth, and the tenth is too late. */
const RECEIVED = '2026-11-02T10:00'
const file = (...told: [state: CaseStateNumber, at: string, recordedAt?: string][]) => ({ receivedAt: beijing(RECEIVED), states: told.map(([state, at, recorded]) => ({ state, at: beijing(at), ...(recorded && { recordedAt: beijing(recorded) }) })) })

test('five working days are the law’s, and a division may do without', () => {
  expect(silence).toEqual({ n: 5, unit: 'wd' })
  expect(policiesFrom([]).deemedAcceptance).toMatchObject({ value: 'yes', source: '行政许可法 32' })
  expect(silenceUnder({ ...policiesFrom([]), deemedAcceptance: { ...policiesFrom([]).deemedAcceptance, value: 'no' } })).toBeNull()
  expect(answerDue(file(), { silence })).toEqual(beijing('2026-11-10T00:00'))
})

const NOW = '2026-11-20T10:00'
const deemed = { at: beijing(RECEIVED), deemed: true }
test.each<[string, ReturnType<typeof file>, string, ReturnType<typeof acceptanceOf>, number]>([
  ['nothing was said yet, and there is time', file([1, RECEIVED]), '2026-11-09T23:59', null, 0],
  ['nothing was said until the last instant', file([1, RECEIVED]), '2026-11-10T00:00', deemed, 6],
  ['nothing was said for ever', file([1, RECEIVED]), NOW, deemed, 14],
  ['nothing was recorded at all', file(), NOW, deemed, 14],
  ['it was accepted in time', file([1, RECEIVED], [3, '2026-11-09T17:00']), NOW, { at: beijing('2026-11-09T17:00'), deemed: false }, 9],
  ['it was handled in time', file([1, RECEIVED], [8, '2026-11-04T17:00']), NOW, { at: beijing('2026-11-04T17:00'), deemed: false }, 12],
  ['it was accepted too late', file([1, RECEIVED], [3, '2026-11-16T10:00']), NOW, deemed, 14],
  ['it was granted too late, and never accepted', file([1, RECEIVED], [11, '2026-11-12T10:00']), NOW, deemed, 8],
  ['what is missing was said in time', file([1, RECEIVED], [6, '2026-11-05T10:00']), NOW, null, 0],
  ['what is missing was said in time, and it was accepted afterwards', file([1, RECEIVED], [6, '2026-11-05T10:00'], [7, '2026-11-16T10:00'], [3, '2026-11-17T10:00']), NOW, { at: beijing('2026-11-17T10:00'), deemed: false }, 3],
  ['what is missing was said too late', file([1, RECEIVED], [6, '2026-11-12T10:00'], [7, '2026-11-16T10:00']), NOW, deemed, 14],
  ['it was refused in time', file([1, RECEIVED], [5, '2026-11-06T10:00']), NOW, null, 0],
  ['it was accepted in time, and told in time', file([1, RECEIVED], [3, '2026-11-09T17:00', '2026-11-09T23:59']), NOW, { at: beijing('2026-11-09T17:00'), deemed: false }, 9],
  ['it is said to have been accepted in time, and was told too late', file([1, RECEIVED], [3, '2026-11-09T17:00', '2026-11-10T00:00']), NOW, deemed, 14],
  ['what is missing is said to have been told in time, and was recorded too late', file([1, RECEIVED], [6, '2026-11-05T10:00', '2026-11-16T10:00']), NOW, deemed, 14],
  ['it is said to have been refused in time, and was told too late: it ends when it was told', file([1, RECEIVED], [5, '2026-11-06T10:00', '2026-11-16T10:00']), NOW, deemed, 10],
  ['it was accepted in time, and a supplement before that was recorded later', file([1, RECEIVED], [6, '2026-11-04T10:00', '2026-11-16T10:00'], [7, '2026-11-05T10:00', '2026-11-16T10:00'], [3, '2026-11-09T17:00', '2026-11-09T17:00']), NOW, { at: beijing('2026-11-09T17:00'), deemed: false }, 9],
  ['it was taken back in time', file([1, RECEIVED], [2, '2026-11-06T10:00']), NOW, null, 0],
])('%s', (_name, one, now, acceptance, used) => {
  const rules = { now: beijing(now), silence }
  expect(acceptanceOf(one, rules)).toEqual(acceptance)
  expect(officeTime(one, rules).used).toBe(used)
})

test('an office that says nothing is warned by its limits, and the project’s total has its days', () => {
  const silent = file([1, RECEIVED])
  const rules = { now: beijing(NOW), silence, before: { n: 2, unit: 'wd' } as const }
  expect(officeLimits(silent, { promised: 10, statutory: 20 }, rules)).toMatchObject([{ name: 'authority-promised', level: 'over', due: beijing('2026-11-17T00:00') }, { name: 'authority-statutory', level: 'running' }])
  expect(officeLimits(silent, { promised: 10, statutory: 20 }, { ...rules, silence: null })).toEqual([])
  const totals = { approvedFlowTypes: [], verifiedFlowTypes: [], limits: { approved: 95, verified: 66, filed: 55 } }
  expect([silence, null].map((one) => projectTotal('industrial', [silent], { ...rules, silence: one, totals }).used)).toEqual([14, 0])
})

test('time before acceptance is nobody’s handling, until silence makes it the office’s from the receipt on', () => {
  const of = (one: ReturnType<typeof file>, now: string) => serviceClock(caseFacts(one, { now: beijing(now), silence }), { now: beijing(now) }).spans.map(({ party, workingDays }) => [party, workingDays])
  expect(of(file([1, RECEIVED]), '2026-11-09T23:59')).toEqual([['intake', 5]])
  expect(of(file([1, RECEIVED]), '2026-11-10T00:00')).toEqual([['authority', 6]])
  expect(of(file([1, RECEIVED], [3, '2026-11-04T10:00']), '2026-11-09T23:59')).toEqual([['intake', 2], ['authority', 3]])
})

const START = startOf('2026-03-02')
const states = fc
  .array(fc.record({ state: fc.integer({ min: 2, max: 15 }).map((one) => one as CaseStateNumber), note: fc.constant(''), at: fc.integer({ min: 0, max: 24 * 60 }).map((hours) => new Date(START.getTime() + hours * 3_600_000)) }), { maxLength: 8 })
  .map((list) => list.toSorted((one, other) => one.at.getTime() - other.at.getTime()).reduce<StateOfCase[]>((kept, one) => (breaksPause([...kept, one]) ? kept : [...kept, one]), []))

/** No office can record a pause within another, nor the end of one that has not begun. */
function breaksPause(list: StateOfCase[]): boolean {
  return faultsOfHistory(list, new Date(8.64e15)).some(({ code }) => code === 'cases.pause-open' || code === 'cases.pause-not-begun')
}

test('no office has fewer days by saying nothing: late words never take a day back, and who is silent has every day since the receipt', () => {
  fc.assert(
    fc.property(states, fc.integer({ min: 0, max: 90 }), (list, days) => {
      const one = { receivedAt: START, states: list }
      const now = startOf(addDays(dayOf(START), days))
      const known = { ...one, states: list.filter(({ at }) => at <= now) }
      const [strict, loose] = [officeTime(known, { now, silence }).used, officeTime(known, { now, silence: null }).used]
      expect(strict).toBeGreaterThanOrEqual(loose)
      const acceptance = acceptanceOf(known, { now, silence })
      const due = answerDue(one, { silence })!
      expect(acceptance?.deemed ?? false).toBe(now >= due && !known.states.some(({ state, at }) => at < due && ![7, 9, 10].includes(state)))
      if (acceptance?.deemed) {
        expect(acceptance.at).toEqual(START)
        // It stays so, whatever comes later.
        const later = new Date(now.getTime() + 86_400_000)
        expect(acceptanceOf({ ...known, states: [...known.states, { state: 3, at: later }] }, { now: later, silence })).toEqual(acceptance)
        // Nor does it matter how early that reads, or what it takes the place of.
        for (const state of [2, 3, 4, 5, 6, 8, 11] as const) expect(acceptanceOf({ ...one, states: [{ state, at: START, recordedAt: later }] }, { now: later, silence })).toEqual(acceptance)
        expect(officeTime({ ...one, states: [{ state: 6, at: START, recordedAt: later }] }, { now: later, silence }).used).toBe(officeTime({ ...one, states: [] }, { now: later, silence }).used)
      } else expect(strict).toBe(loose)
      expect(serviceClock(caseFacts(known, { now, silence }), { now }).totals.authority).toBe(strict)
    }),
    { numRuns: 500 },
  )
})

test('a supplement asked for after silence accepted the case stops nothing: neither its office’s days nor its limits, and no round is counted', () => {
  const rules = { now: beijing(NOW), silence }
  const late = file([1, RECEIVED], [6, '2026-11-12T10:00'])
  const silent = file([1, RECEIVED])
  expect(serviceClock(caseFacts(late, rules), rules)).toMatchObject({ running: 'authority', totals: { authority: 14, supplement: 0 } })
  const limits = (one: typeof late, given = rules) => officeLimits(one, { promised: 12, statutory: 20 }, { ...given, before: { n: 2, unit: 'wd' } })
  expect(limits(late)).toEqual(limits(silent))
  expect(limits(late)).toHaveLength(2)
  // In time, or where silence is no acceptance, it stops them as before; a hearing stops them always.
  expect(limits(file([1, RECEIVED], [6, '2026-11-05T10:00']))).toEqual([])
  expect(limits(late, { ...rules, silence: null as never })).toEqual([])
  expect(limits(file([1, RECEIVED], [9, '2026-11-12T10:00']))).toEqual([])
})

test.each<[string, ReturnType<typeof file>, string[]]>([
  ['what is missing, told in time', file([1, RECEIVED], [6, '2026-11-05T10:00'], [7, '2026-11-09T10:00']), []],
  ['what is missing, told late', file([1, RECEIVED], [6, '2026-11-12T10:00']), ['late-supplement']],
  ['told twice, first in time', file([1, RECEIVED], [6, '2026-11-05T10:00'], [7, '2026-11-09T10:00'], [6, '2026-11-10T10:00']), ['second-supplement']],
  ['told twice, first late', file([1, RECEIVED], [6, '2026-11-12T10:00'], [7, '2026-11-13T10:00'], [6, '2026-11-16T10:00']), ['late-supplement', 'late-supplement', 'second-supplement']],
  ['turned away late', file([1, RECEIVED], [4, '2026-11-12T10:00']), ['late-refusal']],
  ['refused to accept late', file([1, RECEIVED], [5, '2026-11-12T10:00']), ['late-refusal']],
  ['recorded after its days as told within them', file([1, RECEIVED], [6, '2026-11-05T10:00', '2026-11-16T10:00']), ['late-supplement', 'told-late']],
  ['an acceptance recorded after its days', file([1, RECEIVED], [3, '2026-11-05T10:00', '2026-11-16T10:00']), ['told-late']],
  ['an acceptance recorded within its days, a day later', file([1, RECEIVED], [3, '2026-11-05T10:00', '2026-11-06T10:00']), []],
  ['turned away in time', file([1, RECEIVED], [5, '2026-11-06T10:00']), []],
  ['decided late', file([1, RECEIVED], [13, '2026-11-12T10:00']), []],
])('it is remarked of a case: %s', (_name, one, remarks) => {
  expect(remarksOf(one, { now: beijing(NOW), silence }).map(({ what }) => what)).toEqual(remarks)
})
