import { z } from 'zod'
import { AccountFields, checkPassword } from '../accounts/credentials.ts'
import { OrganisationFields } from '../accounts/organisation.ts'
import { text } from '../accounts/text.ts'

/** The wording of the commitment letter that the form shows; a new wording gets a new name. */
export const COMMITMENT = 'agency-commitment-1'

/** The short form by which an agency registers. `commitment` is the ticked box. */
export const AgencyForm = z
  .object({
    ...OrganisationFields,
    introduction: text({ least: 0, most: 1000, lines: true }).default(''),
    commitment: z.literal('yes', 'agencies.commitment'),
    ...AccountFields,
  })
  .superRefine(checkPassword)
export type AgencyFields = Omit<z.output<typeof AgencyForm>, 'passwordAgain'>

/** The checks that a machine makes before an agency is active; the ledger says that they were made. */
export const FORMAL_CHECKS = ['gb32100-mod31', 'gb11714-mod11', 'commitment-given', 'not-registered-before'] as const
