import { memberWho } from '#app/domain/accounts/actor.ts'
import { dayOf, type Period } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { showTender } from './show-tender.server.ts'
import type { ShownTender } from './tender-view.ts'

/**
 * A tender as the regulator of its area sees it before holding it, with the longest time that policy gives.
 *
 * Refuses `tenders.no-such-tender`, also to the regulator of another area.
 */
export async function showHold(context: Context, { number }: { number: string }): Promise<{ shown: ShownTender; atMost: Period; mayHold: boolean }> {
  memberWho(context.actor, 'suspend:tender')
  const shown = await showTender(context, { number })
  if (!shown.isRegulator) throw new Refusal('missing', 'tenders.no-such-tender')
  const { regulatorHold } = await policiesOf(context.db, shown.tender.divisionCode, dayOf(shown.at))
  const { state, due } = shown
  // The rounds of an auction run by the clock alone, from its freeze to its end.
  const hasRounds = shown.tender.auction !== null && shown.tender.opening === null
  const mayHold = !hasRounds && ['open', 'closing', 'closed', 'frozen', 'opened', 'publicity'].includes(state) && due !== 'draw' && due !== 'rank'
  return { shown, atMost: regulatorHold.value, mayHold }
}
