import type { Database } from '../context.ts'

/**
 * A way to prove who somebody is. Local accounts are one; a city's single sign-on (OIDC) is another behind the same port.
 * A provider answers *who* and nothing else: whom a person acts for and in what role comes from our memberships alone,
 * whatever claims the provider sends.
 */
export type SignInProvider<Proof> = {
  name: string
  /** @returns our account's id, or null when the proof proves nobody; it never says why */
  identify: (db: Database, proof: Proof) => Promise<string | null>
}
