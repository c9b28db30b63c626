import { canonical, type Json } from '../ledger/canonical.ts'
import type { ListingWording } from './listing.ts'

/** Everything that a wording says beside its code, each with its JSON pointer, in the order in which people read it. */
export const POINTERS = {
  name: '/name',
  aliases: '/aliases',
  categoryCode: '/categoryCode',
  nature: '/nature',
  approvalItems: '/approvalItems',
  stages: '/stages',
  bases: '/rules/bases',
  appliesWhen: '/rules/appliesWhen',
  selfPrepare: '/rules/selfPrepare',
  commissioner: '/rules/commissioner',
  material: '/rules/material',
  regionalAssessment: '/rules/regionalAssessment',
  mergedInto: '/rules/mergedInto',
  duplicateOf: '/rules/duplicateOf',
  itemCancelledOn: '/rules/itemCancelledOn',
  freeDownload: '/rules/freeDownload',
  validYears: '/rules/validYears',
  department: '/details/department',
  approvalItem: '/details/approvalItem',
  timeLimit: '/details/timeLimit',
  feeBasis: '/details/feeBasis',
  qualification: '/details/qualification',
  legalBasis: '/details/legalBasis',
  sourceTitle: '/details/sourceTitle',
  sourceUrl: '/details/sourceUrl',
  audit: '/details/audit',
  sample: '/details/sample',
} as const
export type WordingField = keyof typeof POINTERS
export const WORDING_FIELDS = Object.keys(POINTERS) as WordingField[]

export type FieldChange = { field: WordingField; before: Json; after: Json }

/** What a wording says in one field. */
export function sayingOf(wording: ListingWording, field: WordingField): Json {
  const parts = POINTERS[field].slice(1).split('/')
  return parts.reduce<unknown>((whole, part) => (whole as Record<string, unknown>)[part], wording) as Json
}

/** Where two wordings of a code say different things. The order of names inside a rule makes no difference. */
export function changesBetween(before: ListingWording, after: ListingWording): FieldChange[] {
  return WORDING_FIELDS.map((field) => ({ field, before: sayingOf(before, field), after: sayingOf(after, field) })).filter((one) => canonical(one.before) !== canonical(one.after))
}

/** The field in which a pointer points. */
export function fieldAt(pointer: string): WordingField | null {
  return WORDING_FIELDS.find((field) => pointer === POINTERS[field] || pointer.startsWith(`${POINTERS[field]}/`)) ?? null
}
