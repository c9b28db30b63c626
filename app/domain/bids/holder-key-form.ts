import { z } from 'zod'

/** What registering a key sends: its public half alone. */
export const HolderKeyForm = z.object({ publicKey: z.string('keys.unusable').regex(/^[0-9a-f]{64}$/, 'keys.unusable') })
