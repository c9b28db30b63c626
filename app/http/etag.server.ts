import { createHash } from 'node:crypto'

/** A strong tag over whatever decides the bytes of an answer. */
export function tagOf(made: unknown): string {
  return `"${createHash('sha256').update(JSON.stringify(made)).digest('base64url').slice(0, 27)}"`
}

/** Does the caller hold this already? (`If-None-Match`, RFC 9110, 13.1.2: compared weakly.) */
export function matches(given: string | null, etag: string): boolean {
  return given === '*' || (given ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}
