import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differentParties, isNewDispute, isSameParty, othersThan, type NamedParty } from '#app/domain/projects/dispute.ts'

const [A, B, ZHAO, QIAN]: NamedParty[] = [{ uscc: '91220100MA0000000A', name: '甲公司' }, { uscc: '91220100MA0000000B', name: '乙公司' }, { uscc: null, name: '赵某' }, { uscc: null, name: '钱某' }] as const

const WHOSE: [who: NamedParty, owners: NamedParty[], applicants: NamedParty[], others: NamedParty[]][] = [
  [A!, [], [], []],
  [A!, [], [A!], []],
  [A!, [], [B!], [B!]],
  [A!, [], [B!, A!], []],
  [A!, [], [B!, B!, ZHAO!], [B!, ZHAO!]],
  [A!, [B!], [A!], [B!]],
  [A!, [A!], [B!], []],
  [A!, [], [{ ...A!, name: '甲公司（旧名）' }], []],
  [ZHAO!, [], [ZHAO!], []],
  [ZHAO!, [], [QIAN!], [QIAN!]],
  [ZHAO!, [], [{ ...A!, name: '赵某' }], [{ ...A!, name: '赵某' }]],
]

test.each(WHOSE)('whom offices know instead of %o, who name %o as owners and %o as applicants', (who, owners, applicants, others) => {
  expect(othersThan(who, { owners, applicants })).toEqual(others)
})

const party = fc.constantFrom(A!, B!, ZHAO!, QIAN!)

test('whoever is named is nobody’s other, each is named once, and what an operator decided about is no new dispute', () => {
  fc.assert(
    fc.property(party, fc.array(party), fc.array(party), (who, owners, applicants) => {
      const others = othersThan(who, { owners, applicants })
      expect(others.some((one) => isSameParty(one, who))).toBe(false)
      expect(differentParties(others)).toEqual(others)
      expect(isNewDispute(others, [])).toBe(others.length > 0)
      expect(isNewDispute(others, [{ outcome: 'registrant', named: others }])).toBe(false)
      expect(isNewDispute(others, [{ outcome: 'mended', named: others }])).toBe(others.length > 0)
    }),
  )
})
