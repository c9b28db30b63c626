import type { Knex } from 'knex'
import { newId } from '#app/domain/chance.server.ts'
import { holdCode, insertDispute, listDisputes, listNamed, saveSettlement } from '#db/repositories/project-disputes.ts'
import { findOrganisation } from '#db/repositories/organisations.ts'
import { findProject } from '#db/repositories/projects.ts'
import type { Context } from '../context.ts'
import { tell } from '../ledger/tell.server.ts'
import { isNewDispute, isSameParty, othersThan, type Dispute } from './dispute.ts'

/**
 * Records that offices name somebody else than whoever registered the project, so that the registrant speaks for it no more until that
 * is settled; and that it is settled where they name the registrant after all. To be asked whenever an office has written who a
 * project or a case is of, in the transaction that writes it; nothing happens where nothing is other than before.
 *
 * @param act the audit's word for what the office did
 */
export async function noteDispute(trx: Knex.Transaction, context: Context, { code, at, act }: { code: string; at: Date; act: string }): Promise<void> {
  await holdCode(trx, code)
  const project = await findProject(trx, code)
  if (!project) return
  const [registrant, named, disputes] = await Promise.all([findOrganisation(trx, project.ownerId), listNamed(trx, code), listDisputes(trx, code)])
  const of = disputes.filter(({ registrantId }) => registrantId === project.ownerId)
  const open = of.find(({ settledAt }) => settledAt === null)
  const lost = of.find(({ outcome }) => outcome === 'applicant')
  const others = othersThan(registrant!, named)
  const telling = { at, act, subject: code, divisionCode: project.divisionCode }
  // Who applies in a case is no matter for the public: the ledger gets salted hashes of those names.
  const facts = { project: code, ...(registrant!.uscc && { registrant: registrant!.uscc }) }
  const mend = (one: Dispute) => saveSettlement(trx, { ...one, settledAt: at, outcome: 'mended', goesTo: null, reason: null, by: null })
  if (!open && others.length > 0 && (lost ? !others.some((one) => isSameParty(one, lost.goesTo!)) : isNewDispute(others, of))) {
    // Offices name neither to whom it was given: whose it is, is open anew.
    if (lost) await mend(lost)
    const id = newId()
    const ledger = await tell(trx, context, { ...telling, kind: 'project.disputed', facts, concealed: { named: others.map(({ name }) => name).join('; ') }, event: { type: 'marketplace.project.disputed.v1', data: { project: code, dispute: id } } })
    await insertDispute(trx, { id, projectCode: code, registrantId: project.ownerId, named: others, raisedAt: at, ledgerEntryId: ledger.entry })
  } else if ((open ?? lost) && others.length === 0) {
    const mended = (open ?? lost)!
    await mend(mended)
    await tell(trx, context, { ...telling, kind: 'project.dispute-settled', facts: { ...facts, outcome: 'mended' }, event: { type: 'marketplace.project.dispute-settled.v1', data: { project: code, dispute: mended.id, outcome: 'mended' } } })
  }
}
