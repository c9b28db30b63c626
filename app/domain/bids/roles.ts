/** A job in a project that an agency holds by an award that stands: the category of the service, and the tender that gave it. */
export type HeldRole = { agencyId: string; category: string; tender: string }

/** Two jobs that one agency may not hold in one project. `law` names the rule; categories are codes of the list. */
type Clash = { one: readonly string[]; other: readonly string[]; law: ClashLaw }

/** Each has its title in the words. */
export type ClashLaw = 'drawing-review' | 'air-defence-review' | 'testing' | 'soil-acceptance'

/**
 * Who makes a thing does not judge it. Jobs that are never bought here (building itself, and reviews that an office runs) are in
 * no pair: nobody could hold them by an award.
 */
const CLASHES: readonly Clash[] = [
  { one: ['0401', '0402', '0403', '0404', '0405'], other: ['0501'], law: 'drawing-review' },
  { one: ['0406'], other: ['0502'], law: 'air-defence-review' },
  { one: ['1401'], other: ['1201'], law: 'testing' },
  { one: ['0701', '0702', '0703'], other: ['0704'], law: 'soil-acceptance' },
]

/** A job that an agency holds and that keeps it from another one in the same project. */
export type RoleClash = { tender: string; category: string; law: ClashLaw }

/**
 * What an agency already does in a project that it may not judge, or have judged, by this service.
 *
 * @param roles every job in the project that was awarded and stands, whoever holds it
 * @param category of the service that is bought now; null where the list has not sorted it, and nothing is known to clash
 */
export function clashesWith(roles: readonly HeldRole[], { agencyId, category }: { agencyId: string; category: string | null }): RoleClash[] {
  if (category === null) return []
  return roles
    .filter((role) => role.agencyId === agencyId)
    .flatMap((role) => CLASHES.filter(({ one, other }) => (one.includes(role.category) && other.includes(category)) || (other.includes(role.category) && one.includes(category))).map(({ law }) => ({ tender: role.tender, category: role.category, law })))
}
