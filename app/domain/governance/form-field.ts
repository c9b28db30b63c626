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

export function fieldOfForm(pointer: string): string {
  return FIELDS.find(([prefix]) => pointer.startsWith(prefix))?.[1] ?? (pointer.split('/').at(-1)?.replace(/^\d+$/, 'aliases') || 'form')
}
