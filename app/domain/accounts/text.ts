import { z } from 'zod'

/** Signs that no paper can carry: pictographs, flags, keycaps and the joiners between them. */
const PICTURES = /\p{Extended_Pictographic}|[\u{1F1E6}-\u{1F1FF}\u{1F3FB}-\u{1F3FF}\u20E3\uFE0F]/u
/** Old systems put rare characters into the private area, where every machine shows another sign. */
const PRIVATE = /\p{Co}/u
/** Lone surrogates and what a reader of bytes put in their place, unassigned and invisible control signs; line breaks are allowed where a text may have them. */
const BROKEN = /[\p{Cs}\p{Cn}\uFFFD\u202A-\u202E\u2066-\u2069\u200C-\u200F\u0000-\u0008\u000B-\u001F\u007F]/u

/** `say` names the sentences of a text that has its own for what is missing, too short or too long. */
type Bounds = { least?: number; most: number; lines?: boolean; say?: { empty?: string; short?: string; long?: string } }

/**
 * A text that people write into a form and that stands on public pages: characters are counted, not bytes,
 * rare ones (䶮, 𠮷) are welcome, pictures and signs that only one machine can show are not.
 */
export function text({ least = 1, most, lines = false, say: { empty = 'forms.required', short = 'accounts.text-short', long = 'accounts.text-long' } = {} }: Bounds) {
  return z.string(empty).superRefine((value, context) => {
    const say = (message: string, params: Record<string, number> = {}) => context.addIssue({ code: 'custom', message, params })
    const length = [...value].length
    if (value.trim() === '') return least > 0 ? say(empty) : undefined
    if (length > most) say(long, { most, length })
    if ([...value.trim()].length < least) say(short, { least, length })
    const fault = signFault(value, { lines })
    if (fault) say(fault)
  })
}

/** Why a text's signs cannot stand on a public page; null where they can. */
export function signFault(value: string, { lines }: { lines?: boolean } = {}): 'accounts.text-pictures' | 'accounts.text-private' | 'accounts.text-broken' | null {
  if (PICTURES.test(value)) return 'accounts.text-pictures'
  if (PRIVATE.test(value)) return 'accounts.text-private'
  return BROKEN.test(value) || (!lines && /[\n\t]/.test(value)) ? 'accounts.text-broken' : null
}

/** The name of a person or an organisation: a text with at least one letter in it. */
export function name(most = 100) {
  return text({ least: 2, most }).refine((value) => value.trim() === '' || /\p{L}/u.test(value), 'accounts.name-letters')
}
