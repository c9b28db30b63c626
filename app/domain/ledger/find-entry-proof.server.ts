import type { Context } from '#app/domain/context.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { entryProof } from './entry-proof.ts'
import { showEntry } from './show-entry.server.ts'

/** The proof of one entry as a file; undefined where there is no such entry, or it is not under a checkpoint yet. */
export async function findEntryProof(context: Pick<Context, 'db' | 'keyring'>, { id }: { id: string }): Promise<string | undefined> {
  try {
    return entryProof(context.keyring, await showEntry(context, { id })) ?? undefined
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}
