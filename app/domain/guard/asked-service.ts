import type { Material } from '../cases/case.ts'
import { isAwaited } from '../cases/newly-asked.ts'
import type { Decision } from './decision.ts'

/** The answer that stands in a case to a demand that would have the applicant bring a service's document; `withdrawn` where the office took the demand back. */
export type ServiceAnswer = Pick<Decision, 'verdict' | 'material' | 'reasons' | 'facts' | 'alternatives'> & { decision: string; withdrawn: boolean }

/**
 * By which service a document of a case is judged, and what was answered; null where nobody asked for it. `means` is the service of the list that its
 * name means, where that is not the one whose code the office gave: of an own document, or of one whose name and code do not fit.
 */
export type MaterialAnswer = { material: string; service: string; means: { code: string; name: string } | null; answer: ServiceAnswer | null }

/**
 * Which services a case's list of documents demands and nobody has judged yet. To list a document as lacking is to demand it
 * (《行政许可法》第三十二条: the list of what is missing is the notice of what must be handed in); what the applicant brought by itself is none.
 *
 * @param answers what stands of each document
 * @param asked documents that the office asks for as it did not before
 * @returns codes of the list, each once: those without an answer, those whose answer waits for facts, which may be known by now, and those that were asked for anew after the office had taken its demand back
 */
export function servicesToJudge(materials: readonly Material[], answers: readonly MaterialAnswer[], asked: readonly Pick<Material, 'code'>[]): string[] {
  const waits = ({ material, answer }: MaterialAnswer) => (answer?.withdrawn ? asked.some(({ code }) => code === material) : (answer?.verdict ?? 'needs-facts') === 'needs-facts')
  return [...new Set(answers.filter((one) => materials.some((material) => material.code === one.material && isAwaited(material)) && waits(one)).map(({ service }) => service))]
}

/** Has the list said that the document may not be asked of the applicant, and does the office still ask? Missing facts say only that it is not known yet, and who may write it says nothing of the document. */
export function isUndemandable({ reasons, withdrawn }: Pick<ServiceAnswer, 'reasons' | 'withdrawn'>): boolean {
  return !withdrawn && reasons.some(({ bearing }) => bearing !== 'commissioning')
}
