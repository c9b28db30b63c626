import { showOperation as operationView, type Operation } from '#db/views/operation.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { measureOutbox } from './measure-outbox.server.ts'

export type { Operation }

/** Whether the marketplace works: for its operator, who sees figures and registrations and nothing that is sealed. */
export async function showOperation(context: Context): Promise<Operation & { at: Date; mergeDelaySeconds: number; readers: Awaited<ReturnType<typeof measureOutbox>> }> {
  memberWho(context.actor, 'see:operation')
  const at = await context.clock.read(context.db)
  const [operation, readers] = await Promise.all([operationView(context.db, at), measureOutbox(context.db, context.clock)])
  return { ...operation, readers, at, mergeDelaySeconds: context.keyring.mergeDelaySeconds }
}
