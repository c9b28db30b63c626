import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarWith, dayOf, workingDaysBetween, type CalendarDay } from '#app/domain/calendar.ts'
import { type Party, PARTIES } from '#app/domain/cases/party.ts'
import { serviceClock, type ClockFact } from '#app/domain/cases/service-clock.ts'
import type { CaseStateNumber } from '#app/domain/cases/case-state.ts'

const beijing = (text: string) => new Date(`${text}:00+08:00`)
const states = (...told: [CaseStateNumber, string][]): ClockFact[] => told.map(([state, at], place) => ({ kind: 'case', state, at: beijing(at), place }))

/** A service from its award on: filed by the agency, delivered on the day given, and what became of it. */
const SERVICE: ClockFact[] = [
  { kind: 'bound', at: beijing('2026-11-02T10:00') },
  { kind: 'filed', at: beijing('2026-11-04T10:00'), by: 'agency' },
  { kind: 'confirmed', at: beijing('2026-11-06T10:00') },
  { kind: 'delivered', at: beijing('2026-11-13T10:00'), round: 1 },
  { kind: 'returned', at: beijing('2026-11-17T10:00'), round: 1 },
  { kind: 'delivered', at: beijing('2026-11-20T10:00'), round: 2 },
  { kind: 'accepted', at: beijing('2026-11-24T10:00'), round: 2 },
]
const shape = (facts: readonly ClockFact[], now = '2026-11-27T10:00') => serviceClock(facts, { now: beijing(now) }).spans.map(({ party, workingDays, round }) => [party, workingDays, round])

test('a service goes from hand to hand, round by round', () => {
  // Two days for a contract, which the owner confirms; five to deliver, two to look at it, three to mend it, two to accept.
  expect(shape(SERVICE)).toEqual([['owner', 4, 1], ['agency', 5, 1], ['owner', 2, 1], ['agency', 3, 2], ['owner', 2, 2]])
  expect(serviceClock(SERVICE, { now: beijing('2026-11-27T10:00') })).toMatchObject({ totals: { agency: 8, owner: 8, intake: 0, authority: 0, supplement: 0, special: 0 }, whole: 16, running: null, uncovered: [] })
})

test.each<[string, ClockFact[], [Party, number, number][]]>([
  ['nothing has happened', [], []],
  ['an award binds, and its owner has to conclude a contract', SERVICE.slice(0, 1), [['owner', 19, 1]]],
  ['a contract that the owner filed waits for the agency', [SERVICE[0]!, { kind: 'filed', at: beijing('2026-11-04T10:00'), by: 'owner' }], [['owner', 2, 1], ['agency', 17, 1]]],
  ['a contract that was refused is for whoever filed it', [...SERVICE.slice(0, 2), { kind: 'contract-refused', at: beijing('2026-11-06T10:00') }], [['owner', 4, 1], ['agency', 15, 1]]],
  ['hearings and reviews are nobody’s fault, and a supplement is not the office’s', states([1, '2026-11-02T10:00'], [6, '2026-11-03T10:00'], [7, '2026-11-05T10:00'], [3, '2026-11-06T10:00'], [9, '2026-11-10T10:00'], [10, '2026-11-16T10:00'], [11, '2026-11-18T10:00']), [['intake', 1, 1], ['supplement', 2, 1], ['intake', 1, 2], ['authority', 2, 2], ['special', 4, 2], ['authority', 2, 2]]],
  ['who works at the paper that a supplement waits for has the time', [...states([1, '2026-10-20T10:00'], [6, '2026-10-21T10:00'], [7, '2026-11-25T10:00'], [3, '2026-11-25T11:00'], [11, '2026-11-27T09:00']), ...SERVICE], [['intake', 1, 1], ['supplement', 8, 1], ['owner', 4, 1], ['agency', 5, 1], ['owner', 2, 1], ['agency', 3, 2], ['owner', 2, 2], ['supplement', 1, 1], ['intake', 0, 2], ['authority', 2, 2]]],
  ['an office that has accepted a case counts its days whatever a service does beside it', [...states([3, '2026-11-09T10:00'], [11, '2026-11-11T10:00']), ...SERVICE.slice(0, 5)], [['owner', 4, 1], ['agency', 1, 1], ['authority', 2, 1], ['agency', 2, 1], ['owner', 2, 1], ['agency', 8, 2]]],
  ['what nobody has is the applicant’s next step', [...SERVICE, ...states([1, '2026-11-26T10:00'])], [['owner', 4, 1], ['agency', 5, 1], ['owner', 2, 1], ['agency', 3, 2], ['owner', 4, 2], ['intake', 1, 1]]],
  ['a permit that is revoked later does not start the clock again', states([3, '2026-11-02T10:00'], [11, '2026-11-04T10:00'], [15, '2026-11-20T10:00']), [['authority', 2, 1]]],
])('%s', (_name, facts, expected) => {
  expect(shape(facts)).toEqual(expected)
})

test('days that are worked and days that are not are counted as the division has it, and an uncovered year is said', () => {
  const facts: ClockFact[] = [{ kind: 'bound', at: beijing('2026-09-30T10:00') }]
  expect(serviceClock(facts, { now: beijing('2026-10-10T10:00') })).toMatchObject({ whole: 3, uncovered: [] })
  expect(serviceClock(facts, { now: beijing('2026-10-10T10:00'), calendar: calendarWith([{ day: '2026-10-08', working: false }]) }).whole).toBe(2)
  expect(serviceClock(facts, { now: beijing('2027-01-04T10:00') }).uncovered).toEqual([2027])
  expect(serviceClock(facts, { now: beijing('2027-01-04T10:00'), calendar: calendarWith([{ day: '2027-01-01', working: false }, { day: '2027-10-01', working: false }]) }).uncovered).toEqual([])
})

const HOUR = 3_600_000
const START = beijing('2026-01-05T00:00').getTime()
const instant = fc.integer({ min: 0, max: 24 * 360 }).map((hours) => new Date(START + hours * HOUR))
const round = fc.integer({ min: 1, max: 4 })
const anyFact: fc.Arbitrary<ClockFact> = fc.oneof(
  fc.record({ kind: fc.constant('bound' as const), at: instant }),
  fc.record({ kind: fc.constant('filed' as const), at: instant, by: fc.constantFrom('owner' as const, 'agency' as const) }),
  fc.record({ kind: fc.constantFrom('contract-refused' as const, 'confirmed' as const), at: instant }),
  fc.record({ kind: fc.constantFrom('delivered' as const, 'returned' as const, 'accepted' as const), at: instant, round }),
  fc.record({ kind: fc.constant('case' as const), at: instant, state: fc.integer({ min: 1, max: 15 }).map((one) => one as CaseStateNumber), place: fc.integer({ min: 0, max: 30 }) }),
)
const story = fc.uniqueArray(anyFact, { maxLength: 25, selector: (fact) => `${fact.kind} ${fact.at.getTime()} ${'round' in fact ? fact.round : 'place' in fact ? fact.place : 'by' in fact ? fact.by : ''}` })
const now = new Date(START + 24 * 365 * HOUR)
const overlay: fc.Arbitrary<CalendarDay[]> = fc.array(fc.record({ day: instant.map(dayOf), working: fc.boolean() }), { maxLength: 40 })

test('spans touch, never overlap and never leave a gap; the parties’ days are the whole', () => {
  fc.assert(
    fc.property(story, overlay, (facts, days) => {
      const calendar = calendarWith(days)
      const { spans, totals, whole } = serviceClock(facts, { now, calendar })
      for (const [place, span] of spans.entries()) {
        expect(span.from < span.until).toBe(true)
        if (place) expect(span.from).toEqual(spans[place - 1]!.until)
        if (place) expect([span.party, span.round]).not.toEqual([spans[place - 1]!.party, spans[place - 1]!.round])
      }
      expect(PARTIES.reduce((sum, party) => sum + totals[party], 0)).toBe(whole)
      expect(spans.reduce((sum, { workingDays }) => sum + workingDays, 0)).toBe(whole)
      if (spans.length) expect(whole).toBe(workingDaysBetween(dayOf(spans[0]!.from), dayOf(spans.at(-1)!.until), calendar))
    }),
    { numRuns: 500 },
  )
})

test('facts may come in any order', () => {
  const twice = story.chain((facts) => fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })))
  fc.assert(
    fc.property(twice, ([facts, shuffled]) => {
      expect(serviceClock(shuffled, { now })).toEqual(serviceClock(facts, { now }))
    }),
    { numRuns: 300 },
  )
})

test('another calendar changes counts and nothing else', () => {
  fc.assert(
    fc.property(story, overlay, (facts, days) => {
      const bare = (calendar = calendarWith([])) => serviceClock(facts, { now, calendar }).spans.map(({ party, from, until, round }) => ({ party, from, until, round }))
      expect(bare(calendarWith(days))).toEqual(bare())
    }),
    { numRuns: 200 },
  )
})
