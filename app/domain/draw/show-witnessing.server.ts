import { can } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { sha256 } from '#app/domain/ledger/canonical.ts'
import { isRefusal, Refusal } from '#app/domain/refusal.ts'
import type { PublishedTender } from '#app/domain/tenders/own-published.server.ts'
import { isTenderNumber } from '#app/domain/tenders/tender.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { findStatement, listEnrolments, listWitnessSignatures } from '#db/repositories/witnesses.ts'
import { interestIn } from './witness-interest.server.ts'
import { MOST_WITNESSES, mustAwaitResult, mustHaveResult, statementText, type Witnessing } from './witness.ts'

/** What the page of a tender's witnesses shows to whoever calls. Refuses `tenders.no-such-tender`. */
export async function showWitnessing(context: Context, { number }: { number: string }): Promise<Witnessing> {
  const { db, actor } = context
  const [at, tender] = await Promise.all([context.clock.read(db), isTenderNumber(number) ? findTender(db, { number }) : undefined])
  if (!tender?.publication) throw new Refusal('missing', 'tenders.no-such-tender')
  const [enrolments, signatures, statement] = await Promise.all([listEnrolments(db, tender.id), listWitnessSignatures(db, tender.id), findStatement(db, tender.id)])
  const member = actor.kind === 'member' ? actor : null
  const mine = enrolments.find(({ accountId }) => accountId === member?.accountId)
  const own = signatures.find(({ accountId }) => accountId === member?.accountId)
  const left = MOST_WITNESSES - (tender.drawnAt ? signatures : enrolments).length
  const common = { enrolled: mine ? { publicKey: mine.publicKey } : null, signed: own ? { place: own.place, byKey: own.publicKey !== null } : null, statement: statement ? { ...statement, text: statementText(statement) } : null, left, keyName: sha256(`${number}/${member?.accountId ?? ''}`).toString('hex').slice(0, 16) }
  const ground = faultOf(() => (tender.drawnAt ? mustHaveResult(tender) : mustAwaitResult(tender)))
  if (!member || own || (mine && !tender.drawnAt)) return { ...common, why: ground, may: null }
  if (!can(actor, 'witness:result')) return { ...common, why: 'witnesses.not-lay', may: null }
  const interest = ground ? null : await interestIn(db, member, tender as PublishedTender, at)
  const together = (tender.drawnAt ? signatures : enrolments).some(({ organisationId }) => organisationId === member.organisationId)
  const why = ground ?? (interest ? `witnesses.interest-${interest}` : together ? 'witnesses.same-organisation' : left <= 0 ? 'witnesses.full' : null)
  return { ...common, why, may: why ? null : tender.drawnAt ? 'sign' : 'enrol' }
}

function faultOf(must: () => void): string | null {
  try {
    must()
    return null
  } catch (error) {
    if (isRefusal(error)) return error.code
    throw error
  }
}
