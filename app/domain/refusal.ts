export type RefusalKind = 'unauthenticated' | 'forbidden' | 'missing' | 'conflict' | 'unmet' | 'invalid' | 'throttled' | 'unavailable'

/** The words' area and name of one reason to refuse, e.g. `tenders.closed`: `app/words` turns it into a sentence. */
export type RefusalCode = `${string}.${string}`

export type RefusalParams = Record<string, string | number>

/**
 * The house saying no. Anything else that is thrown is a bug.
 *
 * It is known by its brand, never by `instanceof`: the server's entrance and the pages load this module
 * twice (docs/decisions/066).
 */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly refusal = true
  readonly kind: RefusalKind
  readonly code: RefusalCode
  readonly params: RefusalParams
  readonly field: string | undefined
  /** What is wrong beside it, so that nobody has to come back once for each. */
  readonly also: readonly Refusal[]

  constructor(kind: RefusalKind, code: RefusalCode, { params = {}, field, also = [] }: { params?: RefusalParams; field?: string; also?: readonly Refusal[] } = {}) {
    super(code)
    this.kind = kind
    this.code = code
    this.params = params
    this.field = field
    this.also = also
  }
}

/** Several as one, which is told at once. There is at least one. */
export function together([first, ...also]: readonly Refusal[]): Refusal {
  if (!first) throw new Error('Nothing was refused.')
  return new Refusal(first.kind, first.code, { params: first.params, ...(first.field !== undefined && { field: first.field }), also })
}

/** By its brand, whichever copy of this module made it. Takes whatever was thrown. */
export function isRefusal(error: unknown): error is Refusal {
  return typeof error === 'object' && error !== null && 'refusal' in error && error.refusal === true
}
