import type { Database } from '#app/domain/context.ts'
import type { Duty, Role } from '#app/domain/accounts/actor.ts'

/** A session with the person behind it, and the organisation it acts for if that membership still stands. */
export type SessionRow = {
  id: string
  accountId: string
  displayName: string
  /** True when the token that found it is the current one, false when it is the one before. */
  current: boolean
  previousUntil: Date | null
  /** True between a rotation and the first use of the new token. */
  unconfirmed: boolean
  userAgent: string
  createdAt: Date
  lastSeenAt: Date
  rotatedAt: Date
  expiresAt: Date
  revokedAt: Date | null
  membership: { organisationId: string; organisationName: string; uscc: string | null; divisionCode: string; role: Role; duty: Duty } | null
}

export type NewSession = {
  id: string
  tokenHash: Buffer
  accountId: string
  organisationId: string | null
  role: Role | null
  userAgent: string
  createdAt: Date
  expiresAt: Date
}

type Found = {
  id: string
  account_id: string
  display_name: string
  current: boolean
  previous_until: Date | null
  unconfirmed: boolean
  user_agent: string
  created_at: Date
  last_seen_at: Date
  rotated_at: Date
  expires_at: Date
  revoked_at: Date | null
  organisation_id: string | null
  organisation_name: string | null
  uscc: string | null
  division_code: string | null
  role: Role | null
  duty: Duty | null
}

/** One query: the session, its person if not disabled, and the membership it acts in if neither it nor the organisation's role has ended. */
export async function findSessionByToken(db: Database, tokenHash: Buffer): Promise<SessionRow | null> {
  const { rows } = await db.raw<{ rows: Found[] }>(
    `select s.id, s.account_id, a.display_name, s.token_hash = :hash as current, s.previous_until,
            s.previous_token_hash is not null and s.previous_until is null as unconfirmed, s.user_agent,
            s.created_at, s.last_seen_at, s.rotated_at, s.expires_at, s.revoked_at,
            o.id as organisation_id, o.name as organisation_name, o.uscc, o.division_code, m.role, m.duty
       from sessions s
       join accounts a on a.id = s.account_id and a.disabled_at is null
       left join memberships m on m.account_id = s.account_id and m.organisation_id = s.organisation_id and m.role = s.role and m.until is null
                and exists (select from organisation_roles r where r.organisation_id = m.organisation_id and r.role = m.role and r.until is null)
       left join organisations o on o.id = m.organisation_id
      where s.token_hash = :hash or s.previous_token_hash = :hash`,
    { hash: tokenHash },
  ).options({ name: 'session-by-token' })
  return rows[0] ? toSession(rows[0]) : null
}

/** A session as its owner sees it in the list. */
export type OwnSession = { id: string; userAgent: string; createdAt: Date; lastSeenAt: Date; rotatedAt: Date; expiresAt: Date; revokedAt: Date | null; organisationName: string | null; role: Role | null }

/** Sessions of one account that nobody has revoked and that have not run out, last used first. */
export async function listSessions(db: Database, accountId: string, at: Date): Promise<OwnSession[]> {
  const rows = await db('sessions as s')
    .leftJoin('organisations as o', 'o.id', 's.organisation_id')
    .where('s.account_id', accountId)
    .whereNull('s.revoked_at')
    .where('s.expires_at', '>', at)
    .orderBy([{ column: 's.last_seen_at', order: 'desc' }, { column: 's.id' }])
    .limit(100)
    .select('s.*', 'o.name as organisation_name')
  return rows.map((row) => ({
    id: row.id,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    rotatedAt: row.rotated_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    organisationName: row.organisation_name,
    role: row.role,
  }))
}

/** Used from its beginning on. The token's hash alone is kept; organisation and role are null until one of several is chosen. */
export async function insertSession(db: Database, session: NewSession): Promise<void> {
  await db('sessions').insert({
    id: session.id,
    token_hash: session.tokenHash,
    account_id: session.accountId,
    organisation_id: session.organisationId,
    role: session.role,
    user_agent: session.userAgent,
    created_at: session.createdAt,
    last_seen_at: session.createdAt,
    rotated_at: session.createdAt,
    expires_at: session.expiresAt,
  })
}

/** By the session's id, good or not: the caller has asked, and writes seldom ({@link isDueForSeen}). */
export async function saveSessionSeen(db: Database, id: string, at: Date): Promise<void> {
  await db('sessions').where({ id }).update({ last_seen_at: at })
}

/**
 * Hands a session a new token. The old one stays good until the new one has been used and a short grace is over;
 * `from` makes sure that of two pages asking at once only one rotates.
 *
 * @returns false when somebody else has rotated it meanwhile
 */
export async function saveRotation(db: Database, { id, from, to, at }: { id: string; from: Date; to: Buffer; at: Date }): Promise<boolean> {
  const { rowCount } = await db.raw<{ rowCount: number }>(
    `update sessions set token_hash = :to, rotated_at = :at, last_seen_at = :at, previous_until = null,
            -- When the new token of the last rotation never arrived, the one before is still what the browser holds.
            previous_token_hash = case when previous_token_hash is not null and previous_until is null then previous_token_hash else token_hash end
      where id = :id and rotated_at = :from and revoked_at is null`,
    { id, from, to, at },
  )
  return rowCount === 1
}

/** The new token has arrived: from now on the one before has only its grace left. */
export async function saveRotationSeen(db: Database, id: string, until: Date): Promise<void> {
  await db('sessions').where({ id }).whereNotNull('previous_token_hash').whereNull('previous_until').update({ previous_until: until })
}

/** Chooses whom the session acts for, under a new token; the old one opens nothing any more. */
export async function saveChoice(db: Database, choice: { id: string; organisationId: string; role: Role; tokenHash: Buffer; at: Date }): Promise<void> {
  await db('sessions')
    .where({ id: choice.id })
    .update({ organisation_id: choice.organisationId, role: choice.role, token_hash: choice.tokenHash, previous_token_hash: null, previous_until: null, rotated_at: choice.at, last_seen_at: choice.at })
}

/** Revokes one session of this account; false when it has no such session that stands. */
export async function revokeSession(db: Database, { id, accountId, at }: { id: string; accountId: string; at: Date }): Promise<boolean> {
  return (await db('sessions').where({ id, account_id: accountId }).whereNull('revoked_at').update({ revoked_at: at })) === 1
}

/** Revokes all sessions of this account but the one kept. @returns how many */
export async function revokeSessionsBut(db: Database, { kept, accountId, at }: { kept: string | null; accountId: string; at: Date }): Promise<number> {
  return db('sessions')
    .where({ account_id: accountId })
    .whereNull('revoked_at')
    .modify((query) => kept !== null && query.whereNot({ id: kept }))
    .update({ revoked_at: at })
}

/** Ends every session in which an account acts for an organisation: its membership there has ended. */
export async function revokeSessionsFor(db: Database, { accountId, organisationId, at }: { accountId: string; organisationId: string; at: Date }): Promise<void> {
  await db('sessions').where({ account_id: accountId, organisation_id: organisationId }).whereNull('revoked_at').update({ revoked_at: at })
}

function toSession(row: Found): SessionRow {
  return {
    id: row.id,
    accountId: row.account_id,
    displayName: row.display_name,
    current: row.current,
    previousUntil: row.previous_until,
    unconfirmed: row.unconfirmed,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    rotatedAt: row.rotated_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    membership: row.organisation_id
      ? { organisationId: row.organisation_id, organisationName: row.organisation_name!, uscc: row.uscc, divisionCode: row.division_code!, role: row.role!, duty: row.duty! }
      : null,
  }
}
