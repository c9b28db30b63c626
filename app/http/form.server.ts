import type { FormValues } from '#app/domain/accounts/kept-form.ts'
import { normalise } from './normalise.ts'

/** What a form's text may hold in all, however it is packed: a form without files is turned away at the entrance beyond as much. */
const MOST_SIGNS = 256 * 1024

/** Reads a form's text fields; a field that was sent twice is a list. A body that is no form at all is a 400, too much text a 413, never a 500. */
export async function readForm(request: Request): Promise<FormValues> {
  const form = await request.formData().catch(() => {
    throw new Response('400', { status: 400 })
  })
  // A map, since a field may be called `constructor`: an object would answer with what it inherits.
  const values = new Map<string, string | string[]>()
  let signs = 0
  for (const [name, value] of form) {
    if (typeof value !== 'string') continue
    signs += name.length + value.length
    if (signs > MOST_SIGNS) throw new Response('413', { status: 413 })
    const text = normalise(value)
    const before = values.get(name)
    // A list grows in place: copied for each of its values, one short body would hold the whole process for minutes.
    if (Array.isArray(before)) before.push(text)
    else values.set(name, before === undefined ? text : [before, text])
  }
  return Object.fromEntries(values)
}
