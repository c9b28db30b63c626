import type { Knex } from 'knex'
import type { Json } from '#app/domain/ledger/canonical.ts'
import { send, statement } from '../statement.ts'

/** The rows of one telling, named as the house names them. */
export type TellingRows = {
  entry: { id: string; kind: string; subject: string; divisionCode: string; body: string; leafHash: Buffer; payloadHash: Buffer | null; at: Date; recordedAt: Date; traceId: string }
  payload: string | null
  salts: { name: string; salt: Buffer }[]
  audit: { accountId: string | null; organisationId: string | null; clientId: string | null; act: string; details: Json }
  event: { id: string; type: string; subject: string; data: Json } | null
}

/**
 * The common table expressions that write a telling, to stand after `with` in any statement whose bindings
 * include {@link tellingBindings}. Casts are spelled `cast(… as …)` because Knex reads `:name::type` as an identifier.
 */
export const TELLING_CTES = `
  told_payload as (
    insert into ledger_payloads (hash, body)
    select cast(:told_payload_hash as bytea), cast(:told_payload as text) where cast(:told_payload as text) is not null
    on conflict (hash) do nothing
  ),
  told_entry as (
    insert into ledger_entries (id, kind, subject, division_code, body, leaf_hash, payload_hash, at, recorded_at, trace_id)
    values (:told_id, :told_kind, :told_subject, :told_division, :told_body, :told_leaf_hash, :told_payload_hash, :told_at, :told_recorded_at, :told_trace)
  ),
  told_salts as (
    insert into ledger_salts (entry_id, name, salt)
    select cast(:told_id as uuid), salted.name, decode(salted.salt, 'hex')
    from jsonb_to_recordset(cast(:told_salts as jsonb)) as salted (name text, salt text)
  ),
  told_audit as (
    insert into audits (at, account_id, organisation_id, client_id, act, subject, details, trace_id)
    values (:told_at, :told_account, :told_organisation, :told_client, :told_act, :told_subject, cast(:told_details as jsonb), :told_trace)
  ),
  told_event as (
    insert into outbox (event_id, type, subject, data, at, trace_id)
    select cast(:told_event as uuid), cast(:told_event_type as text), cast(:told_event_subject as text), cast(:told_event_data as jsonb), cast(:told_at as timestamptz), cast(:told_trace as text)
    where cast(:told_event as uuid) is not null
  )`

export type TellingBindings = Record<`told_${string}`, string | Buffer | Date | null>

/** The bindings of {@link TELLING_CTES}. Without an event nothing goes to the outbox; salts go in as JSON with their bytes in hex. */
export function tellingBindings({ entry, payload, salts, audit, event }: TellingRows): TellingBindings {
  return {
    told_id: entry.id,
    told_kind: entry.kind,
    told_subject: entry.subject,
    told_division: entry.divisionCode,
    told_body: entry.body,
    told_leaf_hash: entry.leafHash,
    told_payload_hash: entry.payloadHash,
    told_payload: payload,
    told_at: entry.at,
    told_recorded_at: entry.recordedAt,
    told_trace: entry.traceId,
    told_salts: JSON.stringify(salts.map(({ name, salt }) => ({ name, salt: salt.toString('hex') }))),
    told_account: audit.accountId,
    told_organisation: audit.organisationId,
    told_client: audit.clientId,
    told_act: audit.act,
    told_details: JSON.stringify(audit.details),
    told_event: event?.id ?? null,
    told_event_type: event?.type ?? null,
    told_event_subject: event?.subject ?? null,
    told_event_data: event ? JSON.stringify(event.data) : null,
  }
}

const INSERT = statement('insert-telling', `with ${TELLING_CTES} select 1`)

/** Writes a telling in a statement of its own. */
export async function insertTelling(trx: Knex.Transaction, bindings: TellingBindings): Promise<void> {
  await send(trx, INSERT, bindings)
}
