import { memberWho } from '#app/domain/accounts/actor.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { lockPublished } from '#app/domain/tenders/own-published.server.ts'
import { transact } from '#db/client.ts'
import { findStatement, insertWitnessSignature, listEnrolments, listWitnessSignatures, type WitnessSignature } from '#db/repositories/witnesses.ts'
import { kindOf } from './enrol-witness.server.ts'
import { interestIn } from './witness-interest.server.ts'
import { isSignedStatement, MOST_WITNESSES, mustBeSpelled, mustHaveResult } from './witness.ts'

/**
 * A lay witness signs a result: with the key that their browser holds, or, where no script runs, by the account alone, which the
 * entry says. The first three who sign are the witnesses; who enrolled before and does not come keeps nobody out.
 *
 * The entry names the enrolment whose key this is: such a key was on record before there was a result.
 *
 * @param publicKey and `signature` Base64, or both empty
 * @returns the signature; sent twice it is the first one
 * Refuses `tenders.no-such-tender`, `witnesses.nothing-drawn`, `witnesses.not-decided`, `witnesses.interest-…`, `witnesses.same-organisation`,
 * `witnesses.full`, `witnesses.key-malformed`, `witnesses.key-used`, `witnesses.not-signed`.
 */
export async function signAsWitness(context: Context, { number, publicKey, signature }: { number: string; publicKey: string; signature: string }): Promise<WitnessSignature> {
  return transact(context.db, async (trx) => {
    const { tender, at } = await lockPublished(trx, context, number)
    const member = memberWho(context.actor, 'witness:result')
    mustBeSpelled({ publicKey, signature })
    mustHaveResult(tender)
    const signed = await listWitnessSignatures(trx, tender.id)
    const own = signed.find(({ accountId }) => accountId === member.accountId)
    if (own) return own
    const interest = await interestIn(trx, member, tender, at)
    if (interest) throw new Refusal('forbidden', `witnesses.interest-${interest}`)
    if (signed.some(({ organisationId }) => organisationId === member.organisationId)) throw new Refusal('conflict', 'witnesses.same-organisation')
    if (signed.length >= MOST_WITNESSES) throw new Refusal('conflict', 'witnesses.full')
    if (publicKey && signed.some((each) => each.publicKey === publicKey)) throw new Refusal('conflict', 'witnesses.key-used')
    const statement = (await findStatement(trx, tender.id))!
    const key = publicKey || signature ? { alg: 'Ed25519', publicKey, signature } : null
    if (key && !isSignedStatement(statement, key)) throw new Refusal('invalid', 'witnesses.not-signed')

    const enrolment = key ? (await listEnrolments(trx, tender.id)).find((each) => each.accountId === member.accountId && each.publicKey === publicKey) : undefined
    const place = signed.length + 1
    const facts = { place, kind: kindOf(member), uscc: member.uscc, statement, key, enrolled: enrolment?.ledgerEntryId ?? null }
    const { entry } = await tell(trx, context, {
      at,
      act: 'witness:result',
      kind: 'witness.signed',
      subject: number,
      divisionCode: tender.divisionCode,
      facts: { witness: facts },
      concealed: { name: member.displayName },
      event: { type: 'marketplace.tender.witnessed.v1', data: { tender: number, project: tender.projectCode, place, kind: facts.kind, byKey: key !== null } },
    })
    const row: WitnessSignature = { id: newId(), tenderId: tender.id, place, accountId: member.accountId, organisationId: member.organisationId, publicKey: key && publicKey, signature: key && signature, enrolmentId: enrolment?.id ?? null, signedAt: at, ledgerEntryId: entry }
    await insertWitnessSignature(trx, row)
    return row
  })
}
