import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, type Day } from '#app/domain/calendar.ts'
import type { Condition } from '#app/domain/catalogue/condition.ts'
import { implies } from '#app/domain/catalogue/implication.ts'
import { inheritanceFaults } from '#app/domain/catalogue/inheritance.ts'
import { stepsOf } from '#app/domain/catalogue/list-step.ts'
import { isInForce, stands, type Listing, type ListingWording } from '#app/domain/catalogue/listing.ts'
import { changedLists, neverStood } from '#app/domain/catalogue/lower-lists.ts'
import { narrowedTo } from '#app/domain/catalogue/narrowing.ts'
import { isRefusal } from '#app/domain/refusal.ts'

const [PROVINCE, CITY, COUNTY] = ['220000', '220100', '220106']
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ fact: fc.constantFrom('site.park', 'soil.class'), is: fc.constantFrom('a', 'b', true) }),
  fc.record({ fact: fc.constant('soil.class'), in: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }) }),
  fc.record({ fact: fc.constant('site.area'), atLeast: fc.integer({ min: 0, max: 3 }) }),
)
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({ condition: fc.oneof({ depthSize: 'small' }, leaf, fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }), fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) })) }))
const some = <T>(...values: T[]) => fc.subarray(values)
const bases = [{ type: 'law', title: '某法', articles: null, repealedOn: null }, { type: 'law', title: '某法', articles: null, repealedOn: '2027-01-01' }, { type: 'local-regulation', title: '省条例', articles: '3', repealedOn: null }]
const wording: fc.Arbitrary<ListingWording> = fc.record({
  divisionCode: fc.constant(CITY!),
  code: fc.constant('C1'),
  name: fc.constantFrom('甲', '乙'),
  aliases: some('子', '丑'),
  categoryCode: fc.constantFrom(null, '0701'),
  nature: fc.constantFrom('statutory', 'market', 'authority-commissioned'),
  approvalItems: some('A10', 'A60'),
  stages: some('engineering', 'completion'),
  rules: fc.record({
    bases: fc.subarray(bases),
    appliesWhen: fc.option(condition),
    selfPrepare: fc.constantFrom(null, true, false),
    commissioner: fc.constantFrom('applicant', 'authority'),
    material: fc.constantFrom(null, { code: 'M1', name: '报告' }, { code: 'M2', name: '报告' }),
    regionalAssessment: fc.constantFrom(null, 'soil', 'flood'),
    mergedInto: fc.constantFrom(null, 'C8'),
    duplicateOf: fc.constantFrom(null, 'C9'),
    itemCancelledOn: fc.constantFrom(null, '2026-12-01', '2027-01-01'),
    freeDownload: fc.constantFrom(null, 'https://example.org/a'),
    validYears: fc.constantFrom(null, 2, 5),
  }),
  details: fc.record({
    department: fc.constant(null), approvalItem: fc.constantFrom(null, '某审批'), timeLimit: fc.constantFrom(null, '10个工作日', '20个工作日', '20日'), feeBasis: fc.constantFrom(null, '免费', '每项 800 元', '每项 900 元'),
    qualification: fc.constantFrom(null, '甲级'), legalBasis: fc.constantFrom(null, '某法'), sourceTitle: fc.constant(null), sourceUrl: fc.constant(null), audit: fc.constant(null), sample: fc.constant(false),
  }),
}) as fc.Arbitrary<ListingWording>

test('every condition implies itself, so that what is narrowed once is not narrowed again', () => {
  fc.assert(fc.property(condition, (one) => implies(one, one)))
})

test('what is narrowed says nothing more than the list above, and nothing else where it said nothing more', () => {
  fc.assert(
    fc.property(wording, wording, (upper, lower) => {
      const given = structuredClone(lower)
      const narrowed = narrowedTo(upper, lower)
      expect(inheritanceFaults(upper, narrowed)).toEqual([])
      expect(narrowedTo(upper, narrowed)).toBe(narrowed)
      if (inheritanceFaults(upper, lower).length === 0) expect(narrowed).toBe(lower)
      expect(lower).toEqual(given)
    }),
  )
})

test('a field that the list above does not narrow keeps the lower list’s own word', () => {
  const [upper] = fc.sample(wording, { numRuns: 1, seed: 7 }) as [ListingWording]
  const wide: ListingWording = { ...upper, aliases: ['子', '丑'], approvalItems: ['A10', 'A60'], rules: { ...upper.rules, appliesWhen: { fact: 'site.area', atLeast: 1 } }, details: { ...upper.details, timeLimit: '20个工作日', feeBasis: '每项 900 元' } }
  const lower: ListingWording = { ...wide, aliases: ['丑'], rules: { ...wide.rules, appliesWhen: { fact: 'site.area', atLeast: 2 } }, details: { ...wide.details, timeLimit: '10个工作日' } }
  const stricter: ListingWording = { ...wide, approvalItems: ['A60'], rules: { ...wide.rules, appliesWhen: { fact: 'site.park', is: true } }, details: { ...wide.details, feeBasis: '每项 800 元' } }
  expect(narrowedTo(stricter, lower)).toEqual({ ...lower, approvalItems: ['A60'], rules: { ...lower.rules, appliesWhen: { all: [{ fact: 'site.park', is: true }, { fact: 'site.area', atLeast: 2 }] } }, details: { ...lower.details, feeBasis: '每项 800 元' } })
})

type Act = { division: string; wording: ListingWording | null; wait: number; ahead: number }
const act: fc.Arbitrary<Act> = fc.record({ division: fc.constantFrom(PROVINCE!, CITY!, COUNTY!), wording: fc.option(wording, { freq: 3 }), wait: fc.integer({ min: 0, max: 6 }), ahead: fc.integer({ min: 0, max: 12 }) })
const FIRST: Day = '2026-11-20'
const ABOVE: Record<string, string[]> = { [PROVINCE!]: [], [CITY!]: [PROVINCE!], [COUNTY!]: [CITY!, PROVINCE!] }
const said = (rows: readonly Listing[], divisions: readonly string[], day: Day) => {
  const row = divisions.flatMap((one) => rows.filter((row) => row.divisionCode === one)).find((row) => stands(row, day))
  return row && !row.removed ? row : null
}

test('after any sequence of adoptions at three levels no lower wording in force asks for more than the upper one in force on that day, and what was yesterday stays', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 2, maxLength: 9 }), (acts) => {
      let rows: Listing[] = []
      let [today, id] = [FIRST, 0]
      const versions: Record<string, number> = {}
      /** Wordings that a list adopted by itself, with nothing above it on their first day; what came of them is found by the days. */
      const own = new Set<string>()
      for (const { division, wording, wait, ahead } of acts) {
        today = addDays(today, wait)
        const from = addDays(today, ahead)
        const before = rows
        try {
          const faulty = wording && said(before, ABOVE[division]!, from) && inheritanceFaults(said(before, ABOVE[division]!, from)!, wording).length
          if (faulty) continue
          ;({ rows } = changedLists(before, { divisionCode: division, from, today, wording: wording && { ...wording, divisionCode: division }, versionOf: (one) => (versions[one] ?? 0) + 1, newId: () => `r${(id += 1)}` }))
        } catch (error) {
          if (!isRefusal(error)) throw error
          continue
        }
        for (const step of stepsOf(before, rows)) versions[step.divisionCode] = (versions[step.divisionCode] ?? 0) + 1
        for (let day = FIRST; day < from; day = addDays(day, 1)) for (const one of Object.keys(ABOVE)) expect(said(rows, [one, ...ABOVE[one]!], day)?.id).toBe(said(before, [one, ...ABOVE[one]!], day)?.id)
        for (const row of rows) if (!before.some((old) => old.id === row.id) && said(rows, ABOVE[row.divisionCode]!, row.inForceFrom) === null) own.add(row.id)
        for (let day = from; day < addDays(today, 30); day = addDays(day, 1)) {
          for (const lower of [CITY!, COUNTY!]) {
            const mine = rows.filter((row) => row.divisionCode === lower && isInForce(row, day))
            expect(mine.length).toBeLessThanOrEqual(1)
            const upper = said(rows, ABOVE[lower]!, day)
            if (upper && mine[0]) expect(inheritanceFaults(upper, mine[0])).toEqual([])
            // Without an upper one only what this list adopted by itself.
            if (!upper && mine[0]) expect(own.has(mine[0].id)).toBe(true)
          }
        }
        for (const row of rows) expect(row.inForceUntil === null || row.inForceFrom <= row.inForceUntil).toBe(true)
      }
    }),
    { numRuns: 400 },
  )
})

let made = 0
const NEW = { newId: () => `made ${(made += 1)}`, versionOf: () => 9, today: FIRST, divisionCode: CITY!, from: '2026-12-10' }
const [SAME] = fc.sample(wording, { numRuns: 1, seed: 3 }) as [ListingWording]
const rowOf = (divisionCode: string, inForceFrom: Day, more: Partial<Listing> = {}): Listing => ({ ...SAME, divisionCode, id: `${divisionCode} ${inForceFrom}`, inForceFrom, inForceUntil: null, sinceVersion: 1, untilVersion: null, ...more })

test('what the city retires ends in the county on the same day, and what the county has adopted for a later day never begins', () => {
  const city = rowOf(CITY!, '2026-01-01')
  const county = [rowOf(COUNTY!, '2026-06-01', { inForceUntil: '2027-01-01', untilVersion: 2 }), rowOf(COUNTY!, '2027-01-01', { sinceVersion: 2 })]
  const { rows } = changedLists([city, ...county], { ...NEW, wording: null })
  expect(rows.filter(({ divisionCode }) => divisionCode === COUNTY)).toEqual([{ ...county[0], inForceUntil: '2026-12-10', untilVersion: 9 }, { ...county[1], inForceUntil: '2027-01-01', untilVersion: 9 }])
  expect(neverStood(rows.at(-1)!)).toBe(true)
  expect(stepsOf([city, ...county], rows).map(({ divisionCode, leavesOn }) => [divisionCode, leavesOn])).toEqual([[CITY, '2026-12-10'], [COUNTY, '2026-12-10']])
})

test('what a county lists by itself stays while no list above has it, and is narrowed from the day on which one has', () => {
  const own = rowOf(COUNTY!, '2026-06-01', { name: '县里的叫法' })
  const { rows } = changedLists([own], { ...NEW, divisionCode: PROVINCE!, wording: { ...SAME, divisionCode: PROVINCE!, name: '全省的叫法' } })
  expect(rows.filter(({ divisionCode }) => divisionCode === COUNTY)).toMatchObject([{ name: '县里的叫法', inForceFrom: '2026-06-01', inForceUntil: '2026-12-10' }, { name: '全省的叫法', inForceFrom: '2026-12-10', inForceUntil: null }])
  // What came of it ends with what it follows.
  const gone = changedLists(rows, { ...NEW, divisionCode: PROVINCE!, from: '2027-02-01', wording: null })
  expect(gone.rows.filter(({ divisionCode }) => divisionCode === COUNTY).map(({ inForceUntil }) => inForceUntil)).toEqual(['2026-12-10', '2027-02-01'])
  // And it may be listed again by itself, where policy lets it.
  const again = changedLists(gone.rows, { ...NEW, divisionCode: COUNTY!, from: '2027-03-01', wording: { ...SAME, divisionCode: COUNTY! } })
  expect(said(again.rows, [COUNTY!, ...ABOVE[COUNTY!]!], '2027-06-01')).toMatchObject({ divisionCode: COUNTY, inForceFrom: '2027-03-01' })
})
