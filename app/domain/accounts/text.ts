import { z } from 'zod'
import { signFault } from './signs.ts'

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
    // A rule of ours is no keyword of JSON Schema, so what the API's document says of the bounds is said here.
  }).meta({ ...(least > 0 && { minLength: least }), maxLength: most })
}

/** The name of a person or an organisation: a text with at least one letter in it. */
export function name(most = 100) {
  return text({ least: 2, most }).refine((value) => value.trim() === '' || /\p{L}/u.test(value), 'accounts.name-letters')
}
