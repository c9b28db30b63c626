import type { Knex } from 'knex'
import { transact } from '#db/client.ts'
import { findDivision, findMarketplace } from '#db/repositories/divisions.ts'
import { holdCode, listDisputes, listNamed } from '#db/repositories/project-disputes.ts'
import { findProject, insertProject, replaceProject } from '#db/repositories/projects.ts'
import { memberWho } from '../accounts/actor.ts'
import { dayOf } from '../calendar.ts'
import type { Context } from '../context.ts'
import { isWithin } from '../divisions/division.ts'
import type { Json } from '../ledger/canonical.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { isSameParty, othersThan, type NamedParty } from './dispute.ts'
import type { Project, ProjectFields } from './project.ts'
import { parseProjectCode } from './project-code.ts'

/**
 * Registers an own project by its national code, with the facts that its owner can state. Where an operator gave the project of
 * somebody else's registration to this one, it takes the code, and what the other stated of the project goes.
 *
 * @throws Refusal at `code`: the part that is wrong, `projects.code-division-unknown`, `projects.registered-already`,
 *   `projects.of-another` where offices know somebody else as its owner;
 *   at `divisionCode`: `accounts.division-unknown`, `projects.division-not-open`
 */
export async function registerProject(context: Context, input: ProjectFields): Promise<{ project: Project; ledger: LedgerReference }> {
  const member = memberWho(context.actor, 'register:project')
  return transact(context.db, async (trx) => {
    const at = await context.clock.read(trx)
    const read = parseProjectCode(input.code, dayOf(at))
    if ('fault' in read) throw new Refusal('invalid', read.fault, { field: 'code' })
    const { code, divisionCode: ofCode } = read.project
    if (ofCode !== '000000' && !(await findDivision(trx, ofCode))) throw new Refusal('invalid', 'projects.code-division-unknown', { field: 'code', params: { division: ofCode } })
    if (!(await findDivision(trx, input.divisionCode))) throw new Refusal('invalid', 'accounts.division-unknown', { field: 'divisionCode' })
    const marketplace = await findMarketplace(trx, input.divisionCode)
    if (!marketplace || !isWithin(input.divisionCode, marketplace.divisionCode)) throw new Refusal('invalid', 'projects.division-not-open', { field: 'divisionCode' })

    await holdCode(trx, code)
    const party = { uscc: member.uscc, name: member.organisationName }
    // Whoever registers a project speaks for it before the guard, and a code is no secret.
    if (othersThan(party, await listNamed(trx, code)).length) throw new Refusal('conflict', 'projects.of-another', { field: 'code' })

    const { name, divisionCode, flowType, moneySource, investmentFen, facts } = input
    const project: Project = { code, ownerId: member.organisationId, divisionCode, name, flowType, moneySource, investmentFen, facts, registeredAt: at }
    const row = { ...project, registeredBy: member.accountId }
    if (await isGivenTo(trx, code, party)) await replaceProject(trx, row)
    else if (!(await insertProject(trx, row))) throw new Refusal('conflict', 'projects.registered-already', { field: 'code' })
    const ledger = await tell(trx, context, {
      at,
      act: 'register:project',
      kind: 'project.registered',
      subject: code,
      divisionCode,
      // A natural person's project is told without its name: that is often the person's own.
      facts: { project: code, flowType, moneySource, ...(member.uscc && { owner: member.uscc, name }) },
      ...(!member.uscc && { concealed: { name } }),
      event: { type: 'marketplace.project.registered.v1', data: { project: code } },
      details: { facts: facts as Json, investmentFen },
    })
    return { project, ledger }
  })
}

/** Did an operator take the project from whoever stands as its registrant and give it to this one? */
async function isGivenTo(trx: Knex.Transaction, code: string, party: NamedParty): Promise<boolean> {
  const [standing, disputes] = await Promise.all([findProject(trx, code), listDisputes(trx, code)])
  const lost = disputes.find(({ outcome, registrantId }) => outcome === 'applicant' && registrantId === standing?.ownerId)
  return Boolean(lost?.goesTo && isSameParty(lost.goesTo, party))
}
