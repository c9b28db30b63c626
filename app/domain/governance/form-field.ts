/** The field of the form for one wording in which a place of the wording is asked for. */
const FIELDS: [prefix: string, field: string][] = [
  ['/approvalItems', 'items'],
  ['/stages', 'items'],
  ['/categoryCode', 'category'],
  ['/rules/bases', 'bases'],
  ['/rules/selfPrepare', 'selfPrepare'],
  ['/rules/commissioner', 'nature'],
  ['/rules/material', 'material'],
]

/**
 * The form asks in fewer fields than a wording has places: several lead to one, an alias to the field of all of them, the whole wording to `form`.
 *
 * @param pointer a JSON pointer into the wording, as a fault names its place
 */
export function fieldOfForm(pointer: string): string {
  return FIELDS.find(([prefix]) => pointer.startsWith(prefix))?.[1] ?? (pointer.split('/').at(-1)?.replace(/^\d+$/, 'aliases') || 'form')
}
