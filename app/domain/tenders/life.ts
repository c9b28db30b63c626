import { z } from 'zod'
import type { Policies } from '#app/domain/divisions/policy.ts'
import { endOf, Period, periodBefore, type Calendar } from '../calendar.ts'

/** Objections to a result under the division's regime: bidding law counts from the publicity, procurement law from the announcement. */
const Objections = z.object({
  regime: z.enum(['bidding', 'procurement']),
  /** How long after the award one may object; null where it is as long as the publicity. */
  period: Period.nullable(),
  answer: Period,
  /** How long after the answer one may complain to the regulator. */
  complaint: Period,
  /** How long the regulator may take for its decision. */
  decided: Period,
  perBidder: z.number().int().min(0),
})

/** An outage longer than `gap` inside the `window` before the deadline moves the deadline by `extension`, for everybody. */
const OutageRule = z.object({ window: Period, gap: Period, extension: Period })
export type OutageRule = z.infer<typeof OutageRule>

/** What governs tenders that were published before these rules were stored: our defaults of that time. */
const BEFORE = {
  changeBeforeClose: { n: 3, unit: 'd' },
  extensionAtMost: { n: 30, unit: 'd' },
  resultAnnounced: { n: 2, unit: 'wd' },
  objections: { regime: 'bidding', period: null, answer: { n: 3, unit: 'd' }, complaint: { n: 10, unit: 'd' }, decided: { n: 30, unit: 'wd' }, perBidder: 3 },
  outage: { window: { n: 2, unit: 'h' }, gap: { n: 5, unit: 'min' }, extension: { n: 1, unit: 'wd' } },
} as const

/** The periods of a tender's life beside its bidding and its draw, as they stood when it was published. */
export const Life = z.object({
  /** How long before the deadline the last question may be asked. */
  questionsBeforeClose: Period,
  /** How long its owner may take for an answer. */
  answer: Period,
  questionsPerAgency: z.number().int().min(0),
  correctionsPerAnswer: z.number().int().min(0),
  /** How long an award is public before it binds. */
  publicity: Period,
  /** How long the winner may decline. */
  decline: Period,
  /** How long before the deadline bidders must know of a change that affects their bids; a later one moves the deadline. */
  changeBeforeClose: Period.default(BEFORE.changeBeforeClose),
  extensionAtMost: Period.default(BEFORE.extensionAtMost),
  /** How long after the draw may begin the result must be announced. */
  resultAnnounced: Period.default(BEFORE.resultAnnounced),
  objections: Objections.default(BEFORE.objections),
  outage: OutageRule.default(BEFORE.outage),
})
export type Life = z.infer<typeof Life>

/** What governs tenders that were published before these periods were stored: our defaults of that time, and no questions. */
export const LIFE_BEFORE: Life = {
  questionsBeforeClose: { n: 2, unit: 'd' },
  answer: { n: 3, unit: 'd' },
  questionsPerAgency: 0,
  correctionsPerAnswer: 0,
  publicity: { n: 3, unit: 'd' },
  decline: { n: 2, unit: 'wd' },
  ...BEFORE,
}

/** What the law leaves no division to shorten: 不得少于3日 (招标投标法实施条例 54). */
const LEAST_PUBLICITY: Period = { n: 3, unit: 'd' }

/**
 * A division's policy on a tender's life.
 *
 * @param demo whether the marketplace only shows how it works: there alone a publicity may be shorter than the law's
 */
export function lifeUnder(policies: Policies, { demo }: { demo: boolean }): Life {
  return {
    questionsBeforeClose: policies.noticeObjectionBeforeClose.value,
    answer: policies.noticeObjectionAnswer.value,
    questionsPerAgency: policies.questionsPerAgency.value,
    correctionsPerAnswer: policies.correctionsPerAnswer.value,
    publicity: demo || isLongEnough(policies.publicity.value) ? policies.publicity.value : LEAST_PUBLICITY,
    decline: policies.decline.value,
    changeBeforeClose: policies.changeBeforeClose.value,
    extensionAtMost: policies.extensionAtMost.value,
    resultAnnounced: policies.resultAnnounced.value,
    objections:
      policies.regime.value === 'procurement'
        ? { regime: 'procurement', period: policies.procurementObjection.value, answer: policies.procurementAnswer.value, complaint: policies.procurementComplaint.value, decided: policies.procurementDecided.value, perBidder: policies.objectionsPerBidder.value }
        : { regime: 'bidding', period: null, answer: policies.objectionAnswer.value, complaint: policies.complaint.value, decided: policies.complaintDecided.value, perBidder: policies.objectionsPerBidder.value },
    outage: { window: policies.outageWindow.value, gap: policies.outageGap.value, extension: policies.outageExtension.value },
  }
}

/**
 * The first instant at which no question is taken any more. Where the bidding is too short for the policy's period,
 * questions are taken in the first half of it: a right that no tender leaves room for would be none.
 */
export function questionsUntil({ publishedAt, closesAt }: { publishedAt: Date; closesAt: Date }, { questionsBeforeClose }: Life, calendar: Calendar): Date {
  const middle = new Date(Math.floor((publishedAt.getTime() + closesAt.getTime()) / 2))
  const last = periodBefore(closesAt, questionsBeforeClose, calendar)
  return last > middle ? last : middle
}

export type AwardTerms = { publicityEndsAt: Date; declineUntil: Date; objectionsUntil: Date }

/**
 * When an award made now binds, and until when it may be declined. It binds when both periods are over and nobody may object any
 * more, so that nothing that binds is ever declined, and no publicity ends before objections do.
 */
export function awardTerms(at: Date, { publicity, decline, objections }: Pick<Life, 'publicity' | 'decline' | 'objections'>, calendar: Calendar): AwardTerms {
  const [declineUntil, publicEnough] = [endOf(at, decline, calendar).at, endOf(at, publicity, calendar).at]
  const objectionsUntil = objections.period && endOf(at, objections.period, calendar).at
  const publicityEndsAt = [declineUntil, publicEnough, objectionsUntil ?? publicEnough].reduce((last, each) => (each > last ? each : last))
  return { publicityEndsAt, declineUntil, objectionsUntil: objectionsUntil ?? publicityEndsAt }
}

/** Periods for which people are waited for before there can be a result: an owner that picks, judges that mark, holders that show their shares. */
type Waits = { pick?: { within: Period } | undefined; scoring?: Period | undefined; sealing?: { release: Period } | undefined }

/** By when the result must be announced: counted from the first instant at which there can be one, and from the end of the time of those who are waited for (政府采购法实施条例 43). */
export function announceBy({ closesAt, drawsAfter }: { closesAt: Date; drawsAfter: Date | null }, { life, pick, scoring, sealing }: { life: Pick<Life, 'resultAnnounced'> } & Waits, calendar: Calendar): Date {
  const after = (from: Date, period: Period | undefined) => (period ? endOf(from, period, calendar).at : from)
  const [value, people] = [drawsAfter ?? closesAt, after(after(closesAt, sealing?.release), scoring)]
  return endOf(after(value > people ? value : people, pick?.within), life.resultAnnounced, calendar).at
}

/** Working days are never fewer days than calendar days; hours are the market's clock and not the law's. */
function isLongEnough({ n, unit }: Period): boolean {
  return (unit === 'd' || unit === 'wd') && n >= LEAST_PUBLICITY.n
}
