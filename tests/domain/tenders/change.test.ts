import { expect, test } from 'vitest'
import { NATIONAL_CALENDAR, type Period } from '#app/domain/calendar.ts'
import { cancelled, closesAfterChange, closesAfterExtension, datesAt, differences, mustBeHoldable } from '#app/domain/tenders/change.ts'
import { LIFE_BEFORE } from '#app/domain/tenders/life.ts'
import { randomProcedure } from '#app/domain/tenders/procedure.ts'
import { NOTHING_YET, type Tender } from '#app/domain/tenders/tender.ts'

const at = (text: string) => new Date(`${text}+08:00`)
const procedure = randomProcedure({ minimumBidders: 2, application: { n: 3, unit: 'wd' }, drawDelay: { n: 1, unit: 'h' }, bidsPerAgency: 20, life: LIFE_BEFORE })
const publication = { publishedAt: at('2026-11-20T10:00'), closesAt: at('2026-11-26T00:00'), drawsAfter: at('2026-11-26T01:00'), questionsUntil: at('2026-11-24T00:00'), procedure, sealing: null } as unknown as NonNullable<Tender['publication']>
const tender = { ...NOTHING_YET, publication, requirements: '按规范完成。', deliverables: '', contact: '', serviceDays: 10 } as unknown as Tender & { publication: NonNullable<Tender['publication']> }
const auction = { startsAt: at('2026-11-26T00:30'), endsAt: at('2026-11-26T01:30') }
const auctioned: Partial<Tender> = { publication: { ...publication, drawsAfter: at('2026-11-26T02:00'), procedure: { ...procedure, method: 'live-auction' } as never }, closing: { closedAt: at('2026-11-26T00:00'), outcome: 'to-auction', eligible: 3, excluded: 0 }, frozenAt: at('2026-11-26T00:01'), auction }
const listed: Partial<Tender> = { closing: { closedAt: at('2026-11-26T00:00'), outcome: 'to-draw', eligible: 5, excluded: 0 }, frozenAt: at('2026-11-26T00:01'), drawnAt: at('2026-11-26T01:00'), shortlist: { pickBy: at('2026-12-03T00:00'), pickedAt: null } }
const closing = { closedAt: at('2026-11-26T00:00'), outcome: 'to-draw' as const, eligible: 3, excluded: 0 }

test('a correction is what differs; the contact affects no bid', () => {
  expect(differences(tender, { ...tender, serviceDays: 20 })).toEqual({ before: { serviceDays: 10 }, after: { serviceDays: 20 }, material: true })
  expect(differences(tender, { ...tender, contact: '0431-00000000' })).toMatchObject({ material: false })
  expect(() => differences(tender, tender)).toThrow('changes.nothing')
})

test.each([
  ['with more than three days left stays', '2026-11-22T10:00', '2026-11-26T00:00'],
  ['with a day left moves to three whole days', '2026-11-24T10:00', '2026-11-28T00:00'],
  ['before a weekend moves over it', '2026-11-25T10:00', '2026-12-01T00:00'],
])('after a material change a deadline %s', (_, now, closes) => {
  expect(closesAfterChange(publication, at(now), NATIONAL_CALENDAR)).toEqual(at(closes))
})

test('every date follows a later deadline, and none goes back', () => {
  const dates = datesAt(tender, at('2026-11-28T00:00'), NATIONAL_CALENDAR)
  expect(dates).toEqual({ closesAt: at('2026-11-28T00:00'), drawsAfter: at('2026-11-28T01:00'), questionsUntil: at('2026-11-26T00:00'), announceBy: at('2026-12-02T00:00') })
})

test.each<[string, object, string]>([
  ['an owner picks', { method: 'credit-shortlist', pick: { within: { n: 5, unit: 'wd' } } }, '2026-12-09T00:00'],
  ['judges mark', { method: 'merit', scoring: { n: 5, unit: 'wd' } }, '2026-12-09T00:00'],
  ['holders show their shares', { sealing: { mode: 'two-keys', threshold: 2, release: { n: 1, unit: 'wd' } } }, '2026-12-04T00:00'],
])('a result is announced later where %s', (_, waits, by) => {
  const waiting = { ...tender, publication: { ...publication, procedure: { ...procedure, ...waits } as never } }
  expect(datesAt(waiting, at('2026-11-28T00:00'), NATIONAL_CALENDAR)).toMatchObject({ drawsAfter: at('2026-11-28T01:00'), announceBy: at(by) })
})

test.each<[Period, string | null]>([
  [{ n: 1, unit: 'd' }, '2026-11-28T00:00'],
  [{ n: 90, unit: 'd' }, null],
])('an extension by %j', (by, closes) => {
  const extend = () => closesAfterExtension(publication, by, NATIONAL_CALENDAR)
  if (closes) expect(extend()).toEqual(at(closes))
  else expect(extend).toThrow('changes.too-far')
})

test.each<[string, Partial<Tender>, string, boolean | string]>([
  ['while bids are taken', {}, '2026-11-21T10:00', false],
  ['while it waits for its freeze', { closing }, '2026-11-26T00:10', false],
  ['unfrozen, when the value’s time has come', { closing }, '2026-11-26T01:00', true],
  ['once its pool is frozen', { closing, frozenAt: at('2026-11-26T00:01') }, '2026-11-26T00:10', true],
  ['while an auction’s rounds run', auctioned, '2026-11-26T01:29', false],
  ['once an auction’s last round is over', auctioned, '2026-11-26T01:30', true],
  ['once its small list is public', listed, '2026-11-26T02:00', 'changes.cancel-late'],
  ['once it is drawn and awarded', { closing, frozenAt: at('2026-11-26T00:01'), drawnAt: at('2026-11-26T01:00'), awardedAt: at('2026-11-26T01:00'), publicityEndsAt: at('2026-12-01T00:00') }, '2026-11-27T00:00', 'changes.cancel-late'],
  ['while the regulator holds it', { suspension: { suspendedAt: at('2026-11-21T00:00'), until: at('2026-11-23T00:00') } }, '2026-11-21T10:00', 'changes.suspended'],
  ['a second time', { cancellation: { cancelledAt: at('2026-11-21T00:00'), afterValue: false } }, '2026-11-21T10:00', 'changes.cancelled'],
])('cancelling %s: after the value %s', (_, facts, now, expected) => {
  const cancel = () => cancelled({ ...tender, ...facts }, at(now))
  if (typeof expected === 'string') expect(cancel).toThrow(expected)
  else expect(cancel()).toEqual({ cancelledAt: at(now), afterValue: expected })
})

test.each<[string, Partial<Tender>, string, string | null]>([
  ['while bids are taken', {}, '2026-11-21T10:00', null],
  ['frozen, before the value’s time', { closing, frozenAt: at('2026-11-26T00:01') }, '2026-11-26T00:30', null],
  ['frozen, when the value’s time has come', { closing, frozenAt: at('2026-11-26T00:01') }, '2026-11-26T01:00', 'changes.suspend-late'],
  ['whose auction has not begun', auctioned, '2026-11-26T00:10', 'changes.suspend-auction'],
  ['whose auction runs', auctioned, '2026-11-26T01:00', 'changes.suspend-auction'],
  ['whose auction has ended', { ...auctioned, opening: { openedAt: at('2026-11-26T01:30'), decidesAfter: at('2026-11-26T02:00'), explainUntil: at('2026-11-26T02:00'), outcome: 'to-rank', valid: 3, invalid: 0 } }, '2026-11-26T01:40', null],
  ['whose owner picks', listed, '2026-11-26T02:00', null],
  ['whose owner had time to pick', listed, '2026-12-03T00:00', 'changes.suspend-late'],
  ['that failed', { closing: { ...closing, outcome: 'too-few-bidders' } }, '2026-11-26T01:00', 'changes.suspend-late'],
  ['that is held', { suspension: { suspendedAt: at('2026-11-21T00:00'), until: at('2026-11-23T00:00') } }, '2026-11-21T10:00', 'changes.suspended'],
])('holding a tender %s', (_, facts, now, expected) => {
  const hold = () => mustBeHoldable({ ...tender, ...facts }, at(now))
  if (expected) expect(hold).toThrow(expected)
  else expect(hold).not.toThrow()
})
