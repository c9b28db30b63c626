import type { Knex } from 'knex'
import type { Duty, Role } from '#app/domain/accounts/actor.ts'
import type { Database } from '#app/domain/context.ts'

export type Invitation = { id: string; organisationId: string; role: Role; duty: Duty; invitedBy: string; displayName: string; createdAt: Date; expiresAt: Date; takenAt: Date | null; revokedAt: Date | null }

type Row = {
  id: string
  organisation_id: string
  role: Role
  duty: Duty
  invited_by: string
  display_name: string
  created_at: Date
  expires_at: Date
  taken_at: Date | null
  revoked_at: Date | null
}

/** Keeps the code's hash alone ({@link lockInvitation} finds it by that); `expiresAt` is the first instant at which it is not taken any more. */
export async function insertInvitation(trx: Knex.Transaction, invitation: Omit<Invitation, 'takenAt' | 'revokedAt'> & { tokenHash: Buffer }): Promise<void> {
  await trx('invitations').insert({
    id: invitation.id,
    token_hash: invitation.tokenHash,
    organisation_id: invitation.organisationId,
    role: invitation.role,
    duty: invitation.duty,
    invited_by: invitation.invitedBy,
    display_name: invitation.displayName,
    created_at: invitation.createdAt,
    expires_at: invitation.expiresAt,
  })
}

/** The invitation behind a code, held until the transaction ends: it is taken once. */
export async function lockInvitation(trx: Knex.Transaction, tokenHash: Buffer): Promise<Invitation | undefined> {
  const row = await trx('invitations').where({ token_hash: tokenHash }).forUpdate().first()
  return row && toInvitation(row)
}

/** After {@link lockInvitation}, which shows whether it is still open. `by` is the account that was made with it. */
export async function saveTaken(trx: Knex.Transaction, { id, by, at }: { id: string; by: string; at: Date }): Promise<void> {
  await trx('invitations').where({ id }).update({ taken_at: at, taken_by: by })
}

/** Invitations of an organisation in a role that nobody has taken yet. */
export async function listOpenInvitations(db: Database, { organisationId, role, at }: { organisationId: string; role: Role; at: Date }): Promise<Invitation[]> {
  const rows = await db('invitations').where({ organisation_id: organisationId, role }).whereNull('taken_at').whereNull('revoked_at').where('expires_at', '>', at).orderBy([{ column: 'created_at', order: 'desc' }, { column: 'id' }]).limit(50)
  return rows.map(toInvitation)
}

function toInvitation(row: Row): Invitation {
  return {
    id: row.id,
    organisationId: row.organisation_id,
    role: row.role,
    duty: row.duty,
    invitedBy: row.invited_by,
    displayName: row.display_name,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    takenAt: row.taken_at,
    revokedAt: row.revoked_at,
  }
}
