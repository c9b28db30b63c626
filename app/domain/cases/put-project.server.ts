import type { Client } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context, Database } from '#app/domain/context.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import { answerOnce, type Answered } from '#app/domain/accounts/answer-once.server.ts'
import { canonical, type Json } from '#app/domain/ledger/canonical.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { noteDispute } from '#app/domain/projects/note-dispute.server.ts'
import { parseProjectCode } from '#app/domain/projects/project-code.ts'
import { Refusal, together } from '#app/domain/refusal.ts'
import { findDivision } from '#db/repositories/divisions.ts'
import { findProjectStatement, saveProjectStatement } from '#db/repositories/project-statements.ts'
import type { ProjectInput, ProjectStatement } from './case.ts'
import { refuseUnmet, type Condition } from './condition.ts'

/**
 * Writes what an authority's system says of a project. What its owner registered is never written over: the guard reads
 * that first, then what authorities other than the demanding one stated, since none is its own witness, and names who stated what.
 *
 * @param code as {@link parseProjectCode} reads it
 * @param condition what this authority's statement must be as it stands for this to be written
 * @returns the statement as it stands now, 201 where this authority had said nothing of the project
 * @throws Refusal `projects.code-…` at no field, since it stands in the address; `accounts.division-unknown` and
 *   `cases.division-elsewhere` at `divisionCode`; what {@link refuseUnmet} and {@link answerOnce} refuse
 */
export async function putProject(context: Context & { actor: Client }, { code, input, idempotency, condition }: { code: string; input: ProjectInput; idempotency: { key: string; requestHash: string }; condition?: Condition | undefined }): Promise<Answered & { replayed: boolean }> {
  const { actor } = context
  return answerOnce(context, idempotency, async (trx) => {
    const at = await context.clock.read(trx)
    const read = parseProjectCode(code, dayOf(at))
    const faults = await faultsIn(trx, actor, { code, parts: input, at })
    if ('fault' in read || faults.length) throw together(faults)
    const key = { projectCode: read.project.code, authorityId: actor.organisationId }
    await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`project:${key.authorityId}:${key.projectCode}`])
    const before = await findProjectStatement(trx, key)
    if (condition) refuseUnmet(condition, before ? projectDocument(before, actor) : null)
    const statement: ProjectStatement = { ...input, ...key, statedAt: at }
    if (before && isSame(before, statement)) return { status: 200, body: JSON.stringify(projectDocument(before, actor)) }
    await saveProjectStatement(trx, statement)
    await noteDispute(trx, context, { code: key.projectCode, at, act: 'state:project' })
    const { flowType, moneySource, divisionCode, owner, name } = statement
    await tell(trx, context, {
      at,
      act: 'state:project',
      kind: 'project.stated',
      subject: key.projectCode,
      divisionCode,
      // Whose project it is and what it is called is the owner's to make public, who does so by registering it.
      facts: { project: key.projectCode, authority: actor.uscc, flowType, moneySource },
      concealed: { name, ...(owner.uscc && { owner: owner.uscc }) },
      event: { type: 'marketplace.project.stated.v1', data: { project: key.projectCode, authority: actor.uscc } },
      details: { before: before ? (JSON.parse(JSON.stringify(before)) as Json) : null, after: JSON.parse(JSON.stringify(statement)) as Json },
    })
    return { status: before ? 200 : 201, body: JSON.stringify(projectDocument(statement, actor)) }
  })
}

/** What {@link putProject} would refuse of the code and of the parts of a body whose shape is right; nothing is written. */
export async function faultsOfProject({ db, clock, actor }: Context & { actor: Client }, { code, parts }: { code: string; parts: Partial<ProjectInput> }): Promise<Refusal[]> {
  return faultsIn(db, actor, { code, parts, at: await clock.read(db) })
}

async function faultsIn(db: Database, actor: Client, { code, parts: { divisionCode }, at }: { code: string; parts: Partial<ProjectInput>; at: Date }): Promise<Refusal[]> {
  const read = parseProjectCode(code, dayOf(at))
  const wrongDivision = divisionCode === undefined ? null : !(await findDivision(db, divisionCode)) ? 'accounts.division-unknown' : isWithin(divisionCode, actor.divisionCode) ? null : 'cases.division-elsewhere'
  return [...('fault' in read ? [new Refusal('invalid', read.fault)] : []), ...(wrongDivision ? [new Refusal('invalid', wrongDivision, { field: 'divisionCode' })] : [])]
}

function isSame(one: ProjectStatement, other: ProjectStatement): boolean {
  const said = ({ statedAt: _, ...rest }: ProjectStatement) => canonical(JSON.parse(JSON.stringify(rest)) as Json)
  return said(one).toString() === said(other).toString()
}

/** The facts are in an order of their own, whichever they were sent or are kept in: the same statement is the same text. */
function projectDocument({ projectCode, divisionCode, name, owner, flowType, moneySource, investmentFen, facts, statedAt }: ProjectStatement, { uscc }: { uscc: string }) {
  return { projectCode, authority: uscc, divisionCode, name, owner, flowType, moneySource, investmentFen, facts: Object.fromEntries(Object.entries(facts).sort(([one], [other]) => (one < other ? -1 : 1))), statedAt: statedAt.toISOString() }
}
