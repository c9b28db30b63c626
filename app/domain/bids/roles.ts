/** A job in a project that an agency holds by an award that stands: the category of the service, and the tender that gave it. */
export type HeldRole = { agencyId: string; category: string; tender: string }

/**
 * Two jobs that one agency may not hold in one project, in either order; where `after` is set, only the first job keeps from the
 * second. `law` names the rule; categories are codes of the list.
 */
type Clash = { one: readonly string[]; other: readonly string[]; law: ClashLaw; after?: true }

/** Each has its title in the words. */
export type ClashLaw = 'drawing-review' | 'air-defence-review' | 'testing' | 'lightning-testing' | 'soil-acceptance' | 'tendering-agent'

const SURVEY = '0401'
const AIR_DEFENCE_DESIGN = '0406'
const LIGHTNING_DESIGN = '0409'
/** Whatever becomes part of the drawings; a plan for mending a dug-up road (0413) does not. */
const DESIGN = ['0402', '0403', '0404', '0405', AIR_DEFENCE_DESIGN, '0407', '0408', LIGHTNING_DESIGN, '0410', '0411', '0412']
const SUPERVISION = '1401'

/**
 * Who makes a thing does not judge it, and who runs a tender does not bid in it. Jobs that are never bought here (building itself,
 * and reviews that an office runs) are in no pair: nobody could hold them by an award. docs/decisions/051 says which pairs were looked for and left out.
 */
const CLASHES: readonly Clash[] = [
  { one: [SURVEY, ...DESIGN], other: ['0501'], law: 'drawing-review' },
  { one: [SURVEY, ...DESIGN], other: ['0502'], law: 'air-defence-review' },
  { one: [SUPERVISION], other: ['1201'], law: 'testing' },
  { one: [LIGHTNING_DESIGN], other: ['1203'], law: 'lightning-testing' },
  { one: ['0701', '0702', '0703'], other: ['0704'], law: 'soil-acceptance' },
  // What the Tendering Law, article 3, has an agent run tenders for; whoever designed first may run the later ones.
  { one: ['1402'], other: [SURVEY, ...DESIGN, SUPERVISION], law: 'tendering-agent', after: true },
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
    .flatMap((role) => CLASHES.filter((clash) => forbids(clash, role.category, category)).map(({ law }) => ({ tender: role.tender, category: role.category, law })))
}

function forbids({ one, other, after }: Clash, held: string, wanted: string): boolean {
  return (one.includes(held) && other.includes(wanted)) || (!after && other.includes(held) && one.includes(wanted))
}
