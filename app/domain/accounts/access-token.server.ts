import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Context } from '#app/domain/context.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { findApiClient, findScopesNow, noteToken, type ApiClient } from '#db/repositories/api-clients.ts'
import type { Client } from './actor.ts'
import { passwordMatches, wasteTheSameTime } from './password.server.ts'
import type { Scope } from './permissions.ts'

export const TOKEN_SECONDS = 600
const AUDIENCE = 'mingdan-api'
const REMEMBERED = 60_000

const Claims = z.object({
  sub: z.string(),
  org: z.uuid(),
  uscc: z.string(),
  division: z.string(),
  exp: z.number(),
  scope: z.string().transform((text) => text.split(' ').filter(Boolean) as Scope[]),
})

export type Grant = { accessToken: string; scopes: Scope[]; expiresIn: number }
export type TokenFault = 'invalid_client' | 'invalid_scope'

/**
 * Gives a client a token for ten minutes. What it may do is written into the token, and {@link scopesLeft} says at each call what of it
 * the client still may: a revoked one is out at once.
 *
 * @param scopes what is asked for; null asks for everything the client may have
 * @returns the grant, or the fault as RFC 6749 names it
 */
export async function grantToken({ db, clock, keyring }: Pick<Context, 'db' | 'clock' | 'keyring'>, { id, secret, scopes }: { id: string; secret: string; scopes: string[] | null }): Promise<Grant | { fault: TokenFault }> {
  const client = await findApiClient(db, id)
  if (!client) {
    await wasteTheSameTime(secret)
    return { fault: 'invalid_client' }
  }
  const at = await clock.read(db)
  if (!(await isSecretOf(client, secret, at))) return { fault: 'invalid_client' }
  const granted = scopes === null ? client.scopes : client.scopes.filter((scope) => scopes.includes(scope))
  if (granted.length === 0 || (scopes !== null && scopes.some((scope) => !client.scopes.includes(scope as Scope)))) return { fault: 'invalid_scope' }
  const accessToken = await new SignJWT({ org: client.organisationId, uscc: client.uscc, division: client.divisionCode, scope: granted.join(' ') })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .setSubject(client.id)
    .setIssuer(keyring.origin)
    .setAudience(AUDIENCE)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${TOKEN_SECONDS}s`)
    .sign(keyring.tokenSecret)
  await noteToken(db, client.id, at)
  return { accessToken, scopes: granted, expiresIn: TOKEN_SECONDS }
}

/** Tokens that were verified and still run: a case system sends the same one for ten minutes, and verifying costs a tenth of a decision. */
const verifiedTokens = new WeakMap<Keyring, Map<string, { client: Client; until: number }>>()
const MOST_TOKENS = 1000

/** The client behind a token; null where the token is none of ours or has run out. */
export async function clientOfToken(keyring: Keyring, token: string | null): Promise<Client | null> {
  if (token === null) return null
  const tokens = verifiedTokens.get(keyring) ?? new Map<string, { client: Client; until: number }>()
  const known = tokens.get(token)
  if (known && performance.now() < known.until) return known.client
  tokens.delete(token)
  const found = await verify(keyring, token)
  if (!found) return null
  if (tokens.size >= MOST_TOKENS) tokens.clear()
  verifiedTokens.set(keyring, tokens.set(token, found))
  return found.client
}

/** What of its token's scopes a client still has at this instant, by one read of its row; null where it was revoked. */
export async function scopesLeft(db: Context['db'], { clientId, scopes }: Client): Promise<Scope[] | null> {
  const now = await findScopesNow(db, clientId)
  return now.length === 0 ? null : scopes.filter((scope) => now.includes(scope))
}

async function verify(keyring: Keyring, token: string): Promise<{ client: Client; until: number } | null> {
  const verified = await jwtVerify(token, keyring.tokenSecret, { issuer: keyring.origin, audience: AUDIENCE, algorithms: ['HS256'], typ: 'at+jwt' }).catch(() => null)
  const claims = Claims.safeParse(verified?.payload)
  if (!claims.success) return null
  const { sub, org, uscc, division, scope, exp } = claims.data
  return { client: { kind: 'client', clientId: sub, organisationId: org, uscc, divisionCode: division, scopes: scope }, until: exp * 1000 - performance.timeOrigin }
}

/** Secrets that were right a moment ago: argon2 is slow on purpose, and a case system may ask for many tokens. */
const remembered = new Map<string, { proof: Buffer; until: number }>()

async function isSecretOf({ id, secretHash, previousSecretHash, previousUntil }: ApiClient, secret: string, at: Date): Promise<boolean> {
  const hashes = [secretHash, ...(previousSecretHash && previousUntil! > at ? [previousSecretHash] : [])]
  // The stored hash is part of the proof: a secret that was replaced is forgotten at once.
  const proofs = hashes.map((hash) => createHash('sha256').update(`${hash}\0`).update(secret).digest())
  const known = remembered.get(id)
  if (known && known.until > performance.now() && proofs.some((proof) => timingSafeEqual(known.proof, proof))) return true
  for (const [place, hash] of hashes.entries()) {
    if (!(await passwordMatches(hash, secret))) continue
    remembered.set(id, { proof: proofs[place]!, until: performance.now() + REMEMBERED })
    return true
  }
  return false
}
