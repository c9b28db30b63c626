import type { Knex } from 'knex'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { saveConfirmation, saveRefusal } from '#db/repositories/contracts.ts'
import { standingContract } from './after-award.ts'
import type { Contract } from './contract.ts'
import { holdAsParty, tellOfAward } from './hold-award.server.ts'

type Named = { number: string; id: string }
type Held = Awaited<ReturnType<typeof holdAsParty>> & { contract: Contract }

/**
 * The side that did not file a contract confirms it, once: from now on the days of the service run.
 *
 * @param id the contract that was read; another one that was filed meanwhile is not confirmed by it
 * Refuses `tenders.no-such-tender`, `contracts.not-bound`, `contracts.not-a-party`, `contracts.no-such-contract`, `contracts.own-filing`.
 */
export async function confirmContract(context: Context, named: Named): Promise<void> {
  await transact(context.db, async (trx) => {
    const { award, at, member, side, contract } = await holdToAnswer(trx, context, named)
    if (contract.confirmedAt) return
    const facts = { contract: contract.id, by: side, agency: award.agency.uscc, days: contract.serviceDays, ...(at >= contract.confirmBy && { late: true }) }
    await tellOfAward(trx, context, award, { at, act: 'confirm:contract', kind: 'contract.confirmed', facts, event: 'marketplace.contract.confirmed.v1' })
    await saveConfirmation(trx, { id: contract.id, at, by: member.organisationId })
  })
}

/**
 * The other side refuses what was filed, with a reason: it is not what both had signed. Another may be filed then.
 *
 * @param reason 5 to 1000 characters; the ledger has its salted hash
 * Refuses what {@link confirmContract} refuses, and `contracts.confirmed-already`.
 */
export async function refuseContract(context: Context, { reason, ...named }: Named & { reason: string }): Promise<void> {
  await transact(context.db, async (trx) => {
    const { award, at, side, contract } = await holdToAnswer(trx, context, named)
    if (contract.confirmedAt) throw new Refusal('conflict', 'contracts.confirmed-already')
    const facts = { contract: contract.id, by: side, agency: award.agency.uscc }
    await tellOfAward(trx, context, award, { at, act: 'confirm:contract', kind: 'contract.refused', facts, concealed: { reason }, event: 'marketplace.contract.refused.v1' })
    await saveRefusal(trx, { id: contract.id, at, reason })
  })
}

async function holdToAnswer(trx: Knex.Transaction, context: Context, { number, id }: Named): Promise<Held> {
  const held = await holdAsParty(trx, context, { number, permission: 'confirm:contract' })
  const contract = standingContract(held.award)
  if (contract?.id !== id) throw new Refusal('conflict', 'contracts.no-such-contract')
  if (contract.filedBy === held.side) throw new Refusal('forbidden', 'contracts.own-filing')
  return { ...held, contract }
}
