import fc from 'fast-check'
import { expect, test } from 'vitest'
import { discard, dueStep, publish, statusAt, TENDER_STATE_NAMES, TENDER_STATES, tenderNumber, type TenderFacts } from '#app/domain/tenders/tender.ts'

const minute = (n: number) => new Date(Date.UTC(2026, 10, 22, 1, n))
const publication = { publishedAt: minute(0), closesAt: minute(10), drawsAfter: minute(20), drawSource: 'local' as const, sealing: null }
const DRAFT: TenderFacts = { publication: null, discardedAt: null, closing: null, frozenAt: null, opening: null, beaconAt: null, drawnAt: null, openQuestions: 0, awardedAt: null, publicityEndsAt: null }
const OPEN: TenderFacts = { ...DRAFT, publication }
const closing = { closedAt: minute(10), outcome: 'to-draw' as const, eligible: 3, excluded: 0 }
const AWARDED: TenderFacts = { ...OPEN, closing, frozenAt: minute(12), drawnAt: minute(21), awardedAt: minute(21), publicityEndsAt: minute(30) }
const SEALED: TenderFacts = { ...OPEN, publication: { ...publication, sealing: { suite: 'intl-1', holders: [] } }, closing: { ...closing, outcome: 'to-open' } }
const opening = { openedAt: minute(13), decidesAfter: minute(20), outcome: 'to-rank' as const, valid: 3, invalid: 0 }

test.each([
  ['a draft', DRAFT, minute(5), 'draft', null],
  ['a draft that was thrown away', { ...DRAFT, discardedAt: minute(1) }, minute(5), 'discarded', null],
  ['a published tender a millisecond before its deadline', OPEN, new Date(minute(10).getTime() - 1), 'open', null],
  ['a published tender at its deadline', OPEN, minute(10), 'closing', 'close'],
  ['a tender that nobody closed for an hour', OPEN, minute(70), 'closing', 'close'],
  ['a tender past its deadline with a question that waits for its answer', { ...OPEN, openQuestions: 1 }, minute(70), 'closing', null],
  ['an open tender with a question', { ...OPEN, openQuestions: 1 }, minute(5), 'open', null],
  ['a closed tender', { ...OPEN, closing }, minute(11), 'closed', 'freeze'],
  ['a closed tender with too few bidders', { ...OPEN, closing: { ...closing, outcome: 'too-few-bidders' as const } }, minute(11), 'failed', null],
  ['a frozen tender before its value can exist', { ...OPEN, closing, frozenAt: minute(12) }, minute(19), 'frozen', null],
  ['a frozen tender whose value may be taken', { ...OPEN, closing, frozenAt: minute(12) }, minute(20), 'frozen', 'draw'],
  ['a frozen tender whose value from outside is late', { ...OPEN, publication: { ...publication, drawSource: 'drand' }, closing, frozenAt: minute(12) }, minute(50), 'frozen', null],
  ['a frozen tender whose value from outside has come', { ...OPEN, publication: { ...publication, drawSource: 'drand' }, closing, frozenAt: minute(12), beaconAt: minute(20) }, minute(20), 'frozen', 'draw'],
  ['opened prices whose value from outside is late', { ...SEALED, publication: { ...SEALED.publication!, drawSource: 'lottery' }, frozenAt: minute(12), opening }, minute(50), 'opened', null],
  ['sealed bids whose pool is not frozen yet', SEALED, minute(11), 'closed', 'freeze'],
  ['sealed bids under a frozen pool', { ...SEALED, frozenAt: minute(12) }, minute(12), 'frozen', 'open'],
  ['opened prices while low ones are explained', { ...SEALED, frozenAt: minute(12), opening }, minute(19), 'opened', null],
  ['opened prices whose value may be taken', { ...SEALED, frozenAt: minute(12), opening }, minute(20), 'opened', 'rank'],
  ['opened prices of which too few are valid', { ...SEALED, frozenAt: minute(12), opening: { ...opening, outcome: 'too-few-valid' as const } }, minute(20), 'failed', null],
  ['an awarded tender a millisecond before its publicity ends', AWARDED, new Date(minute(30).getTime() - 1), 'publicity', null],
  ['an awarded tender whose publicity is over', AWARDED, minute(30), 'awarded', null],
  ['a drawn tender in which nobody was eligible any more', { ...OPEN, closing, frozenAt: minute(12), drawnAt: minute(21) }, minute(22), 'failed', null],
] as const)('%s is what its facts say', (_, facts, at, state, step) => {
  expect(statusAt(facts as TenderFacts, at)).toBe(state)
  expect(dueStep(facts as TenderFacts, at)).toBe(step)
})

test('exactly one state holds at any instant of any life', () => {
  const lives = fc.record({
    published: fc.boolean(),
    discarded: fc.boolean(),
    stage: fc.integer({ min: 0, max: 4 }),
    isSealed: fc.boolean(),
    isValid: fc.boolean(),
    outcome: fc.constantFrom('to-draw' as const, 'too-few-bidders' as const),
    at: fc.integer({ min: 0, max: 60 }),
  })
  fc.assert(
    fc.property(lives, ({ published, discarded, stage, outcome, at, isSealed, isValid }) => {
      const after = at >= 10 && published
      const isPooled = after && outcome === 'to-draw'
      const drawn = isPooled && (!isSealed || isValid)
      const facts: TenderFacts = {
        publication: published ? { ...publication, sealing: isSealed ? { suite: 'intl-1', holders: [] } : null } : null,
        discardedAt: discarded && !published ? minute(1) : null,
        closing: after && stage >= 1 ? { ...closing, outcome: isSealed && outcome === 'to-draw' ? 'to-open' : outcome } : null,
        opening: isPooled && isSealed && stage >= 3 ? { ...opening, outcome: isValid ? 'to-rank' : 'too-few-valid' } : null,
        frozenAt: isPooled && stage >= 2 ? minute(12) : null,
        beaconAt: null,
        drawnAt: drawn && stage >= 3 ? minute(21) : null,
        openQuestions: published && stage === 0 ? 1 : 0,
        awardedAt: drawn && stage >= 4 ? minute(21) : null,
        publicityEndsAt: drawn && stage >= 4 ? minute(30) : null,
      }
      const holding = TENDER_STATE_NAMES.filter((name) => TENDER_STATES[name](facts, minute(at)))
      expect(holding).toHaveLength(1)
    }),
  )
})

test('only a draft can be thrown away', () => {
  const tender = { ...OPEN, id: 't' } as Parameters<typeof discard>[0]
  expect(() => discard(tender, minute(5))).toThrow('tenders.not-a-draft')
})

test.each([
  ['another wording', { listingId: 'other' }],
  ['another place', { divisionCode: '220102' }],
  ['another ceiling', { ceilingFen: 1 }],
  ['yesterday', { day: '2026-11-21' }],
])('a clearance for %s publishes nothing', (_, change) => {
  const draft = { ...DRAFT, listingId: 'wording', divisionCode: '220106', ceilingFen: 100 } as Parameters<typeof publish>[0]
  const fitting = { listingId: 'wording', divisionCode: '220106', ceilingFen: 100, day: '2026-11-22' }
  // No test can mint a clearance; what the noun does with one that lies is looked at through a cast to nothing in particular.
  expect(publish(draft, fitting as never, minute(5), {} as never).publication.publishedAt).toEqual(minute(5))
  expect(() => publish(draft, { ...fitting, ...change } as never, minute(5), {} as never)).toThrow('tenders.clearance-differs')
})

test('a number names the division, the year and the count', () => {
  expect(tenderNumber('220100', 2026, 123)).toBe('MD-220100-2026-000123')
  expect(tenderNumber('220100', 2026, 1_000_001)).toBe('MD-220100-2026-1000001')
})
