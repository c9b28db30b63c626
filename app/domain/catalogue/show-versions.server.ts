import { findDivision, findMarketplace } from '#db/repositories/divisions.ts'
import { listVersions } from '#db/repositories/catalogue-versions.ts'
import { dayOf, type Day } from '../calendar.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import type { CatalogueVersion } from './catalogue.ts'

export type ShownVersions = { versions: (CatalogueVersion & { begun: number; ended: number; followsName: string | null })[]; today: Day; divisionCode: string; divisionName: string; isMarketplace: boolean }

/** Every version of a division's list, newest first; the marketplace's unless one is named. Anybody may read it. Refuses `catalogue.division-unknown` (404). */
export async function showVersions(context: Context, { divisionCode }: { divisionCode?: string | undefined } = {}): Promise<ShownVersions> {
  const { db } = context
  const [at, marketplace, named] = await Promise.all([context.clock.read(db), findMarketplace(db), divisionCode === undefined ? undefined : findDivision(db, divisionCode)])
  if (!marketplace) throw new Refusal('unavailable', 'catalogue.no-marketplace')
  if (divisionCode !== undefined && !named) throw new Refusal('missing', 'catalogue.division-unknown', { field: 'division' })
  const { code, name } = named ?? { code: marketplace.divisionCode, name: marketplace.divisionName }
  return { versions: await listVersions(db, code), today: dayOf(at), divisionCode: code, divisionName: name, isMarketplace: code === marketplace.divisionCode }
}
