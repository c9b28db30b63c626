import { z } from 'zod'
import { OrganisationFields } from '../accounts/organisation.ts'
import { PeopleStep } from './registration.ts'
import { ShareholdersField } from './shareholder.ts'

/** What an agency corrects of its record by itself: who speaks for it, who holds a share of it, and where it is reached. Its name and code are another organisation's. */
export const CorrectionStep = PeopleStep.extend({ phone: OrganisationFields.phone, address: OrganisationFields.address, shareholders: ShareholdersField })
export type Correctable = z.output<typeof CorrectionStep>

/** The form: without `confirmed` it is only looked at. */
export const CorrectionForm = CorrectionStep.extend({ confirmed: z.literal('yes').optional() })

export const CORRECTABLE = ['legalRepresentative', 'phone', 'address', 'agentName', 'contactName', 'contactPhone', 'shareholders'] as const satisfies readonly (keyof Correctable)[]
export type CorrectableField = (typeof CORRECTABLE)[number]

/** What stands in the record; an imported agency may have nothing there. */
export type Recorded = Record<CorrectableField, string | null>

/** A correction that was made: which fields, and what stood in all of them until then. */
export type Correction = { changed: CorrectableField[]; before: Recorded; at: Date }

/** The fields in which two records differ. */
export function changedBetween(before: Recorded, after: Recorded): CorrectableField[] {
  return CORRECTABLE.filter((field) => plain(field, before[field]) !== plain(field, after[field]))
}

/** One telephone however its parts are set off: what an old record writes with hyphens the form writes without. */
function plain(field: CorrectableField, value: string | null): string | null {
  return field === 'phone' || field === 'contactPhone' ? (value?.replace(/[\s()-]/g, '') ?? null) : value
}
