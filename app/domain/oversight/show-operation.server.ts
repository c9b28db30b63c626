import { showOperation as operationView, type Operation } from '#db/views/operation.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'

export type { Operation }

/** Whether the marketplace works: for its operator, who sees figures and registrations and nothing that is sealed. */
export async function showOperation(context: Context): Promise<Operation & { at: Date; mergeDelaySeconds: number }> {
  memberWho(context.actor, 'see:operation')
  const at = await context.clock.read(context.db)
  return { ...(await operationView(context.db, at)), at, mergeDelaySeconds: context.keyring.mergeDelaySeconds }
}
