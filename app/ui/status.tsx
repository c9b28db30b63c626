import type { ReactNode } from 'react'

/** `open` one can still act · `kept` allowed, done as promised · `refused` refused, broken, ended · `plain` everything else. */
export type Tone = 'plain' | 'open' | 'kept' | 'refused'

/** A word and its colour; the word alone already says it. */
export function Status({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={tone === 'plain' ? 'status' : `status tone-${tone}`}>{children}</span>
}
