import type { Client } from '#app/domain/accounts/actor.ts'
import { answerOnce, type Answered } from '#app/domain/accounts/answer-once.server.ts'
import type { CaseInput } from '#app/domain/cases/case.ts'
import { refuseUnmet, type Condition } from '#app/domain/cases/condition.ts'
import { caseDocument } from '#app/domain/cases/case-document.ts'
import type { Context } from '#app/domain/context.ts'
import { lockCase } from '#db/repositories/cases.ts'
import { listMaterialAnswers } from '#db/views/material-answers.ts'
import { listSaidInWords } from '#db/views/said-services.ts'
import type { Say } from './decision.ts'
import { writeJudgedCase } from './write-judged-case.server.ts'

/**
 * Writes a case as its authority's system describes it, in the place of what the same number said before, with the guard's answer to what it asks for.
 *
 * @param number the case system's own, unique within its authority
 * @param condition what the case must be as it stands for this to be written
 * @param say words the guard's reasons
 * @returns the case as it stands now, 201 where it is new; the same answer under the same key
 * @throws Refusal what {@link refuseUnmet} and {@link writeJudgedCase} refuse, and what {@link answerOnce} does
 */
export async function putCase(context: Context & { actor: Client }, { number, input, say, idempotency, condition }: { number: string; input: CaseInput; say: Say; idempotency: { key: string; requestHash: string }; condition?: Condition | undefined }): Promise<Answered & { replayed: boolean }> {
  const { actor } = context
  return answerOnce(context, idempotency, async (trx) => {
    if (condition) {
      const standing = await lockCase(trx, { authorityId: actor.organisationId, number })
      refuseUnmet(condition, standing ? caseDocument(standing, actor, { answers: (await listMaterialAnswers(trx, [standing.id])).get(standing.id)!, said: await listSaidInWords(trx, standing.id) }) : null)
    }
    const { saved, isNew, answers } = await writeJudgedCase(trx, context, actor, { number, input, say })
    return { status: isNew ? 201 : 200, body: JSON.stringify(caseDocument(saved, actor, { answers, said: await listSaidInWords(trx, saved.id) })) }
  })
}
