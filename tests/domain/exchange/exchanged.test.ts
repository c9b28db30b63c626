import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changesOf, wantedOf, type ServiceFacts, type Standing, type Version } from '#app/domain/exchange/exchanged.ts'
import { COLUMN_NAMES, NATIONAL_TABLES, SERVICE_COLUMNS, STEP_COLUMNS, type StepContent } from '#app/domain/exchange/national-row.ts'

const at = (day: number) => new Date(Date.UTC(2026, 10, day))
const FACTS: ServiceFacts = {
  number: 'MD-220106-2026-000001',
  divisionCode: '220106',
  caseNumber: 'LY-2026-0001',
  projectCode: '2026-220106-47-01-000001',
  service: { code: 'R28', name: '水土保持方案编制', nationalCode: null },
  owner: { uscc: '91370200MA3C8TQB5C', name: '某业主' },
  agency: null,
  serviceDays: 20,
  publishedAt: at(2),
  awards: [],
  contract: null,
  rounds: [],
  ended: null,
}
const AGENCY = { uscc: '91370200MA3C8TQB5C', name: '某机构' }

/** The tables as a list that only grows. */
function table() {
  const rows: (Version & { lsh: number })[] = []
  const standing = (): Standing[] => [...new Map(rows.map((row) => [`${row.form} ${row.instance} ${row.step}`, row])).values()]
  return {
    rows,
    tell(...services: ServiceFacts[]) {
      const versions = changesOf(services.flatMap(wantedOf), standing(), (instance) => services.find(({ number }) => number === instance)?.ended ?? null)
      for (const version of versions) rows.push({ ...version, lsh: rows.length + 1 })
      return versions
    },
    valid: () => standing().filter(({ content }) => content !== null),
  }
}

test('the columns stand in the order of the contract', () => {
  expect(NATIONAL_TABLES.spgl_zjfwsxblxxb.join(', ')).toBe('lsh, dfsjzj, xzqhdm, xmdm, zjfwsxmc, zjfwsxbm, dybzzjfwsxbm, zjfwsxslbm, spsxslbm, blsx, sxlx, zjjgdm, zjjgmc, wtrdm, wtr, sjyxbs, sjwxyy, sjsczt, sbyy, scsj, gxsj')
  expect(NATIONAL_TABLES.spgl_zjfwsxblgcxxb.join(', ')).toBe('lsh, xzqhdm, xmdm, zjfwsxslbm, blzt, blr, blyj, blsj, fjmc, fjid, sjyxbs, sjwxyy, sbyy, scsj')
  expect(Object.keys(COLUMN_NAMES).sort()).toEqual([...new Set([...SERVICE_COLUMNS, ...STEP_COLUMNS])].sort())
})

test('a service is told from its notice on, and every step adds a row', () => {
  const { tell, valid } = table()
  expect(tell(FACTS).map(({ form, step }) => `${form} ${step}`)).toEqual(['service ', 'step published'])
  const awarded: ServiceFacts = { ...FACTS, agency: AGENCY, awards: [{ place: 1, agency: AGENCY.name, awardedAt: at(5), declinedAt: null }] }
  const [corrected, selected] = tell(awarded)
  expect(corrected).toMatchObject({ form: 'service', version: 2, why: ['zjjgdm', 'zjjgmc'], reason: '已更正：中介机构代码、中介机构名称' })
  expect(selected).toMatchObject({ form: 'step', step: 'awarded:1', version: 1, reason: null })
  const done: ServiceFacts = {
    ...awarded,
    contract: { days: 15, confirmedAt: at(8) },
    rounds: [
      { round: 1, id: 'a', file: '报告.pdf', deliveredAt: at(12), returnedAt: at(13), acceptedAt: null },
      { round: 2, id: 'b', file: null, deliveredAt: at(15), returnedAt: null, acceptedAt: at(16) },
    ],
  }
  expect(tell(done).map(({ step, why }) => [step, ...why])).toEqual([['', 'blsx'], ['contracted'], ['delivered:1'], ['returned:1'], ['delivered:2'], ['accepted:2']])
  expect(valid().filter(({ form }) => form === 'step').map(({ content }) => [(content as StepContent).blzt, (content as StepContent).fjid])).toEqual([[1, null], [2, null], [4, null], [5, 'a'], [6, null], [5, null], [7, null]])
  expect(tell(done)).toEqual([])
})

test('who declines stays in the steps, and the next agency takes the place in the row', () => {
  const { tell, rows, valid } = table()
  tell({ ...FACTS, agency: AGENCY, awards: [{ place: 1, agency: AGENCY.name, awardedAt: at(5), declinedAt: null }] })
  const next = { uscc: '91110000100000000X', name: '第二家' }
  tell({ ...FACTS, agency: next, awards: [{ place: 1, agency: AGENCY.name, awardedAt: at(5), declinedAt: at(6) }, { place: 2, agency: next.name, awardedAt: at(6), declinedAt: null }] })
  expect(valid().map(({ step }) => step)).toEqual(['', 'published', 'awarded:1', 'declined:1', 'awarded:2'])
  expect(rows.filter(({ form }) => form === 'service')).toHaveLength(2)
})

test('a purchase that was cancelled or failed takes back its rows with the reason, once; one that comes back says so', () => {
  for (const [ended, reason] of [['cancelled', '采购公告已取消'], ['failed', '采购未成，没有选出中介机构']] as const) {
    const { tell, rows, valid } = table()
    tell(FACTS)
    expect(tell({ ...FACTS, ended }).map(({ version, content, why, reason }) => ({ version, content, why, reason }))).toEqual([{ version: 2, content: null, why: [ended], reason }, { version: 2, content: null, why: [ended], reason }])
    expect(tell({ ...FACTS, ended })).toEqual([])
    expect(valid()).toEqual([])
    expect(tell(FACTS)).toMatchObject([{ version: 3, reason: '恢复' }, { version: 3, reason: '恢复' }])
    expect(rows).toHaveLength(6)
  }
})

test('a natural person’s name and code are told to nobody', () => {
  expect(wantedOf({ ...FACTS, owner: { uscc: null, name: null } })[0]!.content).toMatchObject({ wtrdm: null, wtr: '自然人' })
})

test('however facts change, rows only grow, each has one successor at most, and the valid ones say what is so', () => {
  const change = fc.record({
    number: fc.constantFrom('MD-220106-2026-000001', 'MD-220106-2026-000002'),
    projectCode: fc.constantFrom('2026-220106-47-01-000001', '2026-220106-47-01-000009'),
    agency: fc.option(fc.constant(AGENCY)),
    contract: fc.option(fc.record({ days: fc.integer({ min: 1, max: 3 }), confirmedAt: fc.constant(at(8)) })),
    ended: fc.option(fc.constantFrom('cancelled' as const, 'failed' as const), { freq: 3 }),
    awards: fc.array(fc.record({ place: fc.integer({ min: 1, max: 2 }), agency: fc.constant('某机构'), awardedAt: fc.constant(at(5)), declinedAt: fc.option(fc.constant(at(6))) }), { maxLength: 1 }),
  })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const { tell, rows, valid } = table()
      for (const changed of changes) {
        const facts = { ...FACTS, ...changed }
        const before = JSON.stringify(rows)
        tell(facts)
        expect(JSON.stringify(rows.slice(0, (JSON.parse(before) as unknown[]).length))).toBe(before)
        expect(valid().filter(({ instance }) => instance === facts.number).map(({ form, instance, step, content }) => ({ form, instance, step, content }))).toEqual(expect.arrayContaining(wantedOf(facts)))
        expect(valid().filter(({ instance }) => instance === facts.number)).toHaveLength(wantedOf(facts).length)
        expect(tell(facts)).toEqual([])
      }
      const names = rows.map(({ form, instance, step, version }) => `${form} ${instance} ${step} ${version}`)
      expect(new Set(names).size).toBe(names.length)
      for (const { version, reason } of rows) expect(reason === null).toBe(version === 1)
    }),
  )
})
