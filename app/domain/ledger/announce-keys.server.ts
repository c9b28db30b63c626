import type { Context } from '#app/domain/context.ts'
import { transact } from '#db/client.ts'
import { findLedgerDivision, listAnnouncedKeys, lockAnnouncement } from '#db/views/ledger-keys.ts'
import type { Json } from './canonical.ts'
import { rawPublicKey } from './keyring.ts'
import { tell } from './tell.server.ts'

/**
 * Puts every key of the keyring that the ledger does not know yet into it, and every retirement. To be called when a
 * process starts; a second call, or a second process, finds nothing to add. Nothing is told before a division is there.
 *
 * @returns how many entries were made
 */
export async function announceKeys(context: Pick<Context, 'db' | 'clock' | 'keyring' | 'actor' | 'traceId'>): Promise<number> {
  return transact(context.db, async (trx) => {
    await lockAnnouncement(trx)
    const divisionCode = await findLedgerDivision(trx)
    if (!divisionCode) return 0
    const announced = await listAnnouncedKeys(trx)
    const { keys, retired } = context.keyring
    const added = [...retired, ...keys].filter(({ keyId }) => !announced.added.has(keyId))
    const ended = retired.filter(({ keyId }) => !announced.retired.has(keyId))
    const at = await context.clock.read(trx)
    for (const { keyId, purpose, publicKey, since, endorsement } of added) {
      const facts = { keyId, purpose, alg: 'Ed25519', publicKey: rawPublicKey(publicKey).toString('base64'), since, endorsement: endorsement as Json }
      await tell(trx, context, { at, act: 'add:key', kind: 'key.added', subject: keyId, divisionCode, facts })
    }
    for (const { keyId, purpose, until } of ended) {
      await tell(trx, context, { at, act: 'retire:key', kind: 'key.retired', subject: keyId, divisionCode, facts: { keyId, purpose, until } })
    }
    return added.length + ended.length
  })
}
