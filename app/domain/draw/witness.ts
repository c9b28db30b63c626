import { ed25519 } from '@noble/curves/ed25519.js'
import { verify as verifyBytes } from 'node:crypto'
import { z } from 'zod'
import { shareAnAccount, tiesBetween, type Identity } from '../bids/ties.ts'
import { canonical } from '../ledger/canonical.ts'
import { publicKeyOf } from '../ledger/keyring.ts'
import type { BasisPoints } from '../percent.ts'
import { Refusal } from '../refusal.ts'
import type { Tender } from '../tenders/tender.ts'

/** How many lay witnesses sign a result at the most. The format of the bundle knows no more. */
export const MOST_WITNESSES = 3

/**
 * What a witness signs: the leaf hash of the entry that decided, with the pool and the first label beside it for people to
 * read. The entry names freeze, value, secret and the hash of the whole order, so nothing of the result is left open.
 */
export type Statement = { tender: string; poolRoot: string; result: string; winner: string | null }

/** The bytes under the signature. The browser and the verifier make the same; docs/verification.md has the rule. */
export function statementText(statement: Statement): string {
  return `mingdan/witness/v1\n${canonical(statement)}`
}

const KEY = /^[A-Za-z0-9+/]{43}=$/
const SIGNATURE = /^[A-Za-z0-9+/]{86}==$/
const MOST_SIGNS = 100
/** Hidden fields have no place at which a fault could be shown: what is in them is judged by the verb. */
const Hidden = z.unknown().transform((given) => (given === undefined ? '' : String(given).slice(0, MOST_SIGNS)))

/** What the forms bring; both stay empty where no script ran, and the account stands for the witness. */
export const EnrolForm = z.object({ publicKey: Hidden })
export const SignForm = z.object({
  publicKey: Hidden,
  signature: Hidden,
  confirmed: z.literal('yes', 'witnesses.unconfirmed'),
})

/** Refuses `witnesses.key-malformed` where key or signature are there and not spelled in the one way that Base64 has for them. */
export function mustBeSpelled({ publicKey, signature = '' }: { publicKey: string; signature?: string }): void {
  const isSpelled = (text: string, pattern: RegExp) => text === '' || (pattern.test(text) && Buffer.from(text, 'base64').toString('base64') === text)
  if (!isSpelled(publicKey, KEY) || !isSpelled(signature, SIGNATURE)) throw new Refusal('invalid', 'witnesses.key-malformed')
}

/**
 * Did the holder of the key sign this statement? Key and signature are Base64. Two programs have to say so: they differ over keys
 * and signatures that no honest browser makes, and readers check with the one or the other.
 */
export function isSignedStatement(statement: Statement, { publicKey, signature }: { publicKey: string; signature: string }): boolean {
  const [key, value, text] = [Buffer.from(publicKey, 'base64'), Buffer.from(signature, 'base64'), Buffer.from(statementText(statement))]
  if (key.length !== 32 || value.length !== 64) return false
  try {
    return ed25519.verify(value, text, key, { zip215: false }) && verifyBytes(null, text, publicKeyOf(key), value)
  } catch {
    return false
  }
}

/** What a witness may not have in a tender. */
export type Interest = 'owner' | 'bidder' | 'related-owner' | 'related-bidder'

type Sides = { owner: Identity; bidders: readonly Identity[]; since?: Date | null; relatedShare?: BasisPoints }

/**
 * The interest that somebody's organisation, or a natural person, has in a tender; null where there is none. It is related as
 * bidders are (eligibility): by person, telephone, address, share or account.
 *
 * @param bidders whoever has bid at all, also what was taken back or left out
 */
export function interestOf(own: Identity, { owner, bidders, since, relatedShare }: Sides): Interest | null {
  if (own.id === owner.id) return 'owner'
  if (bidders.some(({ id }) => id === own.id)) return 'bidder'
  const isRelated = (other: Identity) => tiesBetween(own, other, since, relatedShare).length > 0 || shareAnAccount(own, other, since)
  if (isRelated(owner) || own.supervisorId === owner.id) return 'related-owner'
  return bidders.some(isRelated) ? 'related-bidder' : null
}

type Course = Pick<Tender, 'method' | 'drawnAt' | 'closing' | 'opening' | 'cancellation'>

/** Refuses `witnesses.nothing-drawn` of a direct selection, `witnesses.decided` once there is a result, and `witnesses.over` where there will be none. */
export function mustAwaitResult({ method, drawnAt, closing, opening, cancellation }: Course): void {
  if (method === 'direct') throw new Refusal('conflict', 'witnesses.nothing-drawn')
  if (drawnAt) throw new Refusal('conflict', 'witnesses.decided')
  const failed = closing?.outcome === 'too-few-bidders' || opening?.outcome === 'too-few-valid' || (cancellation && !cancellation.afterValue)
  if (failed) throw new Refusal('conflict', 'witnesses.over')
}

/** Refuses `witnesses.nothing-drawn`, and `witnesses.not-decided` as long as there is nothing to sign. */
export function mustHaveResult({ method, drawnAt }: Course): void {
  if (method === 'direct') throw new Refusal('conflict', 'witnesses.nothing-drawn')
  if (!drawnAt) throw new Refusal('conflict', 'witnesses.not-decided')
}

/** What somebody may do as a witness now, and why not. */
export type Witnessing = {
  /** Null for a visitor, whom the page asks to sign in, and for a member who may do what `may` says. */
  why: string | null
  may: 'enrol' | 'sign' | null
  /** Enrolled, with the key on record or without one; null for who is not. */
  enrolled: { publicKey: string | null } | null
  signed: { place: number; byKey: boolean } | null
  statement: (Statement & { text: string }) | null
  /** Under which name the witness' browser keeps the key: it tells nobody which account it is. */
  keyName: string
  /** Places that are left: to enrol for before there is a result, to sign at after. */
  left: number
}
