import type { Knex } from 'knex'
import type { Case, CaseInput } from '#app/domain/cases/case.ts'
import { writeCase, type Keeper, type WrittenCase } from '#app/domain/cases/write-case.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { insertDecisionRow } from '#db/repositories/guard-decisions.ts'
import { insertTelling } from '#db/repositories/ledger-entries.ts'
import { listServiceAnswers } from '#db/views/service-answers.ts'
import { servicesToJudge, type ServiceAnswer } from './asked-service.ts'
import { prepareDecision, rowOf } from './decide.server.ts'
import type { Say } from './decision.ts'
import { gatherEach } from './gather-facts.server.ts'
import { recordTurnedAwayInCase } from './turn-away-in-case.server.ts'

/**
 * Writes a case and judges what it asks for: to list the document of a service as lacking is to demand it. The case is taken as it is, since it is its
 * office's own record; each such demand gets its decision once, signed and told as every other, in the same transaction. What it
 * newly turned away of what the applicant wrote is put on record beside it.
 *
 * @returns what became of the case, and the last answer to each service in it
 * Refuses what {@link writeCase} does.
 */
export async function writeJudgedCase(trx: Knex.Transaction, context: Context, keeper: Keeper, { number, input, say }: { number: string; input: CaseInput; say: Say }): Promise<WrittenCase & { answers: ServiceAnswer[] }> {
  const written = await writeCase(trx, context, keeper, { number, input })
  const { saved } = written
  await recordTurnedAwayInCase(trx, context, keeper, written)
  if (!saved.materials.some(({ listingCode }) => listingCode !== null)) return { ...written, answers: [] }
  const answers = (await listServiceAnswers(trx, [saved.id])).get(saved.id)!
  const isJudged = await judgeServices(trx, context, keeper, { written, answers, say })
  return { ...written, answers: isJudged ? (await listServiceAnswers(trx, [saved.id])).get(saved.id)! : answers }
}

/** @returns whether anything was answered anew; what waits for facts is not told again while it still waits */
async function judgeServices(trx: Knex.Transaction, context: Context, keeper: Keeper, { written: { saved, isChanged, asked }, answers, say }: { written: WrittenCase; answers: readonly ServiceAnswer[]; say: Say }): Promise<boolean> {
  const codes = servicesToJudge(saved, answers)
  if (!codes.length) return false
  const { organisationId: authorityId, divisionCode } = keeper
  const at = isChanged ? saved.changedAt : await context.clock.read(trx)
  const told = new Set([...asked.lacking, ...asked.turnedAway].map(({ listingCode }) => listingCode))
  let isJudged = false
  for (const [place, gathered] of (await gatherEach(trx, codes.map((code) => demandOf(saved, { code, keeper, at })), { divisionCode, authorityId })).entries()) {
    const code = codes[place]!
    const prepared = prepareDecision(context, { id: newId(), divisionCode, act: 'record:demand', demand: demandOf(saved, { code, keeper, at }), say, gathered, at, withCase: isChanged && told.has(code) })
    if (prepared.document.verdict === 'needs-facts' && answers.some(({ service }) => service === code)) continue
    await insertTelling(trx, prepared.telling)
    await insertDecisionRow(trx, rowOf(prepared, { divisionCode, authorityId, gathered, at }))
    isJudged = true
  }
  return isJudged
}

/** The document is asked for, and nobody is told to commission an agency for it; what the office says of the project elsewhere is not its own witness here. */
function demandOf({ number, projectCode, approvalItem }: Case, { code, keeper, at }: { code: string; keeper: Keeper; at: Date }) {
  return { caseNumber: number, projectCode, authority: keeper.uscc, approvalItem, demanded: { item: code }, commissioner: null, namedAgency: null, demandedOn: dayOf(at), facts: {} }
}
