import type { Knex } from 'knex'
import type { Role } from '#app/domain/accounts/actor.ts'
import type { Organisation, OrganisationKind } from '#app/domain/accounts/organisation.ts'
import type { Database } from '#app/domain/context.ts'

type Row = {
  id: string
  kind: OrganisationKind
  uscc: string | null
  name: string
  legal_representative: string | null
  phone: string | null
  address: string | null
  division_code: string
  supervisor_id: string | null
  registered_at: Date
}

/** Writes an organisation; false when its code is registered already. */
export async function insertOrganisation(trx: Knex.Transaction, organisation: Organisation & { supervisorId?: string | null }): Promise<boolean> {
  const written = await trx<Row>('organisations')
    .insert({
      id: organisation.id,
      kind: organisation.kind,
      uscc: organisation.uscc,
      name: organisation.name,
      legal_representative: organisation.legalRepresentative,
      phone: organisation.phone,
      address: organisation.address,
      division_code: organisation.divisionCode,
      supervisor_id: organisation.supervisorId ?? null,
      registered_at: organisation.registeredAt,
    })
    .onConflict('uscc')
    .ignore()
    .returning('id')
  return written.length === 1
}

/** The organisation with this code and the roles it holds now; held until the transaction ends. */
export async function lockOrganisationByUscc(trx: Knex.Transaction, uscc: string): Promise<(Organisation & { roles: Role[] }) | undefined> {
  const row = await trx<Row>('organisations').where({ uscc }).forUpdate().first()
  if (!row) return undefined
  const roles = await trx('organisation_roles').where({ organisation_id: row.id }).whereNull('until').pluck('role')
  return { ...toOrganisation(row), roles }
}

/** By its id, whatever it is: natural persons too, whose names the caller keeps to itself. */
export async function findOrganisation(db: Database, id: string): Promise<Organisation | undefined> {
  const row = await db<Row>('organisations').where({ id }).first()
  return row && toOrganisation(row)
}

/** The index refuses a role that it holds already; the organisation's row is held by whoever asked first. */
export async function insertRole(trx: Knex.Transaction, { organisationId, role, since }: { organisationId: string; role: Role; since: Date }): Promise<void> {
  await trx('organisation_roles').insert({ organisation_id: organisationId, role, since })
}

function toOrganisation(row: Row): Organisation {
  return {
    id: row.id,
    kind: row.kind,
    uscc: row.uscc,
    name: row.name,
    legalRepresentative: row.legal_representative,
    phone: row.phone,
    address: row.address,
    divisionCode: row.division_code,
    registeredAt: row.registered_at,
  }
}
