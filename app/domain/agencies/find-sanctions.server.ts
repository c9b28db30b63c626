import { listSanctions, type SanctionLine } from '#db/repositories/sanctions.ts'
import { memberWho } from '../accounts/actor.ts'
import { dayOf } from '../calendar.ts'
import type { Context } from '../context.ts'
import { prefixOf } from '../divisions/division.ts'
import { suspends } from './sanction.ts'

const MOST = 200

/** What a regulator has on file against the agencies of its division, whether it holds now or not; `mayAgree` where the reader can be the second officer. Refuses `accounts.not-allowed`. */
export async function findSanctions({ db, clock, actor }: Context): Promise<{ sanctions: (Omit<SanctionLine, 'recordedBy'> & { holds: boolean; mayAgree: boolean })[]; today: string }> {
  const { divisionCode, accountId } = memberWho(actor, 'record:sanction')
  const [at, sanctions] = await Promise.all([clock.read(db), listSanctions(db, { divisionPrefix: prefixOf(divisionCode), limit: MOST })])
  return { sanctions: sanctions.map(({ recordedBy, ...one }) => ({ ...one, holds: suspends(one, at), mayAgree: recordedBy !== accountId && !one.agreedAt && suspends(one, at) })), today: dayOf(at) }
}
