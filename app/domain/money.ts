import { z } from 'zod'
import { parseYuan, type Fen } from './yuan.ts'

export { formatYuan, parseYuan, type Fen, type MoneyFault } from './yuan.ts'

/** A form's field that holds an amount in yuan and becomes fen. */
export const Yuan = z.string('forms.required').transform((text, context): Fen => {
  const read = parseYuan(text)
  if ('fen' in read) return read.fen
  context.issues.push({ code: 'custom', message: read.fault, input: text })
  return z.NEVER
})
