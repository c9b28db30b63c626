import type { Database } from '#app/domain/context.ts'

export type Authority = { id: string; name: string; uscc: string; divisionCode: string }

/** The authorities of a division and everything in it, by name. */
export async function listAuthorities(db: Database, divisionPrefix: string): Promise<Authority[]> {
  return db('organisations as office')
    .whereLike('office.division_code', `${divisionPrefix}%`)
    .whereExists(db('organisation_roles as role').whereRaw('role.organisation_id = office.id').where({ role: 'authority', until: null }).select(db.raw('1')))
    .orderBy(['office.name', 'office.id'])
    .select({ id: 'office.id', name: 'office.name', uscc: 'office.uscc', divisionCode: 'office.division_code' })
}

/** The authority that somebody means by its name or its code; nothing where no office or more than one is meant. */
export async function findAuthority(db: Database, said: string): Promise<Authority | undefined> {
  const found = (await db('organisations as office')
    .where((either) => either.where('office.name', said).orWhere('office.uscc', said.toUpperCase()))
    .whereExists(db('organisation_roles as role').whereRaw('role.organisation_id = office.id').where({ role: 'authority', until: null }).select(db.raw('1')))
    .limit(2)
    .select({ id: 'office.id', name: 'office.name', uscc: 'office.uscc', divisionCode: 'office.division_code' })) as Authority[]
  return found.length === 1 ? found[0] : undefined
}
