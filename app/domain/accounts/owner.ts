import { z } from 'zod'
import { AccountFields, checkPassword } from './credentials.ts'
import { OrganisationFields, PersonFields } from './organisation.ts'

/** An owner that is an organisation. */
export const OwnerForm = z.object({ ...OrganisationFields, ...AccountFields }).superRefine(checkPassword)
export type OwnerFields = Omit<z.output<typeof OwnerForm>, 'passwordAgain'>

/** An owner who is a natural person: a name, a telephone number, a place; no identity number. */
export const PersonOwnerForm = z.object({ ...PersonFields, signInName: AccountFields.signInName, password: AccountFields.password, passwordAgain: AccountFields.passwordAgain }).superRefine(checkPassword)
export type PersonOwnerFields = Omit<z.output<typeof PersonOwnerForm>, 'passwordAgain'>
