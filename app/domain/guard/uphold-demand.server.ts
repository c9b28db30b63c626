import type { Knex } from 'knex'
import { can, type Client, type Member } from '#app/domain/accounts/actor.ts'
import { answerOnce, type Answered } from '#app/domain/accounts/answer-once.server.ts'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { transact } from '#db/client.ts'
import { holdGuardDecision, type GuardDecisionRow } from '#db/repositories/guard-decisions.ts'
import { findStanding, insertUpheld, insertWithdrawn, type DemandStanding } from '#db/repositories/upheld-demands.ts'
import type { Idempotency } from './decide.server.ts'

type Input = { decision: string; reason: string }
/** What an authority said of its refused demand, since when, and the ledger's entry of it. */
export type Upheld = { decision: string; upheldAt: string; entry: string }
export type Withdrawn = { decision: string; withdrawnAt: string; entry: string }

/**
 * An authority keeps up a demand that the list refused, with a reason that it answers for (优化营商环境条例 43, 69). The refusal stands;
 * the regulator of the division has a lead from this moment. The ledger says that it was kept up and has a salted hash of the reason.
 *
 * Works for an officer and for the authority's case system. The same reason again is the same act.
 *
 * @param reason 20 to 2000 characters; the caller has parsed it by `UpholdForm` or `UpholdInput`
 * Refuses `guard.no-such-decision` (also another authority's), `reports.not-refused`, `reports.read-as` (a regulator has read the words: the reading is what
 * may be kept up), `reports.withdrawn-already`, `reports.upheld-already`.
 */
export async function upholdDemand(context: Context, input: Input): Promise<Upheld> {
  return transact(context.db, (trx) => upholdWithin(trx, context, input))
}

/**
 * The same for a call with an Idempotency-Key: the answer is kept in the transaction that writes.
 *
 * Refuses also `guard.still-running` while the key is being answered and `guard.other-request` where it answered something else.
 */
export async function upholdByCall(context: Context & { actor: Client }, { idempotency, ...input }: Input & { idempotency: Idempotency }): Promise<Answered & { replayed: boolean }> {
  return answerOnce(context, idempotency, async (trx) => ({ status: 201, body: JSON.stringify(await upholdWithin(trx, context, input)) }))
}

async function upholdWithin(trx: Knex.Transaction, context: Context, { decision: id, reason }: Input): Promise<Upheld> {
  const { actor, row, standing } = await holdOwn(trx, context, id)
  const { upheld } = standing
  if (upheld?.reason === reason && !standing.withdrawn) return { decision: id, upheldAt: upheld.at.toISOString(), entry: upheld.entry }
  mustStand(row, standing)
  if (upheld) throw new Refusal('conflict', 'reports.upheld-already')
  const at = await context.clock.read(trx)
  const ledger = await tellOf(trx, context, { act: 'uphold:demand', kind: 'demand.upheld', type: 'marketplace.demand.upheld.v1', actor, row, reason, at })
  await insertUpheld(trx, { decisionId: id, reason, at, by: actor, ledgerEntryId: ledger.entry })
  return { decision: id, upheldAt: at.toISOString(), entry: ledger.entry }
}

/**
 * An authority takes a refused demand back, kept up before or not. Who was asked is told that nothing is wanted any more; a file that
 * was opened meanwhile goes on, and says so.
 *
 * Refuses `guard.no-such-decision`, `reports.not-refused`, `reports.withdrawn-already`.
 */
export async function withdrawDemand(context: Context, { decision: id, reason }: Input): Promise<Withdrawn> {
  return transact(context.db, async (trx) => {
    const { actor, row, standing: { withdrawn } } = await holdOwn(trx, context, id)
    if (withdrawn?.reason === reason) return { decision: id, withdrawnAt: withdrawn.at.toISOString(), entry: withdrawn.entry }
    if (withdrawn) throw new Refusal('conflict', 'reports.withdrawn-already')
    if (row.verdict !== 'refused') throw new Refusal('conflict', 'reports.not-refused')
    const at = await context.clock.read(trx)
    const ledger = await tellOf(trx, context, { act: 'withdraw:demand', kind: 'demand.withdrawn', type: 'marketplace.demand.withdrawn.v1', actor, row, reason, at })
    await insertWithdrawn(trx, { decisionId: id, reason, at, by: actor, ledgerEntryId: ledger.entry })
    return { decision: id, withdrawnAt: at.toISOString(), entry: ledger.entry }
  })
}

type ToTell = { act: 'uphold:demand' | 'withdraw:demand'; kind: 'demand.upheld' | 'demand.withdrawn'; type: 'marketplace.demand.upheld.v1' | 'marketplace.demand.withdrawn.v1'; actor: Member | Client; row: GuardDecisionRow; reason: string; at: Date }

/** Both are told alike: who did it publicly, why as a salted hash, and the case only to those who may hear of it. */
function tellOf(trx: Knex.Transaction, context: Context, { act, kind, type, actor: { uscc: authority }, row: { id, divisionCode, caseNumber }, reason, at }: ToTell) {
  const event = { type, subject: caseNumber ?? id, data: { decision: id, authority, caseNumber } }
  return tell(trx, context, { at, act, kind, subject: id, divisionCode, facts: { authority }, concealed: { reason }, event, details: { caseNumber } })
}

function mustStand({ verdict }: GuardDecisionRow, { withdrawn, answeredBy }: DemandStanding): void {
  if (withdrawn) throw new Refusal('conflict', 'reports.withdrawn-already')
  if (verdict !== 'refused') throw new Refusal('conflict', 'reports.not-refused')
  if (answeredBy) throw new Refusal('conflict', 'reports.read-as', { params: { decision: answeredBy.id, verdict: answeredBy.verdict } })
}

/** The authority's own decision, held; somebody else's is not there. */
async function holdOwn(trx: Knex.Transaction, { actor }: Context, id: string): Promise<{ actor: Member | Client; row: GuardDecisionRow; standing: DemandStanding }> {
  if (actor.kind === 'visitor') throw new Refusal('unauthenticated', 'accounts.sign-in-first')
  if (actor.kind === 'system' || !can(actor, 'uphold:demand')) throw new Refusal('forbidden', 'accounts.not-allowed')
  const row = isUuid(id) ? await holdGuardDecision(trx, id) : undefined
  if (row?.authorityId !== actor.organisationId) throw new Refusal('missing', 'guard.no-such-decision')
  return { actor, row, standing: await findStanding(trx, id) }
}
