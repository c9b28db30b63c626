import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { logKeys, publishedKeys } from '#app/domain/ledger/published-keys.ts'
import type { Locale } from '#app/words/words.ts'
import { clientScript } from './client-script.server.ts'

/** Parts of the program that speak, each of them once a language. */
const SPEAKING = ['prices', 'auction', 'shortlist', 'merit', 'direct', 'receipt', 'consistency', 'witnesses', 'drand', 'lottery'] as const
type Part = (typeof SPEAKING)[number] | 'library'

/** What a page brings along so that the reader's browser can check without asking again: the program, where its parts are that only some files or browsers need, and this site's public keys. */
export type Verifier = { script: string | null; parts: Record<Part, string | null>; keys: { vkey: string; fingerprint: string }[]; published: string }

export function theVerifier(keyring: Keyring, locale: Locale): Verifier {
  const speaking = SPEAKING.map((part) => [part, clientScript(`app/client/verify-${part}-${locale}.ts`)] as const)
  const parts = { ...Object.fromEntries(speaking), library: clientScript('app/client/verify-library.ts') } as Verifier['parts']
  return { script: clientScript(`app/client/verify-${locale}.ts`), parts, keys: logKeys(keyring), published: JSON.stringify(publishedKeys(keyring)) }
}
