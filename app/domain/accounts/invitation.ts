import { z } from 'zod'
import { AccountFields, checkPassword } from './credentials.ts'
import { name } from './text.ts'

/** How long an invitation waits to be taken: the house's own choice. */
export const INVITATION_LASTS = 7 * 24 * 60 * 60 * 1000

/** What a manager says of the person invited. */
export const InvitationForm = z.object({ displayName: name(60) })

/** What the person invited says: the code that the manager handed over, and an account of their own. */
export const AcceptanceForm = z.object({ invitation: z.string('forms.required').min(1, 'forms.required').max(200, 'accounts.invitation-unknown'), ...AccountFields }).superRefine(checkPassword)

/** May it still be taken at this instant? Not once it was taken or revoked, nor from `expiresAt` on. */
export function isOpen({ takenAt, revokedAt, expiresAt }: { takenAt: Date | null; revokedAt: Date | null; expiresAt: Date }, at: Date): boolean {
  return takenAt === null && revokedAt === null && at < expiresAt
}
