import type { Database } from '#app/domain/context.ts'
import type { Reading } from '#app/domain/oversight/what-number.ts'

export type FoundKind = 'tender' | 'project' | 'organisation' | 'listing' | 'approvalItem' | 'decision' | 'bid' | 'entry' | 'event' | 'account' | 'session' | 'invitation' | 'document' | 'offering' | 'question' | 'signInName' | 'payload'

/** One thing that bears the number. `subject` is its name in the record; `state` is a word of the page's, or a verdict. */
export type FoundRow = {
  kind: FoundKind
  subject: string
  name: string | null
  at: Date | null
  state: string | null
  place: number | null
  ledgerEntry: string | null
  organisation: { name: string | null; uscc: string | null } | null
}

/** Each part answers with the same columns and is reached by an index; `:at` is the hour that states are told for. */
const BY_ID = `
  select 'tender' as kind, coalesce(t.number, cast(t.id as text)) as subject, case when t.number is not null then t.title end as name, coalesce(t.published_at, t.drafted_at) as at,
         case when t.number is null then case when t.discarded_at is null then 'draft' else 'discarded' end end as state, t.owner_id as organisation_id, cast(null as bigint) as place, t.published_entry_id as ledger_entry from tenders t where t.id = :id
  union all select 'decision', cast(d.id as text), null, d.decided_at, d.verdict, d.authority_id, null, d.ledger_entry_id from guard_decisions d where d.id = :id
  union all select 'bid', cast(b.id as text), t.number, b.received_at, case when b.withdrawn_at is not null then 'withdrawn' when b.replaced_at is not null then 'replaced' else 'standing' end,
         case when exists (select from draw_pools p where p.tender_id = b.tender_id) then b.agency_id end, null, b.ledger_entry_id from bids b join tenders t on t.id = b.tender_id where b.id = :id
  union all select 'entry', e.subject, e.kind, e.at, case when l.index is null then 'waiting' else 'sequenced' end, null, l.index, e.id from ledger_entries e left join ledger_leaves l on l.entry_id = e.id where e.id = :id
  union all select 'event', o.subject, o.type, o.at, null, null, null, null from outbox o where o.event_id = :id
  union all select 'account', cast(a.id as text), null, a.created_at, case when a.disabled_at is null then 'live' else 'disabled' end, m.organisation_id, null, null
         from accounts a left join memberships m on m.account_id = a.id and m.until is null where a.id = :id
  union all select 'session', cast(s.account_id as text), null, s.created_at, case when s.revoked_at is not null then 'revoked' when s.expires_at <= :at then 'expired' else 'live' end, s.organisation_id, null, null from sessions s where s.id = :id
  union all select 'invitation', cast(i.id as text), null, i.created_at, case when i.taken_at is not null then 'taken' when i.revoked_at is not null then 'revoked' when i.expires_at <= :at then 'expired' else 'open' end, i.organisation_id, null, null from invitations i where i.id = :id
  union all select 'organisation', coalesce(g.uscc, cast(g.id as text)), null, g.registered_at, (select string_agg(r.role, ',' order by r.role) from organisation_roles r where r.organisation_id = g.id and r.until is null), g.id, null, null from organisations g where g.id = :id
  union all select 'document', cast(p.id as text), null, p.uploaded_at, null, p.agency_id, null, null from agency_documents p where p.id = :id
  union all select 'offering', cast(f.id as text), f.listing_code, f.offered_at, case when f.withdrawn_at is null then 'live' else 'withdrawn' end, f.agency_id, null, null from offerings f where f.id = :id
  union all select 'question', cast(q.id as text), t.number, q.asked_at, case when q.answered_at is null then 'unanswered' else 'answered' end, null, null, q.ledger_entry_id from tender_questions q join tenders t on t.id = q.tender_id where q.id = :id
  union all select 'listing', i.code, i.name, null, case when i.in_force_until is null then 'live' else 'ended' end, null, i.since_version, null from listings i where i.id = :id`

const ENTRY = `select 'entry' as kind, e.subject, e.kind as name, e.at, case when l.index is null then 'waiting' else 'sequenced' end as state, cast(null as uuid) as organisation_id, l.index as place, e.id as ledger_entry`

/** By the kind of a reading: the parts that look for it, with the value bound as text, number, bytes or id. */
const BY_KIND: Record<Exclude<Reading['kind'], 'trace'>, string> = {
  tender: `select 'tender' as kind, t.number as subject, t.title as name, t.published_at as at, null as state, t.owner_id as organisation_id, null as place, t.published_entry_id as ledger_entry from tenders t where t.number = :text`,
  project: `select 'project' as kind, p.code as subject, null as name, p.registered_at as at, null as state, p.owner_id as organisation_id, null as place, null as ledger_entry from projects p where p.code = :text`,
  organisation: `select 'organisation' as kind, g.uscc as subject, null as name, g.registered_at as at, (select string_agg(r.role, ',' order by r.role) from organisation_roles r where r.organisation_id = g.id and r.until is null) as state, g.id as organisation_id, null as place, null as ledger_entry from organisations g where g.uscc = :text`,
  listing: `(select 'listing' as kind, i.code as subject, i.name, cast(null as timestamptz) as at, case when i.in_force_until is null then 'live' else 'ended' end as state, cast(null as uuid) as organisation_id, i.since_version as place, cast(null as uuid) as ledger_entry from listings i where i.code = :text and i.in_force_from is distinct from i.in_force_until order by i.in_force_from desc limit 3)
    union all select 'approvalItem', a.code, a.name, null, null, null, null, null from approval_items a where a.code = :text`,
  id: BY_ID,
  hash: `select 'bid' as kind, cast(b.id as text) as subject, t.number as name, b.received_at as at, case when b.withdrawn_at is not null then 'withdrawn' when b.replaced_at is not null then 'replaced' else 'standing' end as state,
           case when exists (select from draw_pools p where p.tender_id = b.tender_id) then b.agency_id end as organisation_id, cast(null as bigint) as place, b.ledger_entry_id as ledger_entry from bids b join tenders t on t.id = b.tender_id where b.hash = :bytes
    union all ${ENTRY} from ledger_entries e left join ledger_leaves l on l.entry_id = e.id where e.leaf_hash = :bytes
    union all select 'payload', encode(y.hash, 'hex'), null, null, null, null, null, null from ledger_payloads y where y.hash = :bytes`,
  key: `${ENTRY} from ledger_entries e left join ledger_leaves l on l.entry_id = e.id where e.kind in ('key.added', 'key.retired') and e.subject = :text`,
  // "The n-th entry" on a page is index n - 1 for a program: both are shown, each with its place.
  leaf: `${ENTRY} from ledger_leaves l join ledger_entries e on e.id = l.entry_id where l.index in (:number, cast(:number as bigint) - 1)`,
  // That the name exists and where its people work: who it is stays theirs.
  signInName: `select 'signInName' as kind, '' as subject, null as name, null as at, case when a.disabled_at is null then 'live' else 'disabled' end as state, m.organisation_id, null as place, null as ledger_entry
    from credentials c join accounts a on a.id = c.account_id left join memberships m on m.account_id = c.account_id and m.until is null where c.sign_in_name = :text`,
}

type Row = { kind: FoundKind; subject: string; name: string | null; at: Date | null; state: string | null; place: number | null; ledger_entry: string | null; found_organisation: boolean; organisation: string | null; uscc: string | null }

/** Everything that one reading of a number finds, each by an index. A natural person's name is left out. */
export async function listFound(db: Database, { kind, value }: Reading, at: Date): Promise<FoundRow[]> {
  if (kind === 'trace') return []
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select found.kind, found.subject, found.name, found.at, found.state, found.place, found.ledger_entry,
            o.id is not null as found_organisation, case when o.kind = 'organisation' then o.name end as organisation, o.uscc
       from (${BY_KIND[kind]}) as found left join organisations o on o.id = found.organisation_id
      order by found.kind, found.at, found.subject limit 20`,
    bindingsOf(BY_KIND[kind], kind, value, at),
  )
  return rows.map((row) => ({
    kind: row.kind,
    subject: row.subject,
    name: row.name,
    at: row.at,
    state: row.state,
    place: row.place,
    ledgerEntry: row.ledger_entry,
    organisation: row.found_organisation ? { name: row.organisation, uscc: row.uscc } : null,
  }))
}

function bindingsOf(sql: string, kind: Reading['kind'], value: string, at: Date): Record<string, string | number | Buffer | Date> {
  const all = { text: value, id: value, at, ...(kind === 'leaf' && { number: Number(value) }), ...(kind === 'hash' && { bytes: Buffer.from(value, 'hex') }) }
  return Object.fromEntries(Object.entries(all).filter(([name]) => new RegExp(`:${name}\\b`).test(sql)))
}

export type TrailBy = { subjects: readonly string[] } | { traceId: string }
export type Act = { id: number; at: Date; act: string; by: 'member' | 'machine' | 'clockwork'; subject: string; traceId: string }
export type Delivery = { eventId: string; type: string; subject: string; at: Date; traceId: string; readers: { name: string; waiting: boolean }[] }
export type ToldEntry = { id: string; ordinal: number; kind: string; subject: string; at: Date; index: number | null; body: string; traceId: string }

/** What was done with it: the act and its trace, and whether a person, a machine or the clock did it; not who. */
export async function listActs(db: Database, by: TrailBy, most: number): Promise<Act[]> {
  const rows = await db('audits')
    .select('id', 'at', 'act', 'subject', { traceId: 'trace_id' }, db.raw(`case when client_id is not null then 'machine' when account_id is not null then 'member' else 'clockwork' end as by`))
    .modify((query) => void ('traceId' in by ? query.where('trace_id', by.traceId) : query.whereIn('subject', [...by.subjects])))
    .orderBy('id', 'desc')
    .limit(most)
  return rows as Act[]
}

/** What others were told of it, and which reader has it still to read. */
export async function listDeliveries(db: Database, by: TrailBy, most: number): Promise<Delivery[]> {
  const events = db('outbox')
    .select('id', 'event_id', 'type', 'subject', 'at', 'trace_id')
    .modify((query) => void ('traceId' in by ? query.where('trace_id', by.traceId) : query.whereIn('subject', [...by.subjects])))
    .orderBy('id', 'desc')
    .limit(most)
    .as('event')
  const rows = await db
    .from(events)
    .select({ eventId: 'event.event_id' }, 'event.type', 'event.subject', 'event.at', { traceId: 'event.trace_id' })
    .select(db.raw(`(select coalesce(jsonb_agg(jsonb_build_object('name', r.name, 'waiting', exists (select from outbox_pending p where p.reader = r.name and p.event = event.id)) order by r.name), '[]') from outbox_readers r) as readers`))
    .orderBy('event.id', 'desc')
  return rows as Delivery[]
}

/** What the public ledger has of it, oldest first. */
export async function listTold(db: Database, by: TrailBy, most: number): Promise<ToldEntry[]> {
  const rows = await db('ledger_entries as entry')
    .leftJoin('ledger_leaves as leaf', 'leaf.entry_id', 'entry.id')
    .select('entry.id', 'entry.ordinal', 'entry.kind', 'entry.subject', 'entry.at', 'entry.body', { traceId: 'entry.trace_id' }, 'leaf.index')
    .modify((query) => void ('traceId' in by ? query.where('entry.trace_id', by.traceId) : query.whereIn('entry.subject', [...by.subjects])))
    .orderBy('entry.ordinal')
    .limit(most)
  return rows as ToldEntry[]
}
