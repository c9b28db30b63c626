import { expect, test } from 'vitest'
import { bidsLeft } from '#app/domain/bids/bid.ts'
import { Procedure, randomProcedure } from '#app/domain/tenders/procedure.ts'

test.each([
  ['nobody has bid yet', 20, 0, 20],
  ['one bid was replaced once', 20, 2, 18],
  ['one bid is left', 20, 19, 1],
  ['all are used', 20, 20, 0],
  ['only one was ever allowed', 1, 1, 0],
  ['more came in than the rules allow', 3, 8, 0],
])('when %s, of %i with %i received %i are left', (_, bidsPerAgency, received, left) => {
  expect(bidsLeft({ bidsPerAgency }, received)).toBe(left)
})

test.each([
  ['older rules, which did not count bids', {}, 20],
  ['rules that say a number', { bidsPerAgency: 3 }, 3],
  ['rules that let nobody bid', { bidsPerAgency: 0 }, null],
  ['rules with half a bid', { bidsPerAgency: 1.5 }, null],
])('%s', (_, said, expected) => {
  const { bidsPerAgency: _now, ...older } = randomProcedure({ minimumBidders: 2, application: { n: 3, unit: 'wd' }, drawDelay: { n: 1, unit: 'h' }, bidsPerAgency: 20 })
  expect(Procedure.safeParse({ ...older, ...said }).data?.bidsPerAgency ?? null).toBe(expected)
})
