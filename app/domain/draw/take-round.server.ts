import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { insertBeacon } from '#db/repositories/beacons.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import { listAwaiting } from '#db/views/awaited-values.ts'
import { awaitedValue } from './awaited.ts'
import { isRoundSigned, randomnessOf } from './drand-proof.ts'

type Round = { id: string; round: number; signature: string; from: string }

/**
 * Takes a round of drand for a tender, once. The round is derived from what was published and from the checkpoint over the
 * freeze, or over the opening of prices; any other is refused, whoever brings it, and so is one that quicknet did not sign.
 *
 * @param signature in hex, as a mirror answered
 * @param from the mirror's address, kept as evidence
 * @returns false where the tender waits for no round any more
 * Refuses `beacon.not-signed`, `beacon.other-round`, `beacon.too-early`.
 */
export async function takeRound(context: Context, { id, round, signature, from }: Round): Promise<boolean> {
  // Some milliseconds of arithmetic, done before anybody has to wait for the tender.
  if (!isRoundSigned(round, signature)) throw new Refusal('invalid', 'beacon.not-signed')
  return transact(context.db, async (trx) => {
    await lockTender(trx, { id })
    const at = await context.clock.read(trx)
    const [awaiting] = await listAwaiting(trx, { id, source: 'drand' })
    if (!awaiting?.coveredAt) return false
    const awaited = awaitedValue(awaiting)
    if (awaited.source !== 'drand') return false
    if (awaited.round !== round) throw new Refusal('conflict', 'beacon.other-round', { params: { round: awaited.round } })
    if (at < awaited.at) throw new Refusal('conflict', 'beacon.too-early')
    const beacon = { source: 'drand', at: awaited.at.toISOString(), chain: awaited.chain, round, signature, value: randomnessOf(signature) } as const
    return insertBeacon(trx, { tenderId: id, beacon, coveredAt: awaiting.coveredAt, takenAt: at, broughtBy: from, ledgerEntryId: null })
  })
}
