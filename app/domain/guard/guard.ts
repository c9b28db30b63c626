import { evaluate } from './conditions.ts'
import { alternativesTo } from './alternatives.ts'
import { isAmbiguous } from './match-words.ts'
import { reasonsAgainst } from './against.ts'
import type { CommissioningAnswer, DemandToJudge, GuardFacts, Judgement, MaterialAnswer, Reason, Verdict } from './judgement.ts'

/** Among the facts that are missing: which listed service is meant. */
export const DEMANDED_ITEM = 'demanded.item'

/**
 * May an authority ask this of an applicant? The heart of the house: pure, so that anybody can run it again.
 *
 * It refuses the demand and never the document, and answers two questions apart: may the material be required, and may
 * commissioning an agency be required (《优化营商环境条例》第四十二条至第四十四条，《行政许可法》第三十一条、第三十二条)?
 *
 * @param demand what is asked, of whom, on which Beijing day
 * @param facts what the list said on that day and what is known of the project
 * @returns both answers, the worse of what was asked as verdict, every reason that applies, and the facts still missing.
 *   While facts are missing neither answer is "may be required".
 */
export function judge(demand: DemandToJudge, facts: GuardFacts): Judgement {
  const reasons = reasonsAgainst(demand, facts)
  const asked = reasons.filter((reason) => isAsked(reason, demand))
  const missing = [...(asked.length === 0 ? missingItem(demand, facts) : []), ...missingFacts(facts)]
  return {
    ...answersTo(reasons, missing, demand),
    facts: missing,
    alternatives: alternativesTo(asked, facts.listing),
    document: 'to-be-accepted',
    nearest: facts.listing && facts.match?.by !== 'score' ? [] : facts.nearest,
  }
}

/** Both answers, the verdict, and the reasons that count against what was asked. */
export function answersTo(reasons: readonly Reason[], missing: readonly string[], demand: Pick<DemandToJudge, 'commissioner' | 'designation'>): Pick<Judgement, 'verdict' | 'material' | 'commissioning' | 'reasons'> {
  const asked = reasons.filter((reason) => isAsked(reason, demand))
  return { verdict: verdictOf(asked, missing), material: materialAnswer(reasons, missing), commissioning: commissioningAnswer(reasons, missing), reasons: asked }
}

/** Refused by any reason, else open while a fact is missing, else allowed. */
export function verdictOf(reasons: readonly Reason[], missing: readonly string[]): Verdict {
  if (reasons.length) return 'refused'
  return missing.length ? 'needs-facts' : 'allowed'
}

/** Is commissioning asked of the applicant? A document that only one agency's seal makes good asks for it in disguise. */
export function asksCommissioning({ commissioner, designation }: Pick<DemandToJudge, 'commissioner' | 'designation'>): boolean {
  return commissioner === 'applicant' || (commissioner === null && designation !== null)
}

/** A reason counts against a demand only where it speaks against something that was asked of the applicant. */
function isAsked({ code, bearing }: Reason, demand: Pick<DemandToJudge, 'commissioner' | 'designation'>): boolean {
  if (code === 'wrong-commissioner') return demand.commissioner !== 'authority'
  return bearing !== 'commissioning' || code === 'agency-of-authority' || asksCommissioning(demand)
}

/**
 * Words that are only like a listing's say something else besides: another service, a fee, or the agency that is to do it.
 * They may be refused by what the listing says, and are never allowed by it: the authority names the listing that it means.
 */
function missingItem({ demanded }: DemandToJudge, facts: GuardFacts): string[] {
  const isLike = facts.listing && facts.match?.by === 'score' && facts.match.score < 1
  return isLike || ('text' in demanded && isAmbiguous(facts)) ? [DEMANDED_ITEM] : []
}

/** The project's facts on which the answer hangs and that nobody gave, in the order they are asked for. */
function missingFacts({ listing, project }: GuardFacts): string[] {
  if (!listing) return []
  const known = project ?? {}
  const { appliesWhen, regionalAssessment } = listing.rules
  const trigger = appliesWhen ? evaluate(appliesWhen, known) : { truth: 'met', missing: [] }
  if (trigger.truth === 'not-met') return []
  const covered = regionalAssessment && known['site.regionalAssessments'] === undefined ? ['site.regionalAssessments'] : []
  return [...new Set([...trigger.missing, ...covered])]
}

function materialAnswer(reasons: readonly Reason[], missing: readonly string[]): MaterialAnswer {
  return missing.length || reasons.some(({ bearing }) => bearing !== 'commissioning') ? 'may-not-be-required' : 'may-be-required'
}

/** A document that may not be required makes commissioning it out of the question, whatever else is said. */
function commissioningAnswer(reasons: readonly Reason[], missing: readonly string[]): CommissioningAnswer {
  if (missing.length || reasons.some(({ code, bearing }) => bearing !== 'material' && code !== 'may-self-prepare')) return 'may-not-be-required'
  if (reasons.some(({ bearing }) => bearing === 'material')) return 'may-not-be-required'
  return reasons.some(({ code }) => code === 'may-self-prepare') ? 'applicants-choice' : 'may-be-required'
}
