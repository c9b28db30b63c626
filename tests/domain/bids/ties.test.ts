import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareAnAccount, ticketsOf, tiesBetween, type Identity } from '#app/domain/bids/ties.ts'

let count = 0
const who = (change: Partial<Identity> = {}): Identity => ({ id: `o${(count += 1)}`, name: `机构${count}`, kind: 'organisation', uscc: `U${count}`, legalRepresentative: `法人${count}`, phone: `1${count}`, address: `地址${count}`, supervisorId: null, supervisingAuthority: null, ...change })
const holds = (name: string, share: number, uscc: string | null = null) => ({ name, uscc, share })
const QUARTER = 2500

test.each<[string, Partial<Identity>, Partial<Identity>, boolean]>([
  ['a person who holds a quarter of both', { shareholders: [holds('王一', 2500)] }, { shareholders: [holds('王 一', 9000)] }, true],
  ['a person who holds less of one', { shareholders: [holds('王一', 2499)] }, { shareholders: [holds('王一', 9000)] }, false],
  ['a company in both, once by code and once by name', { shareholders: [holds('某投资', 3000, 'X')] }, { shareholders: [holds('某投资', 3000)] }, true],
  ['one that holds the other by its code', { uscc: 'MOTHER' }, { shareholders: [holds('', 5100, 'MOTHER')] }, true],
  ['one that holds the other by its name', { name: '母公司' }, { shareholders: [holds('母公司', 5100)] }, true],
  ['the person behind one who holds the other', { legalRepresentative: '王一' }, { shareholders: [holds('王一', 5100)] }, true],
  ['a natural person who holds the agency', { kind: 'natural-person', name: '王一', uscc: null, legalRepresentative: null }, { shareholders: [holds('王一', 5100)] }, true],
  ['different holders', { shareholders: [holds('王一', 5000)] }, { shareholders: [holds('王二', 5000)] }, false],
  ['nobody recorded', {}, {}, false],
])('%s', (_, one, other, tied) => {
  const [a, b] = [who(one), who(other)]
  expect(tiesBetween(a, b, null, QUARTER)).toEqual(tied ? ['same-shareholder'] : [])
  expect(tiesBetween(b, a, null, QUARTER)).toEqual(tied ? ['same-shareholder'] : [])
})

test('a share that was given away while the tender ran still counts, one given away before does not', () => {
  const until = new Date('2026-03-02')
  const sold = who({ former: [{ legalRepresentative: null, phone: null, address: null, shareholders: [holds('王一', 5000)], until }] })
  const other = who({ shareholders: [holds('王一', 5000)] })
  expect(tiesBetween(sold, other, new Date('2026-03-01'), QUARTER)).toEqual(['same-shareholder'])
  expect(tiesBetween(sold, other, new Date('2026-03-03'), QUARTER)).toEqual([])
})

test('an account acts for both now, or did since the tender was published', () => {
  const acting = (until: Date | null) => who({ accounts: [{ id: 'x', until }] })
  const since = new Date('2026-03-01')
  expect(shareAnAccount(acting(null), acting(null), since)).toBe(true)
  expect(shareAnAccount(acting(new Date('2026-03-02')), acting(null), since)).toBe(true)
  expect(shareAnAccount(acting(new Date('2026-02-28')), acting(null), since)).toBe(false)
  expect(shareAnAccount(acting(null), who(), since)).toBe(false)
})

test('in whichever order bids came, the same agencies are one ticket, and a smaller share that counts never parts them', () => {
  const holders = fc.array(fc.record({ name: fc.constantFrom('甲', '乙', '丙'), uscc: fc.constant(null), share: fc.integer({ min: 1, max: 10_000 }) }), { maxLength: 3 })
  const bidders = fc.array(holders.map((shareholders) => who({ shareholders })), { maxLength: 6 })
  const groups = (all: Identity[], least: number) => {
    const tickets = ticketsOf(all, null, least)
    return (a: string, b: string) => tickets[all.findIndex(({ id }) => id === a)] === tickets[all.findIndex(({ id }) => id === b)]
  }
  fc.assert(
    fc.property(bidders, fc.integer({ min: 1, max: 10_000 }), (all, least) => {
      const [forwards, backwards, wider] = [groups(all, least), groups([...all].reverse(), least), groups(all, 1)]
      for (const { id: a } of all)
        for (const { id: b } of all) {
          expect(forwards(a, b)).toBe(backwards(a, b))
          if (forwards(a, b)) expect(wider(a, b)).toBe(true)
        }
    }),
  )
})
