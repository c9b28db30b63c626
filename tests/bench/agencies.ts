import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Member } from '#app/domain/accounts/actor.ts'
import { CHANGCHUN, makeUscc } from '#tests/support/factories.ts'

const AT_ONCE = 500

/** Admitted agencies that offer one service, as rows; a few statements, however many they are. */
export async function manyAgencies(db: Knex, listing: { id: string; code: string }, count: number): Promise<Member[]> {
  const at = new Date('2026-01-05T01:00:00Z')
  const members = Array.from({ length: count }, (_, place): Member => ({ kind: 'member', accountId: randomUUID(), displayName: `经办人${place}`, organisationId: randomUUID(), organisationName: `测试机构${place}`, uscc: makeUscc(70_000_000 + place), divisionCode: CHANGCHUN, role: 'agency', duty: 'manager' }))
  const rows: Record<string, Record<string, unknown>[]> = {
    organisations: members.map(({ organisationId: id, organisationName: name, uscc }) => ({ id, kind: 'organisation', uscc, name, division_code: CHANGCHUN, registered_at: at })),
    organisation_roles: members.map(({ organisationId: organisation_id }) => ({ organisation_id, role: 'agency', since: at })),
    accounts: members.map(({ accountId: id, displayName: display_name }) => ({ id, display_name, locale: 'zh', created_at: at })),
    memberships: members.map(({ accountId: account_id, organisationId: organisation_id }) => ({ account_id, organisation_id, role: 'agency', duty: 'manager', since: at })),
    agencies: members.map(({ organisationId: organisation_id }) => ({ organisation_id, committed_at: at, admitted_at: at })),
    offerings: members.map(({ organisationId: agency_id }) => ({ id: randomUUID(), agency_id, listing_id: listing.id, listing_code: listing.code, conditions: '—', process: '—', promised_days: 5, fee: '—', service_divisions: [CHANGCHUN], offered_at: at })),
  }
  for (const [table, all] of Object.entries(rows)) await db.batchInsert(table, all, AT_ONCE)
  return members
}
