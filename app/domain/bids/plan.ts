import { z } from 'zod'

/** What stands under the seal of a plan: the text that judges read, in a part of its own with a key of its own. The salt pads it (offer-salt.ts). */
export const Plan = z.strictObject({ tender: z.string(), bid: z.string(), uscc: z.string(), text: z.string().min(1), salt: z.string().regex(/^[0-9a-f]{32,8256}$/) })
export type Plan = z.infer<typeof Plan>
