import type { Headline } from '../catalogue/demandability.ts'
import type { Listing } from '../catalogue/listing.ts'

/** What can be found. A tender is found from its publication on; a result from the day the tender ended. */
export const KINDS = ['service', 'agency', 'tender', 'result'] as const
export type Kind = (typeof KINDS)[number]

/** What a kind may be narrowed by. */
export const FILTERS = { service: ['category', 'nature'], agency: ['division', 'service'], tender: ['state'], result: ['state', 'year'] } as const satisfies Record<Kind, readonly string[]>
export type FilterName = (typeof FILTERS)[Kind][number]
export type Filters = Partial<Record<FilterName, string>>

/** Where a tender is, as far as a list tells it: between the deadline and the end nothing can be done by anybody. */
export const PHASES = ['open', 'suspended', 'underway', 'publicity', 'awarded', 'failed', 'cancelled'] as const
export type Phase = (typeof PHASES)[number]

/** What a line of the answer shows of each kind, as the rows said when they were read. Times are ISO texts. */
export type Shown = {
  service: { code: string; nature: Listing['nature']; rules: Pick<Listing['rules'], 'bases' | 'commissioner' | 'selfPrepare'>; item: string | null; sample: boolean }
  agency: { uscc: string; seat: string; services: string[]; offerings: number }
  tender: { number: string; service: string; owner: string | null; ceilingFen: number; closesAt: string; direct: boolean }
  result: { number: string; service: string; owner: string | null; winner: string | null; endedAt: string }
}

/** How a document was found, best first. `near` fits only roughly. */
export const WAYS = ['name', 'alias', 'beginning', 'words', 'pinyin', 'near'] as const
export type Way = (typeof WAYS)[number]

export type HitOf<K extends Kind> = { kind: K; id: string; title: string; way: Way; phase: Phase | null; shown: Shown[K] }
export type Hit = { [K in Kind]: HitOf<K> }[Kind]

/** A hit as a page shows it: what may be said of a service depends on the day. */
export type Line = Exclude<Hit, { kind: 'service' }> | (HitOf<'service'> & { headline: Headline })

/** More than this is not counted: nobody reads it, and counting costs. */
export const MOST_COUNTED = 1000

/** An abbreviation or a slip of the pen and what it was taken for. */
export type Understood = { said: string; means: string[]; slip: boolean }

/** What is typed beyond this many characters is not looked for. */
export const LONGEST_QUESTION = 100
