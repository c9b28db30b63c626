import { findMarketplace } from '#db/repositories/divisions.ts'
import { listVersions } from '#db/repositories/catalogue-versions.ts'
import { dayOf, type Day } from '../calendar.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import type { CatalogueVersion } from './catalogue.ts'

export type ShownVersions = { versions: (CatalogueVersion & { begun: number; ended: number })[]; today: Day; divisionCode: string; divisionName: string }

/** Every version of a division's list, newest first; the marketplace's unless one is named. Anybody may read it. */
export async function showVersions(context: Context, { divisionCode }: { divisionCode?: string } = {}): Promise<ShownVersions> {
  const [at, marketplace] = await Promise.all([context.clock.read(context.db), findMarketplace(context.db)])
  if (!marketplace) throw new Refusal('unavailable', 'catalogue.no-marketplace')
  const division = divisionCode ?? marketplace.divisionCode
  return { versions: await listVersions(context.db, division), today: dayOf(at), divisionCode: division, divisionName: marketplace.divisionName }
}
