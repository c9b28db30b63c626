import { z } from 'zod'
import { DivisionCode } from '../divisions/division.ts'
import { name, text } from './text.ts'
import { Uscc } from './uscc.ts'

export type OrganisationKind = 'organisation' | 'natural-person'

export type Organisation = {
  id: string
  kind: OrganisationKind
  uscc: string | null
  name: string
  legalRepresentative: string | null
  phone: string | null
  address: string | null
  divisionCode: string
  registeredAt: Date
}

/** A mobile or fixed telephone of the mainland, written with or without hyphens, +86 and extension. */
export const Phone = z
  .string('forms.required')
  .transform((given) => given.normalize('NFKC').replace(/[\s()-]/g, '').replace(/^(\+|00)86/, ''))
  .superRefine((number, context) => {
    if (number === '') context.addIssue({ code: 'custom', message: 'forms.required' })
    else if (!/^(1[3-9]\d{9}|0\d{9,11}|[2-9]\d{6,7}|[48]00\d{7})(转?\d{1,6})?$/.test(number)) context.addIssue({ code: 'custom', message: 'accounts.phone' })
  })

export const Division = DivisionCode

/** What every organisation says about itself. */
export const OrganisationFields = {
  uscc: Uscc,
  name: name(),
  legalRepresentative: name(60),
  phone: Phone,
  address: text({ least: 4, most: 200 }),
  divisionCode: Division,
}

/** What a natural person says: no identity number is asked for or kept. */
export const PersonFields = { name: name(60), phone: Phone, divisionCode: Division }
