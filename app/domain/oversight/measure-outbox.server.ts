import type { Clock, Database } from '#app/domain/context.ts'
import { countUnread } from '#db/repositories/outbox.ts'

/** How many events each reader of the outbox has still to read, and for how many seconds the oldest of them has waited. */
export async function measureOutbox(db: Database, clock: Clock): Promise<{ reader: string; waiting: number; seconds: number }[]> {
  const [backlog, at] = await Promise.all([countUnread(db), clock.read(db)])
  return backlog.map(({ reader, waiting, oldest }) => ({ reader, waiting, seconds: oldest ? Math.max(0, (at.getTime() - oldest.getTime()) / 1000) : 0 }))
}
