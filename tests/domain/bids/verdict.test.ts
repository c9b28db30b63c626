import { expect, test } from 'vitest'
import type { Bidder, Ground } from '#app/domain/bids/eligibility.ts'
import { relationsOf, verdictsOn } from '#app/domain/bids/verdict.ts'
import { chooseWinner } from '#app/domain/awards/award.ts'

const bidder = (id: string, change: Partial<Bidder> = {}): Bidder => ({
  id, name: id, kind: 'organisation', uscc: id, legalRepresentative: id, phone: id.replace(/\D/g, '') || null, address: id, supervisorId: null, supervisingAuthority: null,
  admittedAt: new Date(0), expelledAt: null, serviceDivisions: ['220100'], ...change,
})
const ground: Ground = { at: new Date('2026-03-05T02:00:00Z'), divisionCode: '220100', owner: bidder('owner'), authorities: [] }
const known = (...bidders: Bidder[]) => new Map(bidders.map((each) => [each.id, each]))
const bid = (id: string, agencyId: string, change: { replacedAt?: Date; withdrawnAt?: Date } = {}) => ({ id, agencyId, hash: Buffer.from(id), replacedAt: null, withdrawnAt: null, ...change })

test('every receipt gets a verdict: replaced, withdrawn, not eligible any more, or in', () => {
  const at = new Date(1)
  const bids = [bid('6', 'e'), bid('1', 'a', { replacedAt: at }), bid('2', 'b', { withdrawnAt: at }), bid('3', 'c'), bid('4', 'a'), bid('5', 'd')]
  const verdicts = verdictsOn(bids, known(bidder('a'), bidder('b'), bidder('c', { expelledAt: at }), bidder('d'), bidder('e', { serviceDivisions: null })), ground)
  expect(verdicts.map(({ bid: id, state, reasons }) => [id, state, reasons])).toEqual([
    // It took its offer back after it had bid.
    ['6', 'eligible', []],
    ['1', 'excluded', ['replaced']],
    ['2', 'excluded', ['withdrawn']],
    ['3', 'excluded', ['agreement-ended']],
    ['4', 'eligible', []],
    ['5', 'eligible', []],
  ])
})

test('of related bidders the first stands, and one that is out itself keeps nobody out', () => {
  const tied = { address: '同一处' }
  const bids = [bid('1', 'a'), bid('2', 'b'), bid('3', 'c')]
  const reasons = (...bidders: Bidder[]) => verdictsOn(bids, known(...bidders), ground).map((verdict) => verdict.reasons)
  expect(reasons(bidder('a', tied), bidder('b', tied), bidder('c'))).toEqual([[], ['related-bidder'], []])
  expect(reasons(bidder('a', { ...tied, admittedAt: null }), bidder('b', tied), bidder('c'))).toEqual([['not-admitted'], [], []])
})

test('the award goes down the drawn order to the first who is still eligible', () => {
  const order = ['x', 'y', 'z'].map((label, place) => ({ place: place + 1, label }))
  const out = { expelledAt: new Date(1) }
  expect(chooseWinner(order, known(bidder('x'), bidder('y'), bidder('z')), ground)).toEqual({ winner: order[0], passedOver: [] })
  expect(chooseWinner(order, known(bidder('x', out), bidder('y', { phone: '7' }), bidder('z', { serviceDivisions: null })), { ...ground, owner: bidder('owner', { phone: '07' }) })).toEqual({
    winner: order[2],
    passedOver: [{ place: 1, label: 'x', reasons: ['agreement-ended'] }, { place: 2, label: 'y', reasons: ['same-phone'] }],
  })
  expect(chooseWinner(order.slice(0, 1), known(bidder('x', out)), ground).winner).toBeNull()
})

test('the winner is held against every other bid of its pool, and others are not held against each other', () => {
  const pool = [bid('1', 'a'), bid('2', 'b'), bid('3', 'c'), bid('4', 'd')]
  const all = known(bidder('a', { address: '同一处', phone: '71' }), bidder('b', { address: '同一处' }), bidder('c', { phone: '071' }), bidder('d', { address: '同一处', phone: '71' }))
  const found = (winner: string) => relationsOf(winner, pool, all, ground).map(({ to, by }) => [to, ...by])
  expect(found('1')).toEqual([['2', 'same-address'], ['3', 'same-phone'], ['4', 'same-phone', 'same-address']])
  expect(found('2')).toEqual([['1', 'same-address'], ['4', 'same-address']])
  // What was corrected after the publication ties still.
  const since = new Date('2026-03-01')
  const moved = known(bidder('a'), bidder('b', { former: [{ legalRepresentative: 'a', phone: null, address: null, until: new Date('2026-03-02') }] }))
  expect(relationsOf('1', pool.slice(0, 2), moved, { ...ground, since })).toEqual([{ bid: '1', to: '2', by: ['same-person'] }])
  expect(relationsOf('1', pool.slice(0, 2), moved, ground)).toEqual([])
})
