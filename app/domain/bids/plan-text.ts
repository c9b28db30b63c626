import { signFault } from '../accounts/signs.ts'

/** Why a text is no plan: codes of words, each with its sentence at the field. */
export const PLAN_FAULTS = ['forms.required', 'merit.plan-long', 'accounts.text-pictures', 'accounts.text-private', 'accounts.text-broken'] as const
export type PlanFault = (typeof PLAN_FAULTS)[number]

/**
 * Reads what somebody typed as the plan of a bid.
 *
 * @param most characters that the procedure allows
 * @returns the text with one kind of line ends and nothing around it, or why it is none
 */
export function parsePlan(typed: string, most: number): { text: string } | { fault: PlanFault } {
  const text = typed.replace(/\r\n?/g, '\n').trim()
  if (text === '') return { fault: 'forms.required' }
  if ([...text].length > most) return { fault: 'merit.plan-long' }
  const fault = signFault(text, { lines: true })
  return fault ? { fault } : { text }
}
