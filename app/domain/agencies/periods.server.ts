import { calendarOf } from '#db/repositories/calendar-days.ts'
import { findMarketplace } from '#db/repositories/divisions.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { dayOf, endOf } from '../calendar.ts'
import type { Database } from '../context.ts'
import type { Policies } from '../divisions/policy.ts'

/** The policy under which agencies are admitted: the marketplace's, wherever in the country their seat is. */
export async function policyOfAgencies(db: Database, divisionCode: string, at: Date): Promise<{ policies: Policies; placeCode: string }> {
  const placeCode = (await findMarketplace(db, divisionCode))?.divisionCode ?? (await findMarketplace(db))?.divisionCode ?? divisionCode
  return { policies: await policiesOf(db, placeCode, dayOf(at)), placeCode }
}

/** When the public notice of an agency that is admitted now ends. It binds by being written down: a later policy does not move it. */
export async function noticeEnd(db: Database, divisionCode: string, at: Date): Promise<Date> {
  const { policies, placeCode } = await policyOfAgencies(db, divisionCode, at)
  return endOf(at, policies.agencyNotice.value, await calendarOf(db, placeCode)).at
}
