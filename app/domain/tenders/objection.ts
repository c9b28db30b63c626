import { z } from 'zod'
import { Refusal } from '../refusal.ts'
import { statusAt, type Tender } from './tender.ts'

export const ObjectionForm = z.object({ words: z.string('forms.required').min(10, 'changes.objection-short').max(2000, 'changes.objection-long') })
export const ObjectionAnswerForm = z.object({
  id: z.uuid('changes.no-such-objection'),
  answer: z.string('forms.required').min(5, 'changes.answer-short').max(2000, 'changes.objection-long'),
})

/** Refuses `changes.suspended`, `changes.no-result`, and `changes.objection-late` from the period's last instant on. */
export function mustTakeObjection(tender: Tender, at: Date): void {
  if (statusAt(tender, at) === 'suspended') throw new Refusal('conflict', 'changes.suspended')
  if (!tender.objectionsUntil) throw new Refusal('conflict', 'changes.no-result')
  if (at >= tender.objectionsUntil) throw new Refusal('conflict', 'changes.objection-late')
}
