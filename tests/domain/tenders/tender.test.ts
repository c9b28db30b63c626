import fc from 'fast-check'
import { expect, test } from 'vitest'
import { discard, dueStep, publish, statusAt, TENDER_STATE_NAMES, TENDER_STATES, tenderNumber, type TenderFacts } from '#app/domain/tenders/tender.ts'

const minute = (n: number) => new Date(Date.UTC(2026, 10, 22, 1, n))
const publication = { publishedAt: minute(0), closesAt: minute(10), drawsAfter: minute(20), drawSource: 'local' as const, sealing: null }
const DRAFT: TenderFacts = { publication: null, discardedAt: null, closing: null, frozenAt: null, releases: 0, auction: null, opening: null, beaconAt: null, drawnAt: null, shortlist: null, openQuestions: 0, openObjections: 0, cancellation: null, suspension: null, awardedAt: null, publicityEndsAt: null }
const OPEN: TenderFacts = { ...DRAFT, publication }
const closing = { closedAt: minute(10), outcome: 'to-draw' as const, eligible: 3, excluded: 0 }
const AUCTION = { startsAt: minute(15), endsAt: minute(18) }
const AWARDED: TenderFacts = { ...OPEN, closing, frozenAt: minute(12), drawnAt: minute(21), awardedAt: minute(21), publicityEndsAt: minute(30) }
const HOLD = { suspendedAt: minute(4), until: minute(40) }
const SEALED: TenderFacts = { ...OPEN, publication: { ...publication, sealing: { suite: 'intl-1', holders: [] } }, closing: { ...closing, outcome: 'to-open' } }
const opening = { openedAt: minute(13), decidesAfter: minute(20), explainUntil: minute(20), outcome: 'to-rank' as const, valid: 3, invalid: 0 }

const LISTED: TenderFacts = { ...OPEN, closing, frozenAt: minute(12), drawnAt: minute(21), shortlist: { pickBy: minute(40), pickedAt: null } }

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
  ['an auction whose rounds have not begun', { ...OPEN, closing, frozenAt: minute(12), auction: AUCTION }, minute(14), 'frozen', null],
  ['an auction in its first instant', { ...OPEN, closing, frozenAt: minute(12), auction: AUCTION }, minute(15), 'auction', null],
  ['an auction whose last round is over', { ...OPEN, closing, frozenAt: minute(12), auction: AUCTION }, minute(18), 'auction', 'end'],
  ['an auction that its owner cancelled while it ran', { ...OPEN, closing, frozenAt: minute(12), auction: AUCTION, cancellation: { cancelledAt: minute(16), afterValue: false } }, minute(18), 'cancelled', null],
  ['an auction that was cancelled after its last round', { ...OPEN, closing, frozenAt: minute(12), auction: AUCTION, cancellation: { cancelledAt: minute(19), afterValue: true } }, minute(19), 'auction', 'end'],
  ['an auction that is held', { ...OPEN, closing, frozenAt: minute(12), auction: AUCTION, suspension: HOLD }, minute(18), 'suspended', null],
  ['opened prices while low ones are explained', { ...SEALED, frozenAt: minute(12), opening }, minute(19), 'opened', null],
  ['opened prices whose value may be taken', { ...SEALED, frozenAt: minute(12), opening }, minute(20), 'opened', 'rank'],
  ['opened prices of which too few are valid', { ...SEALED, frozenAt: minute(12), opening: { ...opening, outcome: 'too-few-valid' as const } }, minute(20), 'failed', null],
  ['an awarded tender a millisecond before its publicity ends', AWARDED, new Date(minute(30).getTime() - 1), 'publicity', null],
  ['an awarded tender whose publicity is over', AWARDED, minute(30), 'awarded', null],
  ['an award whose publicity is over while an objection waits', { ...AWARDED, openObjections: 1 }, minute(70), 'publicity', null],
  ['an open tender that is held', { ...OPEN, suspension: HOLD }, minute(5), 'suspended', null],
  ['a held tender past its deadline', { ...OPEN, suspension: HOLD }, minute(39), 'suspended', null],
  ['a hold whose longest time is over', { ...OPEN, suspension: HOLD }, minute(40), 'suspended', 'resume'],
  ['a frozen tender that is held when its value may be taken', { ...OPEN, closing, frozenAt: minute(12), suspension: HOLD }, minute(25), 'suspended', null],
  ['an award that is held when its publicity is over', { ...AWARDED, suspension: HOLD }, minute(35), 'suspended', null],
  ['an open tender that its owner cancelled', { ...OPEN, cancellation: { cancelledAt: minute(4), afterValue: false } }, minute(5), 'cancelled', null],
  ['the same past its deadline', { ...OPEN, cancellation: { cancelledAt: minute(4), afterValue: false } }, minute(50), 'cancelled', null],
  ['a tender that was cancelled after its freeze', { ...OPEN, closing, frozenAt: minute(12), cancellation: { cancelledAt: minute(13), afterValue: true } }, minute(20), 'frozen', 'draw'],
  ['the same when it is drawn', { ...OPEN, closing, frozenAt: minute(12), drawnAt: minute(21), cancellation: { cancelledAt: minute(13), afterValue: true } }, minute(21), 'cancelled', null],
  ['a drawn tender in which nobody was eligible any more', { ...OPEN, closing, frozenAt: minute(12), drawnAt: minute(21) }, minute(22), 'failed', null],
  ['a small list a millisecond before its owner has to have picked', LISTED, new Date(minute(40).getTime() - 1), 'shortlisted', null],
  ['a small list from which nobody was picked in time', LISTED, minute(40), 'shortlisted', 'pick'],
  ['a pick that is public', { ...LISTED, shortlist: { pickBy: minute(40), pickedAt: minute(25) }, awardedAt: minute(25), publicityEndsAt: minute(50) }, minute(41), 'publicity', null],
  ['a small list whose agencies are all out', { ...LISTED, shortlist: { pickBy: minute(40), pickedAt: minute(40) } }, minute(41), 'failed', null],
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
    isAuctioned: fc.boolean(),
    isListed: fc.boolean(),
    outcome: fc.constantFrom('to-draw' as const, 'too-few-bidders' as const),
    at: fc.integer({ min: 0, max: 60 }),
    isHeld: fc.boolean(),
    objections: fc.nat({ max: 2 }),
    cancelled: fc.constantFrom(null, false, true),
  })
  fc.assert(
    fc.property(lives, ({ published, discarded, stage, outcome, at, isSealed, isValid, isHeld, objections, cancelled, isAuctioned, isListed }) => {
      const after = at >= 10 && published
      const isPooled = after && outcome === 'to-draw'
      const drawn = isPooled && (!isSealed || isValid)
      const facts: TenderFacts = {
        publication: published ? { ...publication, sealing: isSealed ? { suite: 'intl-1', holders: [] } : null } : null,
        discardedAt: discarded && !published ? minute(1) : null,
        closing: after && stage >= 1 ? { ...closing, outcome: isSealed && outcome === 'to-draw' ? 'to-open' : outcome } : null,
        opening: isPooled && isSealed && stage >= 3 ? { ...opening, outcome: isValid ? 'to-rank' : 'too-few-valid' } : null,
        frozenAt: isPooled && stage >= 2 ? minute(12) : null,
        releases: 0,
        auction: isSealed && isPooled && stage >= 2 && isAuctioned ? AUCTION : null,
        beaconAt: null,
        drawnAt: drawn && stage >= 3 ? minute(21) : null,
        shortlist: drawn && !isSealed && isListed && stage >= 3 ? { pickBy: minute(40), pickedAt: stage >= 4 ? minute(22) : null } : null,
        openQuestions: published && stage === 0 ? 1 : 0,
        openObjections: drawn && stage >= 4 && cancelled === null ? objections : 0,
        suspension: published && isHeld ? HOLD : null,
        // Nobody cancels a failed tender, and a cancelled one is never awarded; without a frozen pool nothing is decided.
        cancellation: published && cancelled !== null && (!after || outcome === 'to-draw') ? { cancelledAt: minute(5), afterValue: cancelled && isPooled && stage >= 2 } : null,
        awardedAt: drawn && stage >= 4 && cancelled === null ? minute(21) : null,
        publicityEndsAt: drawn && stage >= 4 && cancelled === null ? minute(30) : null,
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
