import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { listHolderKeys, type HolderKey } from '#db/repositories/holder-keys.ts'

/** The opening keys of one's own organisation, the newest first: that one is named by what is published now. */
export async function showHolderKeys({ db, actor }: Context): Promise<Omit<HolderKey, 'organisationId'>[]> {
  const keys = await listHolderKeys(db, memberWho(actor, 'hold:key').organisationId)
  return keys.map(({ organisationId: _organisationId, ...key }) => key)
}
