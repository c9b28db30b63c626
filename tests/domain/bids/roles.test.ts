import { expect, test } from 'vitest'
import { clashesWith, type HeldRole } from '#app/domain/bids/roles.ts'

const held = (category: string, agencyId = 'a'): HeldRole => ({ agencyId, category, tender: `MD-${category}` })

test.each<[string, string | null, string[]]>([
  ['0404', '0501', ['drawing-review']],
  ['0401', '0501', ['drawing-review']],
  ['0501', '0404', ['drawing-review']],
  ['0406', '0502', ['air-defence-review']],
  ['0404', '0502', ['air-defence-review']],
  ['0401', '0502', ['air-defence-review']],
  ['0406', '0501', ['drawing-review']],
  ['0407', '0501', ['drawing-review']],
  ['0408', '0501', ['drawing-review']],
  ['0409', '0501', ['drawing-review']],
  ['0410', '0501', ['drawing-review']],
  ['0411', '0501', ['drawing-review']],
  ['0501', '0412', ['drawing-review']],
  ['0413', '0501', []],
  ['0301', '0501', []],
  ['0409', '1203', ['lightning-testing']],
  ['1203', '0409', ['lightning-testing']],
  ['0404', '1203', []],
  ['1402', '0404', ['tendering-agent']],
  ['1402', '0401', ['tendering-agent']],
  ['1402', '0411', ['tendering-agent']],
  ['1402', '1401', ['tendering-agent']],
  ['1402', '1403', []],
  ['1402', '0601', []],
  ['0404', '1402', []],
  ['1401', '1402', []],
  ['0404', '1403', []],
  ['0601', '0603', []],
  ['1401', '1201', ['testing']],
  ['1201', '1401', ['testing']],
  ['0703', '0704', ['soil-acceptance']],
  ['0404', '0401', []],
  ['0404', '1401', []],
  ['0501', '0501', []],
  ['0404', null, []],
])('who does %s in a project and bids for %s', (category, wanted, laws) => {
  expect(clashesWith([held(category)], { agencyId: 'a', category: wanted }).map(({ law }) => law)).toEqual(laws)
  expect(clashesWith([held(category, 'b')], { agencyId: 'a', category: wanted })).toEqual([])
})

test('which of two jobs came first makes no difference, but for who runs tenders', () => {
  const all = ['0401', '0402', '0403', '0404', '0405', '0406', '0409', '0501', '0502', '0701', '0702', '0703', '0704', '1201', '1203', '1401', '1403', '0101']
  for (const one of all) for (const other of all) expect(clashesWith([held(one)], { agencyId: 'a', category: other }).length).toBe(clashesWith([held(other)], { agencyId: 'a', category: one }).length)
})
