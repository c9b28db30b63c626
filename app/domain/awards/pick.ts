import { z } from 'zod'
import { text } from '#app/domain/accounts/text.ts'

/** What an owner says when picking from the small list. The reason is public. */
export const PickForm = z.object({
  label: z.string('credit.pick-nobody').regex(/^[0-9A-Z]{18}$/, 'credit.pick-nobody'),
  reason: text({ least: 10, most: 500, lines: true, say: { empty: 'credit.pick-reason', short: 'credit.pick-reason', long: 'credit.pick-reason-long' } }),
  confirmed: z.literal('yes', 'credit.pick-unconfirmed'),
})
export type PickForm = z.output<typeof PickForm>
