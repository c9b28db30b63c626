import type { Knex } from 'knex'
import type { Case, CaseInput } from '#app/domain/cases/case.ts'
import { writeCase, type Keeper, type WrittenCase } from '#app/domain/cases/write-case.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { insertDecisionRow } from '#db/repositories/guard-decisions.ts'
import { insertTelling } from '#db/repositories/ledger-entries.ts'
import { listMaterialAnswers } from '#db/views/material-answers.ts'
import { isUndemandable, servicesToJudge, type MaterialAnswer } from './asked-service.ts'
import { prepareDecision, rowOf } from './decide.server.ts'
import type { Say } from './decision.ts'
import { gatherEach } from './gather-facts.server.ts'
import { readMeanings } from './read-meanings.server.ts'
import { recordServicesSaid } from './record-services-said.server.ts'
import { recordTurnedAwayInCase } from './turn-away-in-case.server.ts'

/**
 * Writes a case and judges what it asks for: to list a document that is the output of a service is to demand it, whatever its
 * office calls the source ({@link readMeanings}). The case is taken as it is, since it is its office's own record; each such demand
 * gets its decision once, signed and told as every other, in the same transaction. What it newly turned away of what the applicant
 * wrote is put on record beside it.
 *
 * @returns what became of the case, and what stands of each document of a service in it
 * Refuses what {@link writeCase} does.
 */
export async function writeJudgedCase(trx: Knex.Transaction, context: Context, keeper: Keeper, { number, input, say }: { number: string; input: CaseInput; say: Say }): Promise<WrittenCase & { answers: MaterialAnswer[] }> {
  let answers: MaterialAnswer[] = []
  const judge = async (written: WrittenCase) => {
    answers = await judged(trx, context, keeper, { written, say })
    const asked = [...written.asked.lacking, ...written.asked.turnedAway]
    return answers.filter(({ material, answer }) => answer && isUndemandable(answer) && asked.some(({ code }) => code === material)).length
  }
  const written = await writeReadCase(trx, context, keeper, { number, input, judge })
  await recordTurnedAwayInCase(trx, context, keeper, written)
  return { ...written, answers }
}

/** Writes a case that asks for nothing anew, and reads what its office says in words of its own ({@link recordServicesSaid}). Refuses what {@link writeCase} does. */
export async function writeReadCase(...[trx, context, keeper, input]: Parameters<typeof writeCase>): Promise<WrittenCase> {
  const written = await writeCase(trx, context, keeper, input)
  await recordServicesSaid(trx, written)
  return written
}

async function judged(trx: Knex.Transaction, context: Context, keeper: Keeper, { written, say }: { written: WrittenCase; say: Say }): Promise<MaterialAnswer[]> {
  const { saved, before, isChanged } = written
  const at = isChanged ? saved.changedAt : await context.clock.read(trx)
  await readMeanings(trx, { saved, before, on: dayOf(at) })
  const answersOf = async () => (await listMaterialAnswers(trx, [saved.id])).get(saved.id)!
  const answers = await answersOf()
  return (await judgeServices(trx, context, keeper, { written, answers, say, at })) ? answersOf() : answers
}

/** @returns whether anything was answered anew; what waits for facts is not told again while it still waits */
async function judgeServices(trx: Knex.Transaction, context: Context, keeper: Keeper, { written: { saved, isChanged, asked }, answers, say, at }: { written: WrittenCase; answers: readonly MaterialAnswer[]; say: Say; at: Date }): Promise<boolean> {
  const newly = [...asked.lacking, ...asked.turnedAway]
  const codes = servicesToJudge(saved.materials, answers, newly)
  if (!codes.length) return false
  const { organisationId: authorityId, divisionCode } = keeper
  const told = new Set(answers.flatMap(({ material, service }) => (newly.some(({ code }) => code === material) ? [service] : [])))
  let isJudged = false
  for (const [place, gathered] of (await gatherEach(trx, codes.map((code) => demandOf(saved, { code, keeper, at })), { divisionCode, authorityId })).entries()) {
    const code = codes[place]!
    const prepared = prepareDecision(context, { id: newId(), divisionCode, act: 'record:demand', demand: demandOf(saved, { code, keeper, at }), say, gathered, at, withCase: isChanged && told.has(code) })
    if (prepared.document.verdict === 'needs-facts' && answers.some(({ service, answer }) => service === code && answer && !answer.withdrawn)) continue
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
