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
    `select s.id, s.account_id, a.display_name, s.token_hash = :hash as current, s.previous_until, s.user_agent,
            s.created_at, s.last_seen_at, s.rotated_at, s.expires_at, s.revoked_at,
            o.id as organisation_id, o.name as organisation_name, o.uscc, o.division_code, m.role, m.duty
       from sessions s
       join accounts a on a.id = s.account_id and a.disabled_at is null
       left join memberships m on m.account_id = s.account_id and m.organisation_id = s.organisation_id and m.role = s.role and m.until is null
                and exists (select from organisation_roles r where r.organisation_id = m.organisation_id and r.role = m.role and r.until is null)
       left join organisations o on o.id = m.organisation_id
      where s.token_hash = :hash or s.previous_token_hash = :hash`,
    { hash: tokenHash },
  )
  return rows[0] ? toSession(rows[0]) : null
}

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

export async function saveSessionSeen(db: Database, id: string, at: Date): Promise<void> {
  await db('sessions').where({ id }).update({ last_seen_at: at })
}

function toSession(row: Found): SessionRow {
  return {
    id: row.id,
    accountId: row.account_id,
    displayName: row.display_name,
    current: row.current,
    previousUntil: row.previous_until,
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
