import type { Knex } from 'knex'
import { memberWho, type Member } from '#app/domain/accounts/actor.ts'
import type { Permission } from '#app/domain/accounts/permissions.ts'
import type { Context } from '#app/domain/context.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import type { Json } from '#app/domain/ledger/canonical.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { findInquiry, type Done, type WholeInquiry } from '#db/repositories/inquiries.ts'

export type Held = { inquiry: WholeInquiry; member: Member; at: Date }

/** May this member read the file: the regulator of its division, or whom it is about, in the role in which it is asked. */
export function mayRead({ divisionCode, respondentId, respondentRole }: Pick<WholeInquiry, 'divisionCode' | 'respondentId' | 'respondentRole'>, member: Member): 'regulator' | 'respondent' | null {
  if (member.role === 'regulator') return isWithin(divisionCode, member.divisionCode) ? 'regulator' : null
  return member.organisationId === respondentId && member.role === respondentRole ? 'respondent' : null
}

/**
 * Holds a file for one of the two sides that may act in it, and reads the clock after that: of two findings at once the second finds the
 * first. Refuses `inquiries.no-such-inquiry` to everybody else, whether or not it is there.
 */
export async function holdInquiry(trx: Knex.Transaction, context: Context, { number, permission }: { number: string; permission: Permission }): Promise<Held> {
  const member = memberWho(context.actor, permission)
  const inquiry = await findInquiry(trx, number, { hold: true })
  if (!inquiry || !mayRead(inquiry, member)) throw new Refusal('missing', 'inquiries.no-such-inquiry')
  return { inquiry, member, at: await context.clock.read(trx) }
}

type Telling = { kind: string; act: string; event: string; facts?: Record<string, Json>; concealed?: Record<string, string> }

/** Tells of an act in a file. Its entries name nobody: who it is about is said once, when a violation is final. */
export async function tellOfInquiry(trx: Knex.Transaction, context: Context, { inquiry, member, at }: Pick<Held, 'member' | 'at'> & { inquiry: Pick<WholeInquiry, 'number' | 'divisionCode'> }, { kind, act, event, facts = {}, concealed }: Telling): Promise<Done> {
  const { number, divisionCode } = inquiry
  const ledger = await tell(trx, context, { at, act, kind, subject: number, divisionCode, facts, ...(concealed && { concealed }), event: { type: event, data: { inquiry: number, ...facts } } })
  return { at, by: member.accountId, ledgerEntryId: ledger.entry }
}
