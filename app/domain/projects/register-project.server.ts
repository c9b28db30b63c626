import type { Knex } from 'knex'
import { transact } from '#db/client.ts'
import { findDivision, findMarketplace } from '#db/repositories/divisions.ts'
import { listCasesOfProject } from '#db/repositories/cases.ts'
import { listProjectStatements } from '#db/repositories/project-statements.ts'
import { insertProject } from '#db/repositories/projects.ts'
import { memberWho, type Member } from '../accounts/actor.ts'
import { dayOf } from '../calendar.ts'
import type { Context } from '../context.ts'
import { isWithin } from '../divisions/division.ts'
import type { Json } from '../ledger/canonical.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import type { Project, ProjectFields } from './project.ts'
import { parseProjectCode } from './project-code.ts'

/**
 * Registers an own project by its national code, with the facts that its owner can state.
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

    if (await isAnothers(trx, member, code)) throw new Refusal('conflict', 'projects.of-another', { field: 'code' })

    const { name, divisionCode, flowType, moneySource, investmentFen, facts } = input
    const project: Project = { code, ownerId: member.organisationId, divisionCode, name, flowType, moneySource, investmentFen, facts, registeredAt: at }
    if (!(await insertProject(trx, { ...project, registeredBy: member.accountId }))) throw new Refusal('conflict', 'projects.registered-already', { field: 'code' })
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

/**
 * Do offices know somebody else as the owner, and nobody the member? What they say of the project comes first, and where they have said
 * nothing, who applied in its cases: whoever registers a project speaks for it before the guard, and a code is no secret.
 */
async function isAnothers(trx: Knex.Transaction, { uscc, organisationName }: Member, code: string): Promise<boolean> {
  const stated = (await listProjectStatements(trx, code)).map(({ owner }) => owner)
  const known = stated.length ? stated : (await listCasesOfProject(trx, code)).map(({ applicant }) => applicant)
  return known.length > 0 && !known.some((one) => (one.uscc ?? uscc) === null ? one.name === organisationName : one.uscc === uscc)
}
