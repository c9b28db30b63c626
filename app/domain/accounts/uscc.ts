import { z } from 'zod'

/** GB 32100-2015: digits and capital letters without I, O, S, V, Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** GB 11714 counts letters on from ten, none left out. */
const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
const LENGTH = 18
const DIVISION = /^\d{6}$/

/** What is wrong with a code: names of sentences. */
export type UsccFault =
  | 'accounts.uscc-required'
  | 'accounts.uscc-length'
  | 'accounts.uscc-signs'
  | 'accounts.uscc-division'
  | 'accounts.uscc-check'
  | 'accounts.uscc-organisation-check'
  | 'accounts.uscc-both-checks'

/** A code as somebody pasted it, as it is written: capital letters, plain digits, no blanks or hyphens. */
export function normaliseUscc(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u200B\uFEFF-]/g, '').toUpperCase()
}

/** The eighteenth sign that GB 32100 asks for: weights are powers of 3 modulo 31. */
export function usccCheckDigit(code: string): string {
  let sum = 0
  let weight = 1
  for (const sign of code.slice(0, LENGTH - 1)) {
    sum += ALPHABET.indexOf(sign) * weight
    weight = (weight * 3) % 31
  }
  return ALPHABET[(31 - (sum % 31)) % 31]!
}

/** The ninth sign that GB 11714 asks for in the organisation code at places 9 to 17. */
export function organisationCheckDigit(code: string): string {
  const sum = ORGANISATION_WEIGHTS.reduce((total, weight, place) => total + ORGANISATION_ALPHABET.indexOf(code[place]!) * weight, 0)
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}

/**
 * Both check digits of a unified social credit code, and what stands before them.
 *
 * @param code as {@link normaliseUscc} gives it
 * @returns which check failed, or null: `123456789012345678` passes the first check only
 */
export function usccFault(code: string): UsccFault | null {
  if (code === '') return 'accounts.uscc-required'
  if ([...code].length !== LENGTH) return 'accounts.uscc-length'
  if ([...code].some((sign) => !ALPHABET.includes(sign))) return 'accounts.uscc-signs'
  if (!DIVISION.test(code.slice(2, 8))) return 'accounts.uscc-division'
  const whole = usccCheckDigit(code) === code[17]
  const organisation = organisationCheckDigit(code.slice(8, 16)) === code[16]
  if (whole && organisation) return null
  if (whole) return 'accounts.uscc-organisation-check'
  return organisation ? 'accounts.uscc-check' : 'accounts.uscc-both-checks'
}

/** A form's or an API's field that holds a code. What is far too long is not looked at. */
export const Uscc = z
  .string('accounts.uscc-required')
  .transform((text) => (text.length > 200 ? text.slice(0, 200) : normaliseUscc(text)))
  .superRefine((code, context) => {
    const fault = usccFault(code)
    if (fault) context.addIssue({ code: 'custom', message: fault, params: { length: [...code].length } })
  })
  .meta({ pattern: '^[0-9A-Z]{18}$' })
