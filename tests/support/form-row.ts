import type { FormField } from './spoilt.ts'

/** One form of the product, filled in rightly, and who sends it. `fixed` are its hidden fields and its button. */
export type FormRow = {
  /** The module whose action takes it, and which of that page's forms it is. */
  route: string
  form: string
  path: string
  cookie?: string
  fixed?: Record<string, string>
  fields: Record<string, FormField>
  /** Hidden fields that a stranger may spoil: nothing happens, whatever stands in them. */
  spoilable?: string[]
  /** Which table the form fills; three posts of the same leave one row there. */
  makes?: string
  /** Right as it is, it is refused all the same: a wrong password, a thing that is not there, a file that a body of text cannot bring. */
  refused?: true
}

/** Signs that few fonts have, and names of people do. */
export const RARE = '䶮𠮷㐂'
