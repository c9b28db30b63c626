import { findDivision, findMarketplace, listDivisionsBelow } from '#db/repositories/divisions.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import type { Division } from '../divisions/division.ts'

/** Where a project may lie: the open marketplace's city and its districts. */
export async function prepareProject(context: Context): Promise<{ divisions: Division[] }> {
  const { divisionCode } = memberWho(context.actor, 'register:project')
  const marketplace = (await findMarketplace(context.db, divisionCode)) ?? (await findMarketplace(context.db))
  if (!marketplace) return { divisions: [] }
  const [own, below] = await Promise.all([findDivision(context.db, marketplace.divisionCode), listDivisionsBelow(context.db, marketplace.divisionCode)])
  return { divisions: [...(own ? [own] : []), ...below] }
}
