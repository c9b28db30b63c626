import { findMarketplace } from '#db/repositories/divisions.ts'
import { listGrades, type GradeLine } from '#db/repositories/credit-grades.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { dayOf } from '../calendar.ts'
import type { Context } from '../context.ts'
import { GRADES, type Grade } from './credit-grade.ts'

const MOST_GRADES = 200

/** What a grade is worth in the division of the marketplace today, and every grade that was published, newest first. */
export type ShownCredit = { balls: { grade: Grade; balls: number }[]; unrated: Grade; grades: (GradeLine & { current: boolean })[] }

/** The public page of credit grades. */
export async function showCredit({ db, clock }: Context): Promise<ShownCredit> {
  const at = await clock.read(db)
  const place = await findMarketplace(db)
  const [policies, grades] = await Promise.all([policiesOf(db, place?.divisionCode ?? '', dayOf(at)), listGrades(db, { limit: MOST_GRADES })])
  return { balls: GRADES.map((grade) => ({ grade, balls: policies[`creditBalls${grade}`].value })), unrated: policies.creditUnrated.value, grades: grades.map((line, place) => ({ ...line, current: isCurrent(grades, place) })) }
}

/** The first of an agency and a division, newest first, is the one that counts. */
export function isCurrent(grades: readonly Pick<GradeLine, 'uscc' | 'division'>[], place: number): boolean {
  const { uscc, division } = grades[place]!
  return grades.findIndex((other) => other.uscc === uscc && other.division === division) === place
}
