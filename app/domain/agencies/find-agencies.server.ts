import { listAgencies, type AgencyLine } from '#db/views/agencies.ts'
import type { Context } from '../context.ts'

const PAGE = 20

/** Agencies for everybody to see, newest first. `before` is the code of the last one of the page before. */
export async function findAgencies(context: Context, { service, before }: { service?: string; before?: string }): Promise<{ agencies: AgencyLine[]; next: string | null }> {
  const rows = await listAgencies(context.db, { service, before, limit: PAGE + 1 })
  const agencies = rows.slice(0, PAGE)
  return { agencies, next: rows.length > PAGE ? agencies.at(-1)!.uscc : null }
}
