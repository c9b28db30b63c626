import { createHash } from 'node:crypto'
import type { Condition } from '#app/domain/cases/condition.ts'

/** A strong tag over whatever decides the bytes of an answer. */
export function tagOf(made: unknown): string {
  return tagOfText(JSON.stringify(made))
}

/** The tag of a document that has been written, as its next reader will get it. */
export function tagged(text: string): { ETag: string } {
  return { ETag: tagOfText(text) }
}

function tagOfText(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
}

/** Does the caller hold this already? (`If-None-Match`, RFC 9110, 13.1.2: compared weakly.) */
export function matches(given: string | null, etag: string): boolean {
  return given?.trim() === '*' || (given ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}

/**
 * What a write is made to depend on by `If-Match` and `If-None-Match` (RFC 9110, 13.1 and 13.2.2): both must hold. The first is compared
 * strongly, so that a weak tag never fits.
 *
 * @returns nothing where the caller makes no condition
 */
export function conditionOf({ headers }: { headers: Pick<Headers, 'get'> }): Condition | undefined {
  const [wanted, unwanted] = [headers.get('if-match'), headers.get('if-none-match')]
  if (wanted === null && unwanted === null) return undefined
  return (standing) => {
    const etag = standing && tagOf(standing)
    const isWanted = wanted === null || (etag !== null && (wanted.trim() === '*' || wanted.split(',').some((one) => one.trim() === etag)))
    return isWanted && (etag === null || !matches(unwanted, etag))
  }
}
