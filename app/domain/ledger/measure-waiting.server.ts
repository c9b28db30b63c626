import type { Clock, Database } from '#app/domain/context.ts'
import { countPending } from '#db/repositories/ledger-tree.ts'

/** How many entries wait for their leaf, and for how many seconds the oldest has. Above the merge delay a promise is broken. */
export async function measureWaiting(db: Database, clock: Clock): Promise<{ waiting: number; seconds: number }> {
  const { waiting, oldest } = await countPending(db)
  const seconds = oldest ? ((await clock.read(db)).getTime() - oldest.getTime()) / 1000 : 0
  return { waiting, seconds: Math.max(0, seconds) }
}
