import type { Knex } from 'knex'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { saveAcceptance, saveReturn } from '#db/repositories/deliverables.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import { findAfterAward } from '#db/views/after-award.ts'
import type { AfterAward } from './after-award.ts'
import { mustHaveSaidAll, standingOf, validUntil, type Deliverable } from './deliverable.ts'
import { holdAsParty, tellOfAward } from './hold-award.server.ts'

type Named = { number: string; id: string }

/**
 * The owner accepts a result. It lands in the case for whose document it was bought, and is on file for its project as long as
 * its listing says (优化营商环境条例 43: what is on file is not asked for again).
 *
 * Refuses `tenders.no-such-tender`, `contracts.not-bound`, `contracts.not-a-party`, `contracts.not-the-owner`, `contracts.no-such-result`, `contracts.answered-already`.
 */
export async function acceptResult(context: Context, named: Named): Promise<void> {
  await transact(context.db, async (trx) => {
    const { award, at, member, result, accepted } = await holdToAnswer(trx, context, named)
    // Accepting what silence has accepted meanwhile changes nothing.
    if (accepted) return
    await accept(trx, context, award, result, { at, by: member.accountId })
  })
}

/**
 * The owner returns a result with all reasons at once, and the clock is the agency's again. A later return says besides which
 * of the reasons that were already given were not met.
 *
 * @param reasons 10 to 4000 characters
 * @param unmet at least 5 characters from the return on that the policy `returnsFree` does not cover
 * Refuses what {@link acceptResult} refuses, `contracts.answer-late` once silence has accepted it, and `contracts.unmet-needed`.
 */
export async function returnResult(context: Context, { reasons, unmet, ...named }: Named & { reasons: string; unmet: string }): Promise<void> {
  await transact(context.db, async (trx) => {
    const { award, at, member, result, accepted } = await holdToAnswer(trx, context, named)
    if (accepted) throw new Refusal('conflict', result.acceptedAt && !result.deemed ? 'contracts.answered-already' : 'contracts.answer-late')
    const policies = await policiesOf(trx, award.tender.divisionCode, dayOf(at))
    mustHaveSaidAll(award.deliverables, unmet, { free: policies.returnsFree.value })
    const again = unmet.trim() === '' ? null : unmet
    const facts = { deliverable: result.id, round: result.round, agency: award.agency.uscc, listing: award.listing.code }
    await tellOfAward(trx, context, award, { at, act: 'accept:result', kind: 'deliverable.returned', facts, concealed: { reasons, ...(again && { unmet: again }) }, event: 'marketplace.deliverable.returned.v1' })
    await saveReturn(trx, { id: result.id, at, reasons, unmet: again, by: member.accountId })
  })
}

/**
 * Writes down that a result counts as accepted because its owner said nothing in time, once and as of that instant. The tender
 * is held alone, so an answer of the last second and the worker cannot both happen.
 *
 * @returns whether this call wrote it down
 */
export async function acceptSilently(context: Context, { tenderId }: { tenderId: string }): Promise<boolean> {
  return transact(context.db, async (trx) => {
    const tender = await lockTender(trx, { id: tenderId })
    const at = await context.clock.read(trx)
    if (!tender || statusAt(tender, at) !== 'awarded') return false
    const award = await findAfterAward(trx, { id: tenderId, at })
    const last = award?.deliverables.at(-1)
    if (!award || !last || last.acceptedAt || last.returnedAt || at < last.answerBy) return false
    await accept(trx, { ...context, actor: SYSTEM }, award, last, { at: last.answerBy, by: null })
    return true
  })
}

async function holdToAnswer(trx: Knex.Transaction, context: Context, { number, id }: Named) {
  const held = await holdAsParty(trx, context, { number, permission: 'accept:result' })
  if (held.side !== 'owner') throw new Refusal('forbidden', 'contracts.not-the-owner')
  const result = held.award.deliverables.find((one) => one.id === id)
  if (!result) throw new Refusal('conflict', 'contracts.no-such-result')
  if (result.returnedAt) throw new Refusal('conflict', 'contracts.answered-already')
  return { ...held, result, accepted: standingOf(held.award.deliverables, held.at).state === 'accepted' }
}

async function accept(trx: Knex.Transaction, context: Context, award: AfterAward, { id, round }: Deliverable, { at, by }: { at: Date; by: string | null }): Promise<void> {
  const { landing, listing, agency } = award
  const until = validUntil(at, listing.validYears)
  const facts = { deliverable: id, round, agency: agency.uscc, listing: listing.code, validUntil: until, deemed: by === null }
  await tellOfAward(trx, context, award, {
    at,
    act: by === null ? 'accept:silence' : 'accept:result',
    kind: 'deliverable.accepted',
    facts,
    event: 'marketplace.deliverable.accepted.v1',
    ...(landing && { eventSubject: landing.caseNumber, eventData: { case: landing.caseNumber, material: landing.materialCode } }),
  })
  await saveAcceptance(trx, { id, at, validUntil: until, by })
}
