import type { Commissioner, Stage } from './listing.ts'

/** What an authority approves. Null is 未载明. Days are the authority's, in `dayUnit`. */
export type ApprovalItem = {
  code: string
  name: string
  stage: Stage
  /** May it run beside the other items of its stage? */
  parallel: boolean
  authority: string
  statutoryDays: number | null
  promisedDays: number | null
  dayUnit: 'working' | 'calendar' | null
  commissioner: Commissioner
  selfPrepare: boolean | null
  appliesWhen: string | null
  legalBasis: string | null
  /** Names of the services that it usually needs. */
  services: string[]
  note: string | null
  source: string
  promisedSource: string | null
  /** Rests on general knowledge and not on a text that was read: labelled wherever it is shown. */
  sample: boolean
}
