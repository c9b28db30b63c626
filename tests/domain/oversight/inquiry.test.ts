import { expect, test } from 'vitest'
import { inquiryStateAt, mustBeContestable, mustBeContested, mustBeDecidable, mustBeSubmitted, mustTakeRectification, mustTakeReply, rectificationAt, type InquiryFacts } from '#app/domain/oversight/inquiry.ts'
import { regulatorsItems, respondentsItems } from '#app/domain/oversight/inquiry-agenda.ts'
import { readPlace, placeText } from '#app/domain/oversight/lead.ts'
import { isRefusal } from '#app/domain/refusal.ts'

const day = (n: number) => new Date(Date.UTC(2026, 0, n))
const OPENED: InquiryFacts = { replyBy: day(8), repliedAt: null, finding: null, contest: null, contestAnswer: null, rectifications: [] }
const REPLIED = { ...OPENED, repliedAt: day(5) }
const found = (outcome: 'unfounded' | 'violation' | 'referred'): InquiryFacts => ({ ...REPLIED, finding: { outcome, foundAt: day(9), contestBy: outcome === 'violation' ? day(60) : null, rectifyBy: outcome === 'violation' ? day(30) : null } })
const VIOLATION = found('violation')
const CONTESTED: InquiryFacts = { ...VIOLATION, contest: { contestedAt: day(20), decideBy: day(34) } }
const KEPT: InquiryFacts = { ...CONTESTED, contestAnswer: { outcome: 'kept', answeredAt: day(33) } }
const REVOKED: InquiryFacts = { ...CONTESTED, contestAnswer: { outcome: 'revoked', answeredAt: day(33) } }
const round = (accepted: boolean | null, againBy: Date | null = null) => ({ submittedAt: day(25), verdict: accepted === null ? null : { accepted, againBy } })

test('where a file stands is read from what happened and the hour', () => {
  const rows: [string, InquiryFacts, Date, string, string | null][] = [
    ['opened', OPENED, day(2), 'awaiting-reply', null],
    ['a millisecond before the period ends', OPENED, new Date(day(8).getTime() - 1), 'awaiting-reply', null],
    ['the period is over', OPENED, day(8), 'to-decide', null],
    ['replied in the period', REPLIED, day(6), 'to-decide', null],
    ['unfounded', found('unfounded'), day(10), 'unfounded', null],
    ['referred', found('referred'), day(10), 'referred', null],
    ['a violation, fresh', VIOLATION, day(10), 'contestable', 'due'],
    ['not put right in time', VIOLATION, day(30), 'contestable', 'overdue'],
    ['a proof waits', { ...VIOLATION, rectifications: [round(null)] }, day(40), 'contestable', 'submitted'],
    ['a proof was not enough', { ...VIOLATION, rectifications: [round(false, day(50))] }, day(40), 'contestable', 'due'],
    ['and the second time is over too', { ...VIOLATION, rectifications: [round(false, day(50))] }, day(50), 'contestable', 'overdue'],
    ['put right', { ...VIOLATION, rectifications: [round(false, day(50)), round(true)] }, day(55), 'contestable', 'accepted'],
    ['a millisecond before it is final', VIOLATION, new Date(day(60).getTime() - 1), 'contestable', 'overdue'],
    ['final', VIOLATION, day(60), 'final', 'overdue'],
    ['under review', CONTESTED, day(21), 'contested', 'due'],
    ['a review that nobody answers holds it for ever', CONTESTED, day(200), 'contested', 'overdue'],
    ['kept, with which it is final', KEPT, day(40), 'final', 'overdue'],
    ['kept, long ago', KEPT, day(60), 'final', 'overdue'],
    ['revoked', REVOKED, day(200), 'revoked', null],
  ]
  for (const [what, facts, at, state, rectification] of rows) expect([what, inquiryStateAt(facts, at), rectificationAt(facts, at)?.state ?? null]).toEqual([what, state, rectification])
})

test('each act is taken in its states and refused in all others, with its reason', () => {
  const codeOf = (act: () => void) => {
    try {
      act()
      return null
    } catch (error) {
      if (isRefusal(error)) return error.code
      throw error
    }
  }
  const rows: [string, () => void, string | null][] = [
    ['a finding before the reply', () => mustBeDecidable(OPENED, day(2)), 'inquiries.reply-first'],
    ['a finding after the reply', () => mustBeDecidable(REPLIED, day(6)), null],
    ['a finding after the period', () => mustBeDecidable(OPENED, day(8)), null],
    ['a second finding', () => mustBeDecidable(VIOLATION, day(10)), 'inquiries.decided-already'],
    ['a late reply', () => mustTakeReply(OPENED), null],
    ['a second reply', () => mustTakeReply(REPLIED), 'inquiries.replied-already'],
    ['a reply to a finding', () => mustTakeReply(VIOLATION), 'inquiries.decided-already'],
    ['a review in time', () => mustBeContestable(VIOLATION, day(59)), null],
    ['a review on the last instant', () => mustBeContestable(VIOLATION, day(60)), 'inquiries.not-contestable'],
    ['a review of nothing', () => mustBeContestable(REPLIED, day(6)), 'inquiries.not-contestable'],
    ['a second review', () => mustBeContestable(KEPT, day(40)), 'inquiries.not-contestable'],
    ['an answer to a review', () => mustBeContested(CONTESTED), null],
    ['a second answer', () => mustBeContested(KEPT), 'inquiries.not-contested'],
    ['an answer to none', () => mustBeContested(VIOLATION), 'inquiries.not-contested'],
    ['a proof in time', () => mustTakeRectification(VIOLATION, day(10)), null],
    ['a proof too late', () => mustTakeRectification(VIOLATION, day(31)), null],
    ['a proof while one waits', () => mustTakeRectification({ ...VIOLATION, rectifications: [round(null)] }, day(26)), 'inquiries.nothing-to-rectify'],
    ['a proof where nothing is found', () => mustTakeRectification(found('unfounded'), day(10)), 'inquiries.nothing-to-rectify'],
    ['a proof of what is revoked', () => mustTakeRectification(REVOKED, day(40)), 'inquiries.nothing-to-rectify'],
    ['a verdict on a proof', () => mustBeSubmitted({ ...VIOLATION, rectifications: [round(null)] }, day(26)), null],
    ['a verdict on none', () => mustBeSubmitted(VIOLATION, day(26)), 'inquiries.nothing-submitted'],
  ]
  for (const [what, act, code] of rows) expect([what, codeOf(act)]).toEqual([what, code])
})

test('a file stands on the desk of whoever has to act in it, and on nobody else’s', () => {
  const line = (facts: InquiryFacts) => ({ number: 'HC-220100-2026-000001', respondent: '水务局', listing: null, openedAt: day(1), facts })
  const kinds = (facts: InquiryFacts, at: Date) => [regulatorsItems(line(facts), at).map(({ kind }) => kind), respondentsItems(line(facts), at).map(({ kind }) => kind)]
  expect(kinds(OPENED, day(2))).toEqual([[], ['inquiry-to-answer']])
  expect(kinds(REPLIED, day(6))).toEqual([['inquiry-to-decide'], []])
  expect(kinds(found('unfounded'), day(10))).toEqual([[], []])
  expect(kinds(VIOLATION, day(10))).toEqual([[], ['violation-to-rectify']])
  expect(kinds(VIOLATION, day(30))).toEqual([['rectification-overdue'], ['violation-to-rectify']])
  expect(kinds(CONTESTED, day(21))).toEqual([['contest-to-answer'], ['violation-to-rectify']])
  expect(kinds({ ...CONTESTED, rectifications: [round(null)] }, day(26))).toEqual([['contest-to-answer', 'rectification-to-judge'], []])
  expect(kinds({ ...VIOLATION, rectifications: [round(true)] }, day(100))).toEqual([[], []])
})

test('a page of leads goes on behind a kind of two digits too', () => {
  const place = { urgency: 'Infinity', rank: 12, newest: '-1764000000.5', key: 'a:b' }
  expect(readPlace(placeText(place))).toEqual(place)
})
