import { z } from 'zod'
import type { Policies } from '#app/domain/divisions/policy.ts'
import { endOf, Period, periodBefore, type Calendar } from '../calendar.ts'

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

/**
 * When an award made now binds, and until when it may be declined. It binds when both periods are over, so that nothing
 * that binds is ever declined.
 */
export function awardTerms(at: Date, { publicity, decline }: Pick<Life, 'publicity' | 'decline'>, calendar: Calendar): { publicityEndsAt: Date; declineUntil: Date } {
  const [publicityEndsAt, declineUntil] = [endOf(at, publicity, calendar).at, endOf(at, decline, calendar).at]
  return { publicityEndsAt: publicityEndsAt > declineUntil ? publicityEndsAt : declineUntil, declineUntil }
}

/** Working days are never fewer days than calendar days; hours are the market's clock and not the law's. */
function isLongEnough({ n, unit }: Period): boolean {
  return (unit === 'd' || unit === 'wd') && n >= LEAST_PUBLICITY.n
}
