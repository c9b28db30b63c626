import type { Knex } from 'knex'
import { memberWho, type Member } from '#app/domain/accounts/actor.ts'
import type { Permission } from '#app/domain/accounts/permissions.ts'
import type { Context } from '#app/domain/context.ts'
import { tell, type LedgerReference, type Telling } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { lockPublished } from '#app/domain/tenders/own-published.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { findAfterAward } from '#db/views/after-award.ts'
import { sideOf, type AfterAward } from './after-award.ts'
import type { Side } from './contract.ts'

/** An award that binds, held alone by its tender, with the instant read after that. */
export type HeldAward = { award: AfterAward; at: Date }

/** Refuses `tenders.no-such-tender`, and `contracts.not-bound` as long as no award binds. */
export async function holdAward(trx: Knex.Transaction, context: Context, number: string): Promise<HeldAward> {
  const { tender, at } = await lockPublished(trx, context, number)
  const award = statusAt(tender, at) === 'awarded' ? await findAfterAward(trx, { id: tender.id, at }) : undefined
  if (!award) throw new Refusal('conflict', 'contracts.not-bound')
  return { award, at }
}

/** The same for one of its two sides. Refuses also `contracts.not-a-party` to everybody else. */
export async function holdAsParty(trx: Knex.Transaction, context: Context, { number, permission }: { number: string; permission: Permission }): Promise<HeldAward & { member: Member; side: Side }> {
  const held = await holdAward(trx, context, number)
  const member = memberWho(context.actor, permission)
  const side = sideOf(held.award, member.organisationId)
  // An organisation that also is an agency does not act for the owner in that role.
  if (!side || (side === 'agency') !== (member.role === 'agency')) throw new Refusal('forbidden', 'contracts.not-a-party')
  return { ...held, member, side }
}

type Told = Omit<Telling, 'subject' | 'divisionCode' | 'event'> & { event: string; eventSubject?: string; eventData?: Telling['facts'] }

/** Tells of an act on a contract or its results, in the story of its tender. The event says the same facts, with the tender and its project. */
export function tellOfAward(trx: Knex.Transaction, context: Context, { tender: { number, projectCode, divisionCode } }: AfterAward, { event, eventSubject, eventData, ...telling }: Told): Promise<LedgerReference> {
  return tell(trx, context, {
    ...telling,
    subject: number,
    divisionCode,
    event: { type: event, data: { tender: number, project: projectCode, ...telling.facts, ...eventData }, ...(eventSubject !== undefined && { subject: eventSubject }) },
  })
}
