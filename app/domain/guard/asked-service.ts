import type { Case } from '../cases/case.ts'
import { isAwaited } from '../cases/newly-asked.ts'
import type { Decision } from './decision.ts'

/** What the guard last answered of a service in a case, to a demand that would have the applicant bring its document. */
export type ServiceAnswer = Pick<Decision, 'verdict' | 'material' | 'reasons' | 'facts' | 'alternatives'> & { decision: string; service: string }

/**
 * Which services a case's list of documents demands and nobody has judged yet. To list a document as lacking is to demand it
 * (《行政许可法》第三十二条: the list of what is missing is the notice of what must be handed in); what the applicant brought by itself is none.
 *
 * @param answers the last answer of each service in the case
 * @returns codes of the list, each once: those without an answer, and those whose answer waits for facts, which may be known by now
 */
export function servicesToJudge({ materials }: Pick<Case, 'materials'>, answers: readonly ServiceAnswer[]): string[] {
  const asked = materials.flatMap((material) => (material.listingCode !== null && isAwaited(material) ? [material.listingCode] : []))
  return [...new Set(asked)].filter((code) => (answers.find(({ service }) => service === code)?.verdict ?? 'needs-facts') === 'needs-facts')
}

/** Has the list said that the document may not be asked of the applicant? Missing facts say only that it is not known yet, and who may write it says nothing of the document. */
export function isUndemandable(answer: Pick<ServiceAnswer, 'reasons'>): boolean {
  return answer.reasons.some(({ bearing }) => bearing !== 'commissioning')
}
