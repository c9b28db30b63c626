import type { Knex } from 'knex'
import type { Role } from '#app/domain/accounts/actor.ts'
import type { Database } from '#app/domain/context.ts'
import type { Statement } from '#app/domain/draw/witness.ts'

export type Enrolment = { id: string; tenderId: string; accountId: string; organisationId: string; role: Role; publicKey: string | null; enrolledAt: Date; ledgerEntryId: string }
export type WitnessSignature = { id: string; tenderId: string; place: number; accountId: string; organisationId: string; publicKey: string | null; signature: string | null; enrolmentId: string | null; signedAt: Date; ledgerEntryId: string }

const bytesOf = (text: string | null): Buffer | null => (text === null ? null : Buffer.from(text, 'base64'))
const textOf = (bytes: Buffer | null): string | null => bytes?.toString('base64') ?? null

/** The tender is held. Indexes refuse a second one of the same account, or of its organisation, that has not left. `publicKey` (hex) is null where no script ran. */
export async function insertEnrolment(trx: Knex.Transaction, { id, tenderId, accountId, organisationId, role, publicKey, enrolledAt, ledgerEntryId }: Enrolment): Promise<void> {
  await trx('witness_enrolments').insert({ id, tender_id: tenderId, account_id: accountId, organisation_id: organisationId, role, public_key: bytesOf(publicKey), enrolled_at: enrolledAt, ledger_entry_id: ledgerEntryId })
}

/** Those who are enrolled for a tender and have not left, the first one first. */
export async function listEnrolments(db: Database, tenderId: string): Promise<Enrolment[]> {
  const rows = await db('witness_enrolments').where({ tender_id: tenderId }).whereNull('left_at').orderBy(['enrolled_at', 'id'])
  return rows.map((row) => ({ id: row.id, tenderId, accountId: row.account_id, organisationId: row.organisation_id, role: row.role, publicKey: textOf(row.public_key), enrolledAt: row.enrolled_at, ledgerEntryId: row.ledger_entry_id }))
}

/** The witness leaves; the row stays, and its place is free for another. */
export async function endEnrolment(trx: Knex.Transaction, { id, at }: { id: string; at: Date }): Promise<void> {
  await trx('witness_enrolments').where({ id }).update({ left_at: at })
}

/** The tender is held. `place` counts from 1 to 3; account, organisation and key sign once, and the table refuses more. Key and signature (hex) are both there or both null. */
export async function insertWitnessSignature(trx: Knex.Transaction, { id, tenderId, place, accountId, organisationId, publicKey, signature, enrolmentId, signedAt, ledgerEntryId }: WitnessSignature): Promise<void> {
  await trx('witness_signatures').insert({ id, tender_id: tenderId, place, account_id: accountId, organisation_id: organisationId, public_key: bytesOf(publicKey), signature: bytesOf(signature), enrolment_id: enrolmentId, signed_at: signedAt, ledger_entry_id: ledgerEntryId })
}

/** The signatures under a result, by place. */
export async function listWitnessSignatures(db: Database, tenderId: string): Promise<WitnessSignature[]> {
  const rows = await db('witness_signatures').where({ tender_id: tenderId }).orderBy('place')
  return rows.map((row) => ({ id: row.id, tenderId, place: row.place, accountId: row.account_id, organisationId: row.organisation_id, publicKey: textOf(row.public_key), signature: textOf(row.signature), enrolmentId: row.enrolment_id, signedAt: row.signed_at, ledgerEntryId: row.ledger_entry_id }))
}

/** What there is to sign: the leaf hash of the entry that decided, and what people read beside it; undefined before there is a result. */
export async function findStatement(db: Database, tenderId: string): Promise<Statement | undefined> {
  const row = (await db('draws')
    .join('tenders', 'tenders.id', 'draws.tender_id')
    .join('draw_pools as pools', 'pools.tender_id', 'draws.tender_id')
    .join('ledger_entries as entries', 'entries.id', 'draws.ledger_entry_id')
    .where('draws.tender_id', tenderId)
    .first('tenders.number', 'pools.root', 'entries.leaf_hash', db.raw(`draws.bundle::jsonb ->> 'winner' as winner`))) as { number: string; root: Buffer; leaf_hash: Buffer; winner: string | null } | undefined
  return row && { tender: row.number, poolRoot: row.root.toString('hex'), result: row.leaf_hash.toString('hex'), winner: row.winner }
}

/** Every agency that has bid in a tender at all. */
export async function listBiddersOf(db: Database, tenderId: string): Promise<string[]> {
  return db('bids').where({ tender_id: tenderId }).distinct('agency_id').orderBy('agency_id').pluck('agency_id')
}

/** The entries of the signatures under a tender's result, byte for byte, each with its enrolment's where that brought the key. */
export async function listWitnessEntries(db: Database, number: string): Promise<{ signed: string; enrolled: string | null }[]> {
  return db('witness_signatures as signatures')
    .join('tenders', 'tenders.id', 'signatures.tender_id')
    .join('ledger_entries as signed', 'signed.id', 'signatures.ledger_entry_id')
    .leftJoin('witness_enrolments as enrolments', 'enrolments.id', 'signatures.enrolment_id')
    .leftJoin('ledger_entries as enrolled', 'enrolled.id', 'enrolments.ledger_entry_id')
    .where('tenders.number', number)
    .orderBy('signatures.place')
    .select({ signed: 'signed.body', enrolled: 'enrolled.body' })
}
