import type { Day } from '#app/domain/calendar.ts'
import { chainOf } from '#app/domain/divisions/division.ts'
import { policiesFrom, type Policies, type PolicyRow } from '#app/domain/divisions/policy.ts'
import type { Database } from '#app/domain/context.ts'

type Row = { division_code: string; name: string; value: unknown; source: string; from_on: Day }

/** What every policy parameter says in a division on a day: its own row, else the city's, else the province's, else our default. */
export async function policiesOf(db: Database, divisionCode: string, on: Day): Promise<Policies> {
  const rows = await db<Row>('policy_parameters')
    .select('division_code', 'name', 'value', 'source', 'from_on')
    .whereRaw('division_code = any (?)', [chainOf(divisionCode)])
    .where('from_on', '<=', on)
    .where((ending) => ending.whereNull('until_on').orWhere('until_on', '>', on))
    .orderBy([{ column: 'division_code' }, { column: 'from_on' }])
    .options({ name: 'policies' })
  // In ascending order `220000` comes before `220100` before `220106`: the nearest is laid on last.
  return policiesFrom(rows.map((row) => ({ divisionCode: row.division_code, name: row.name, value: row.value, source: row.source, fromOn: row.from_on })))
}

/** Sets a parameter from a day, unless a row for that day stands already. */
export async function insertPolicy(db: Database, { divisionCode, name, value, source, fromOn }: PolicyRow): Promise<void> {
  await db('policy_parameters')
    .insert({ division_code: divisionCode, name, value: JSON.stringify(value), source, from_on: fromOn })
    .onConflict(['division_code', 'name', 'from_on'])
    .ignore()
}
