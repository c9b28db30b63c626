import { newId, newSalt, writtenAt } from '#app/domain/chance.server.ts'
import type { Knex } from 'knex'
import type { Actor } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { pass } from '#db/client.ts'
import { insertTelling, tellingBindings, TELLING_CTES, type TellingBindings, type TellingRows } from '#db/repositories/ledger-entries.ts'
import { canonical, sha256, type Json } from './canonical.ts'
import { concealed, entryBody, entryLeafHash, type LedgerReference } from './entry.ts'

export { TELLING_CTES, type LedgerReference }

/** One act, to be told at once to the ledger, the audit and the outbox. */
export type Telling = {
  at: Date
  /** The audit's word for it: the permission it took, or the clockwork's step. */
  act: string
  kind: string
  /** A stable public id: tender number, listing code, decision id. */
  subject: string
  divisionCode: string
  /** Public, and no personal data. */
  facts: Record<string, Json>
  /** Personal or secret facts: the ledger gets their salted hash under the same name; deleting the salt erases them. */
  concealed?: Record<string, string>
  /** Facts too long for an entry; the entry holds their hash. */
  payload?: Json
  event?: { type: string; data: Json; subject?: string }
  /** For the audit only, never public. */
  details?: Json
}

/** What a telling writes, ready before the statement runs; `bindings` go with {@link TELLING_CTES}. */
export type PreparedTelling = { reference: LedgerReference; rows: TellingRows; bindings: TellingBindings }

/**
 * Makes the rows of a telling without touching the database, so that a verb in a hurry writes them and its own
 * in one statement: `with ${TELLING_CTES}, mine as (insert …) select …`.
 */
export function prepareTelling(context: Pick<Context, 'actor' | 'keyring' | 'traceId'>, telling: Telling): PreparedTelling {
  const { actor, keyring, traceId } = context
  const recordedAt = writtenAt()
  const id = newId()
  const salts = Object.entries(telling.concealed ?? {}).map(([name, value]) => ({ name, value, salt: newSalt() }))
  const hidden = Object.fromEntries(salts.map(({ name, value, salt }) => [name, { concealed: concealed(value, salt) }]))
  const payload = telling.payload === undefined ? null : canonical(telling.payload)
  const payloadHash = payload === null ? null : sha256(payload)
  const body = entryBody({
    id,
    kind: telling.kind,
    subject: telling.subject,
    division: telling.divisionCode,
    facts: { ...telling.facts, ...hidden },
    at: telling.at.toISOString(),
    recordedAt: recordedAt.toISOString(),
    ...(payloadHash && { payload: payloadHash.toString('hex') }),
  })
  const leafHash = entryLeafHash(body)
  const rows: TellingRows = {
    entry: { id, kind: telling.kind, subject: telling.subject, divisionCode: telling.divisionCode, body, leafHash, payloadHash, at: telling.at, recordedAt, traceId },
    payload,
    salts: salts.map(({ name, salt }) => ({ name, salt })),
    audit: { ...whoOf(actor), act: telling.act, details: telling.details ?? {} },
    event: telling.event ? { id: newId(), type: telling.event.type, subject: telling.event.subject ?? telling.subject, data: telling.event.data } : null,
  }
  const promisedBy = new Date(recordedAt.getTime() + keyring.mergeDelaySeconds * 1000).toISOString()
  const reference = { entry: id, leafHash: leafHash.toString('hex'), index: null, checkpoint: null, promisedBy }
  return { reference, rows, bindings: tellingBindings(rows) }
}

/**
 * Writes the ledger's entry with its payload, the audit's row and the outbox's row in one statement of the caller's transaction.
 *
 * @returns the promise: the entry, its leaf hash, and by when it will be under a checkpoint
 */
export async function tell(trx: Knex.Transaction, context: Pick<Context, 'actor' | 'keyring' | 'traceId'>, telling: Telling): Promise<LedgerReference> {
  const { reference, bindings } = prepareTelling(context, telling)
  await insertTelling(trx, bindings)
  pass('told', trx)
  return reference
}

function whoOf(actor: Actor): { accountId: string | null; organisationId: string | null; clientId: string | null } {
  return {
    accountId: actor.kind === 'member' ? actor.accountId : null,
    organisationId: actor.kind === 'member' || actor.kind === 'client' ? actor.organisationId : null,
    clientId: actor.kind === 'client' ? actor.clientId : null,
  }
}
