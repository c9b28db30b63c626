import { memberWho } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import type { TenderState } from '../tenders/tender.ts'
import { chainOf } from '#app/domain/divisions/division.ts'
import { countDemands, listDemands, type DemandFigures, type DemandLine } from '#db/views/demands.ts'
import { countTenders, findCurrentVersion } from '#db/views/regulator-desk.ts'
import { prefixOf } from '../guard/find-demands.server.ts'

export type RegulatorDesk = {
  refused: DemandLine[]
  figures: DemandFigures
  tenders: { state: TenderState; count: number }[]
  version: { number: number; effectiveOn: string } | null
}

const NEWEST = 6
const LOOKS_BACK = 30 * 86_400_000

/** What needs a regulator today: demands that were refused, how tenders stand, which list is in force. */
export async function showRegulatorDesk(context: Context): Promise<RegulatorDesk> {
  const { divisionCode } = memberWho(context.actor, 'see:demands')
  const { db } = context
  const at = await context.clock.read(db)
  const divisionPrefix = prefixOf(divisionCode)
  const [refused, figures, tenders, version] = await Promise.all([
    listDemands(db, { divisionPrefix, verdict: 'refused', limit: NEWEST }),
    countDemands(db, { divisionPrefix, from: new Date(at.getTime() - LOOKS_BACK) }),
    countTenders(db, { divisionPrefix, at }),
    findCurrentVersion(db, { divisions: chainOf(divisionCode), on: dayOf(at) }),
  ])
  return { refused, figures, tenders, version }
}
