import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { insertHolderKey, isKeyKnown, listHolderKeys, lockHolder, type HolderKey } from '#db/repositories/holder-keys.ts'
import { sealBid } from './seal.ts'

/**
 * Registers the public half of a key that was made in a browser of one's organisation, and is kept there: from now on publications
 * name it. What names an older one is still opened with that. The ledger has the key, and with it the organisation's code where it has one.
 *
 * @param publicKey 32 bytes of X25519 in hex; the own newest key sent twice is one registration
 * Refuses `keys.unusable` (nothing can be sealed to it), `keys.known` (somebody has registered it, or one's organisation had it before).
 */
export async function registerHolderKey(context: Context, { publicKey }: { publicKey: string }): Promise<HolderKey> {
  const member = memberWho(context.actor, 'hold:key')
  if (!(await isUsable(publicKey))) throw new Refusal('invalid', 'keys.unusable', { field: 'publicKey' })
  return transact(context.db, async (trx) => {
    await lockHolder(trx, member.organisationId)
    const [newest] = await listHolderKeys(trx, member.organisationId)
    if (newest?.publicKey === publicKey) return newest
    if (await isKeyKnown(trx, publicKey)) throw new Refusal('conflict', 'keys.known', { field: 'publicKey' })
    const at = await context.clock.read(trx)
    const ledger = await tell(trx, context, {
      at,
      act: 'hold:key',
      kind: 'holder-key.registered',
      subject: publicKey,
      divisionCode: member.divisionCode,
      facts: { publicKey, organisation: member.uscc, role: member.role },
      event: { type: 'marketplace.holder-key.registered.v1', data: { publicKey, organisation: member.uscc } },
    })
    const key = { publicKey, organisationId: member.organisationId, registeredAt: at, ledgerEntryId: ledger.entry }
    if (!(await insertHolderKey(trx, { ...key, registeredBy: member.accountId }))) throw new Refusal('conflict', 'keys.known', { field: 'publicKey' })
    return key
  })
}

/** Some numbers of 32 bytes are no public key that anything could be sealed to. */
async function isUsable(publicKey: string): Promise<boolean> {
  return sealBid({ offer: {} }, { tender: '', rules: '', bid: '', uscc: '', holders: [{ id: 'trial', publicKey }] }).then(() => true, () => false)
}
