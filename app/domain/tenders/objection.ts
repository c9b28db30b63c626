import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { Refusal } from '../refusal.ts'
import { statusAt, type Tender } from './tender.ts'

export const ObjectionForm = z.object({ words: text({ least: 10, most: 2000, lines: true, say: { empty: 'changes.objection-short', short: 'changes.objection-short', long: 'changes.objection-long' } }) })
export const ObjectionAnswerForm = z.object({
  id: z.uuid('changes.no-such-objection'),
  answer: text({ least: 5, most: 2000, lines: true, say: { empty: 'changes.answer-short', short: 'changes.answer-short', long: 'changes.objection-long' } }),
})

/** Refuses `changes.suspended`, `changes.no-result`, and `changes.objection-late` from the period's last instant on. */
export function mustTakeObjection(tender: Tender, at: Date): void {
  if (statusAt(tender, at) === 'suspended') throw new Refusal('conflict', 'changes.suspended')
  if (!tender.objectionsUntil) throw new Refusal('conflict', 'changes.no-result')
  if (at >= tender.objectionsUntil) throw new Refusal('conflict', 'changes.objection-late')
}
