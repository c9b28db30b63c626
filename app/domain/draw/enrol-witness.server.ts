import { memberWho } from '#app/domain/accounts/actor.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { lockPublished } from '#app/domain/tenders/own-published.server.ts'
import { transact } from '#db/client.ts'
import { endEnrolment, insertEnrolment, listEnrolments, type Enrolment } from '#db/repositories/witnesses.ts'
import { interestIn } from './witness-interest.server.ts'
import { MOST_WITNESSES, mustAwaitResult, mustBeSpelled } from './witness.ts'

/**
 * Enrols a lay witness for the result of a tender, first come, three at the most. The public half of the key that the witness'
 * browser made goes into the ledger now, before anybody knows what will be signed with it.
 *
 * @param publicKey 32 bytes of Ed25519 in Base64, or empty where no script ran; whoever is enrolled already stays so, with the first key
 * Refuses `tenders.no-such-tender`, `witnesses.key-malformed`, `witnesses.nothing-drawn`, `witnesses.decided`, `witnesses.over`, `witnesses.interest-…`, `witnesses.same-organisation`, `witnesses.full`.
 */
export async function enrolWitness(context: Context, { number, publicKey }: { number: string; publicKey: string }): Promise<Enrolment> {
  return transact(context.db, async (trx) => {
    const { tender, at } = await lockPublished(trx, context, number)
    const member = memberWho(context.actor, 'witness:result')
    mustBeSpelled({ publicKey })
    mustAwaitResult(tender)
    const enrolled = await listEnrolments(trx, tender.id)
    const own = enrolled.find(({ accountId }) => accountId === member.accountId)
    if (own) return own
    const interest = await interestIn(trx, member, tender, at)
    if (interest) throw new Refusal('forbidden', `witnesses.interest-${interest}`)
    if (enrolled.some(({ organisationId }) => organisationId === member.organisationId)) throw new Refusal('conflict', 'witnesses.same-organisation')
    if (enrolled.length >= MOST_WITNESSES) throw new Refusal('conflict', 'witnesses.full')

    const enrolment = { id: newId(), tenderId: tender.id, accountId: member.accountId, organisationId: member.organisationId, role: member.role, publicKey: publicKey || null, enrolledAt: at }
    const facts = { witness: enrolment.id, kind: kindOf(member), uscc: member.uscc, publicKey: enrolment.publicKey }
    const { entry } = await tell(trx, context, {
      at,
      act: 'witness:result',
      kind: 'witness.enrolled',
      subject: number,
      divisionCode: tender.divisionCode,
      facts: { enrolment: facts },
      concealed: { name: member.displayName },
      event: { type: 'marketplace.tender.witness-enrolled.v1', data: { tender: number, project: tender.projectCode, witness: enrolment.id, kind: facts.kind } },
    })
    await insertEnrolment(trx, { ...enrolment, ledgerEntryId: entry })
    return { ...enrolment, ledgerEntryId: entry }
  })
}

/**
 * Gives one's place back before there is a result, so that somebody else may have it. The entry of the enrolment stays.
 *
 * Refuses `tenders.no-such-tender`, `witnesses.decided`, `witnesses.over`, `witnesses.not-enrolled`.
 */
export async function leaveWitnesses(context: Context, { number }: { number: string }): Promise<void> {
  await transact(context.db, async (trx) => {
    const { tender, at } = await lockPublished(trx, context, number)
    const member = memberWho(context.actor, 'witness:result')
    mustAwaitResult(tender)
    const own = (await listEnrolments(trx, tender.id)).find(({ accountId }) => accountId === member.accountId)
    if (!own) throw new Refusal('conflict', 'witnesses.not-enrolled')
    await tell(trx, context, { at, act: 'witness:result', kind: 'witness.left', subject: number, divisionCode: tender.divisionCode, facts: { witness: own.id }, event: { type: 'marketplace.tender.witness-left.v1', data: { tender: number, project: tender.projectCode, witness: own.id } } })
    await endEnrolment(trx, { id: own.id, at })
  })
}

/** A natural person acts in their own name; everybody else is one of an organisation, whose code is public. */
export function kindOf({ uscc }: { uscc: string | null }): 'citizen' | 'organisation' {
  return uscc === null ? 'citizen' : 'organisation'
}
