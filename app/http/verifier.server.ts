import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { logKeys, publishedKeys } from '#app/domain/ledger/published-keys.ts'
import type { Locale } from '#app/words/words.ts'
import { clientScript } from './client-script.server.ts'

/** What a page brings along so that the reader's browser can check without asking again: the program, where its parts are that only some files need, and this site's public keys. */
export type Verifier = { script: string | null; parts: Record<'prices' | 'auction' | 'shortlist' | 'merit' | 'direct' | 'receipt' | 'consistency' | 'witnesses' | 'outside', string | null>; keys: { vkey: string; fingerprint: string }[]; published: string }

export function theVerifier(keyring: Keyring, locale: Locale): Verifier {
  return { script: clientScript(`app/client/verify-${locale}.ts`), parts: { prices: clientScript('app/client/verify-prices.ts'), auction: clientScript('app/client/verify-auction.ts'), shortlist: clientScript('app/client/verify-shortlist.ts'), merit: clientScript('app/client/verify-merit.ts'), direct: clientScript('app/client/verify-direct.ts'), receipt: clientScript('app/client/verify-receipt.ts'), consistency: clientScript('app/client/verify-consistency.ts'), witnesses: clientScript('app/client/verify-witnesses.ts'), outside: clientScript(`app/client/verify-outside-${locale}.ts`) }, keys: logKeys(keyring), published: JSON.stringify(publishedKeys(keyring)) }
}
