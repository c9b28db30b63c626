import { listVersions, versionOn } from '#db/repositories/catalogue-versions.ts'
import { findMarketplace } from '#db/repositories/divisions.ts'
import { addDays, dayOf, type Day } from '../calendar.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { standingList } from './gather-rules.server.ts'
import type { EntryKind } from './proposal.ts'
import { listChanges, type ShownEntry } from './shown-entry.ts'

export type Differences = { from: Day; to: Day; versions: { from: number; to: number }; changes: ShownEntry[]; counts: Record<EntryKind, number>; divisionName: string; known: { number: number; effectiveOn: Day }[] }

/**
 * What changed in the marketplace's list between two days, code by code and field by field. Anybody may read it.
 *
 * @param from @param to the days; without them, the day before the latest version that is in force and the day of it
 */
export async function showDifferences(context: Context, { from, to }: { from?: Day | undefined; to?: Day | undefined }): Promise<Differences> {
  const { db } = context
  const [at, marketplace] = await Promise.all([context.clock.read(db), findMarketplace(db)])
  if (!marketplace) throw new Refusal('unavailable', 'catalogue.no-marketplace')
  const { divisionCode, divisionName } = marketplace
  const known = await listVersions(db, divisionCode)
  const until = to ?? known.find(({ effectiveOn }) => effectiveOn <= dayOf(at))?.effectiveOn ?? dayOf(at)
  const since = from ?? addDays(until, -1)
  const [before, after, first, last] = await Promise.all([standingList(db, divisionCode, since), standingList(db, divisionCode, until), versionOn(db, divisionCode, since), versionOn(db, divisionCode, until)])
  const changes = listChanges(before, after)
  const counts = { added: 0, changed: 0, retired: 0 }
  for (const { kind } of changes) counts[kind] += 1
  return { from: since, to: until, versions: { from: first, to: last }, changes, counts, divisionName, known: known.map(({ number, effectiveOn }) => ({ number, effectiveOn })) }
}
