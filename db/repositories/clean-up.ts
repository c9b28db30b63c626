import type { Database } from '#app/domain/context.ts'

/** A session that ended is kept a week, so that its owner still sees it in the list of sessions. */
const SESSION_REMAINS = '7 days'

/** When somebody served is shown for 90 days, and kept a little longer. */
const SPELL_REMAINS = '100 days'

/** Removes what has run out and binds nobody: ended sessions, answers kept for a repeated request, forms nobody came back for, registrations never sent, spells of service that no page shows any more, marks of browsers. */
export async function cleanUp(db: Database, at: Date): Promise<{ sessions: number; idempotencyKeys: number; keptForms: number; registrationDrafts: number; serviceSpells: number; deviceMarks: number }> {
  const [sessions, idempotencyKeys, keptForms, registrationDrafts, serviceSpells, deviceMarks] = await Promise.all([
    db('sessions').whereRaw('expires_at < ?::timestamptz - ?::interval', [at, SESSION_REMAINS]).delete(),
    db('idempotency_keys').where('expires_at', '<', at).delete(),
    db('kept_forms').where('expires_at', '<', at).delete(),
    db('registration_drafts').where('expires_at', '<', at).delete(),
    db('service_spells').whereRaw('beat_at < ?::timestamptz - ?::interval', [at, SPELL_REMAINS]).delete(),
    db('device_marks').where('expires_at', '<', at).delete(),
  ])
  return { sessions, idempotencyKeys, keptForms, registrationDrafts, serviceSpells, deviceMarks }
}

/** Which of these files some row names: a paper that an agency shows or once showed, one of a registration that waits, a contract or a result. One statement, so that what is sent meanwhile is in one of the two. */
export async function listReferencedFiles(db: Database, hashes: readonly string[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set()
  const { rows } = await db.raw<{ rows: { sha256: string }[] }>(
    `select given.sha256 from unnest(cast(:hashes as text[])) as given(sha256)
      where exists (select from agency_documents as shown where shown.sha256 = decode(given.sha256, 'hex'))
         or exists (select from evidence_files as evidence where evidence.sha256 = decode(given.sha256, 'hex'))
         or exists (select from contracts where contracts.sha256 = decode(given.sha256, 'hex'))
         or exists (select from deliverables where deliverables.sha256 = decode(given.sha256, 'hex'))
         or exists (select from registration_drafts as draft where draft.answers->'documents'->'items' @> jsonb_build_array(jsonb_build_object('sha256', given.sha256)))`,
    { hashes: [...hashes] },
  )
  return new Set(rows.map(({ sha256 }) => sha256))
}
