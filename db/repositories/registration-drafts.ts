import type { Knex } from 'knex'
import type { Answers } from '#app/domain/agencies/registration.ts'
import type { Database } from '#app/domain/context.ts'

export type RegistrationDraft = { id: string; answers: Answers; passwordHash: string | null; updatedAt: Date; expiresAt: Date; sentAt: Date | null; agencyId: string | null }

type Row = { id: string; answers: Answers; password_hash: string | null; updated_at: Date; expires_at: Date; sent_at: Date | null; agency_id: string | null }

/** An empty one. The token's hash alone is kept; `accountId` is null for a visitor. It is found until `expiresAt`, which every saving moves. */
export async function insertDraft(trx: Knex.Transaction, draft: { id: string; tokenHash: Buffer; accountId: string | null; at: Date; expiresAt: Date }): Promise<void> {
  await trx('registration_drafts').insert({ id: draft.id, token_hash: draft.tokenHash, account_id: draft.accountId, created_at: draft.at, updated_at: draft.at, expires_at: draft.expiresAt })
}

/** The draft behind a token, or the newest open one of an account, unless it has expired. */
export async function findDraft(db: Database, key: DraftKey, at: Date): Promise<RegistrationDraft | undefined> {
  const row: Row | undefined = await chosen(db, key, at).first()
  return row && toDraft(row)
}

/** The same, held until the transaction ends: two tabs change one draft one after the other. */
export async function lockDraft(trx: Knex.Transaction, key: DraftKey, at: Date): Promise<RegistrationDraft | undefined> {
  const row: Row | undefined = await chosen(trx, key, at).forUpdate().first()
  return row && toDraft(row)
}

/** A visitor's browser knows a token; somebody signed in is known by the account as well. */
export type DraftKey = { tokenHash: Buffer | null; accountId: string | null }

function chosen(db: Database, { tokenHash, accountId }: DraftKey, at: Date) {
  return db('registration_drafts')
    .where('expires_at', '>', at)
    .where((either) => {
      either.where({ token_hash: tokenHash ?? Buffer.alloc(0) })
      if (accountId) either.orWhere((own) => own.where({ account_id: accountId }).whereNull('sent_at'))
    })
    .orderByRaw('(token_hash = ?) desc, updated_at desc, id', [tokenHash ?? Buffer.alloc(0)])
}

/** All answers as they stand now, after {@link lockDraft}; without a hash the password from before stays. */
export async function saveAnswers(trx: Knex.Transaction, id: string, { answers, passwordHash, at, expiresAt }: { answers: Answers; passwordHash?: string; at: Date; expiresAt: Date }): Promise<void> {
  await trx('registration_drafts').where({ id }).update({ answers: JSON.stringify(answers), ...(passwordHash && { password_hash: passwordHash }), updated_at: at, expires_at: expiresAt })
}

/** Marks a draft as sent and forgets what it held: the agency's own rows say it now. */
export async function saveSent(trx: Knex.Transaction, id: string, { agencyId, at }: { agencyId: string; at: Date }): Promise<void> {
  await trx('registration_drafts').where({ id }).update({ sent_at: at, agency_id: agencyId, answers: '{}', password_hash: null, updated_at: at })
}

/** With everything in it, after {@link lockDraft}; one that was sent stays. */
export async function deleteDraft(trx: Knex.Transaction, id: string): Promise<void> {
  await trx('registration_drafts').where({ id }).whereNull('sent_at').delete()
}

function toDraft(row: Row): RegistrationDraft {
  return { id: row.id, answers: row.answers, passwordHash: row.password_hash, updatedAt: row.updated_at, expiresAt: row.expires_at, sentAt: row.sent_at, agencyId: row.agency_id }
}
