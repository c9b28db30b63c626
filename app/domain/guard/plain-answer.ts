import type { Judgement, Reason } from './judgement.ts'
import type { ReasonCode } from './reasons.ts'

/** The one large word over an answer, and the sentence under it. */
export type Headline = 'refused' | 'document-only' | 'no-agency-named' | 'agency-refused-facts-open' | 'needs-facts' | 'allowed' | 'allowed-document' | 'allowed-document-by-choice' | 'office-itself'
/** What is said of the document. `open` is settled by facts alone. */
export type SaidOfMaterial = 'yes' | 'no' | 'open'
/** What is said of commissioning an agency. `as-asked` is refused for the way in which it was asked. */
export type SaidOfCommissioning = 'yes' | 'no' | 'choice' | 'open' | 'no-but-choice' | 'as-asked'
/** An answer as a page says it: no line of it says less or more than another. */
export type PlainAnswer = {
  headline: Headline
  material: SaidOfMaterial
  commissioning: SaidOfCommissioning
  /** Whether the facts that nobody gave could still change the answer. */
  facts: 'none' | 'decisive' | 'beside'
}

type Answer = Pick<Judgement, 'verdict' | 'material' | 'commissioning'> & { facts: readonly string[]; reasons: readonly Pick<Reason, 'code' | 'bearing'>[] }

/** Reasons that are about which agency, and leave open whether there has to be one. */
const ABOUT_WHICH: ReadonlySet<ReasonCode> = new Set(['designated-agency', 'agency-of-authority'])

/**
 * Puts the two answers of a judgement into words that cannot contradict each other. While facts are missing the judgement
 * answers "may not be required" to both questions; whoever reads it must see which part of that is settled whatever the
 * facts are, and which waits for them.
 */
export function plainAnswer(answer: Answer): PlainAnswer {
  const material = saidOfMaterial(answer)
  const commissioning = saidOfCommissioning(answer, material)
  const facts = answer.facts.length === 0 ? 'none' : material === 'open' || commissioning === 'open' ? 'decisive' : 'beside'
  return { headline: headlineOf(answer, material, commissioning), material, commissioning, facts }
}

function saidOfMaterial({ material, facts, reasons }: Answer): SaidOfMaterial {
  if (material === 'may-be-required') return 'yes'
  return facts.length && !reasons.some(isAgainstDocument) ? 'open' : 'no'
}

function saidOfCommissioning({ commissioning, facts, reasons }: Answer, material: SaidOfMaterial): SaidOfCommissioning {
  if (commissioning === 'may-be-required') return 'yes'
  if (commissioning === 'applicants-choice') return 'choice'
  if (material === 'no') return 'no'
  const against = reasons.filter(({ bearing }) => bearing === 'commissioning')
  // Whatever the facts turn out to be, who may write it itself is never made to commission it.
  if (against.some(({ code }) => code === 'may-self-prepare')) return 'no-but-choice'
  if (against.length) return 'as-asked'
  return facts.length ? 'open' : 'no'
}

function headlineOf({ verdict, reasons }: Answer, material: SaidOfMaterial, commissioning: SaidOfCommissioning): Headline {
  if (verdict === 'needs-facts') return 'needs-facts'
  if (verdict === 'allowed') {
    if (material !== 'yes') return 'office-itself'
    return commissioning === 'yes' ? 'allowed' : commissioning === 'choice' ? 'allowed-document-by-choice' : 'allowed-document'
  }
  if (material === 'no') return 'refused'
  if (material === 'open') return 'agency-refused-facts-open'
  return reasons.every(({ code }) => ABOUT_WHICH.has(code)) ? 'no-agency-named' : 'document-only'
}

function isAgainstDocument({ bearing }: Pick<Reason, 'bearing'>): boolean {
  return bearing !== 'commissioning'
}
