import { z } from 'zod'
import { text } from '../accounts/text.ts'

/** What can have a national code: a listed service (对应标准中介服务事项编码) or an approval item (国家基本编码). */
export const CODE_KINDS = ['service', 'item'] as const
export type CodeKind = (typeof CODE_KINDS)[number]

/** A code as the national lists write it. */
export const NATIONAL_CODE = /^[0-9A-Z][0-9A-Z.-]{3,49}$/

/** The form by which the regulator names a code. Left empty, the code is taken back. */
export const NationalCodeForm = z.object({
  kind: z.enum(CODE_KINDS, 'forms.invalid_value'),
  key: text({ most: 64 }).transform((given) => given.trim()),
  code: z
    .string('forms.required')
    .transform((given) => given.normalize('NFKC').replace(/\s/g, '').toUpperCase())
    .refine((given) => given === '' || NATIONAL_CODE.test(given), 'exchange.code-malformed'),
})
