import { z } from 'zod'
import { signFault } from '../accounts/text.ts'

/** What stands under the seal of a plan: the text that judges read, in a part of its own with a key of its own. */
export const Plan = z.strictObject({ tender: z.string(), bid: z.string(), uscc: z.string(), text: z.string().min(1), salt: z.string().regex(/^[0-9a-f]{32}$/) })
export type Plan = z.infer<typeof Plan>

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
