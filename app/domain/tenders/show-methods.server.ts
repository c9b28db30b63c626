import type { Day } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { methodsFor } from './open-methods.ts'

/** By which methods a listed service may be bought in its division on a day, and why not by the others. Anybody may read it. */
export async function showMethods({ db }: Pick<Context, 'db'>, { listing: { divisionCode, categoryCode }, on }: { listing: { divisionCode: string; categoryCode: string | null }; on: Day }): Promise<ReturnType<typeof methodsFor>> {
  return methodsFor(await policiesOf(db, divisionCode, on), categoryCode)
}
