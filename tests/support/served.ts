import { randomUUID } from 'node:crypto'
import type { TestDatabase } from './database.ts'

/** Webs served in these spells and at no other time. */
export async function served(database: TestDatabase, spells: [Date, Date][]): Promise<void> {
  await database.owner('service_spells').delete()
  for (const [began_at, beat_at] of spells) await database.owner('service_spells').insert({ process: randomUUID(), began_at, beat_at })
}
