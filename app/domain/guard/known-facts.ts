import { FACT_KEYS, isSameFact, type FactKey, type ProjectFacts } from '#app/domain/projects/project-facts.ts'

/** Who said a fact: the project's owner in the register, another authority's case system, or the authority that demands, with its demand. */
export type FactSource = 'owner' | 'authority' | 'demand'

/** `statedBy` is null for a natural person, and for the authority that demands, which the decision names; `statedAt` is null for a demand, which says it now. */
export type Stater = { source: FactSource; statedBy: { uscc: string; name: string } | null; statedAt: string | null }

/** What somebody other than the demanding authority has on record of a project. */
export type RecordedFacts = Stater & { facts: ProjectFacts }

/** A fact as it was judged by: who said so, and who says otherwise. The value stays with whoever stated it. */
export type GivenFact = Stater & { fact: FactKey; contradictedBy: Stater[] }

const DEMAND: Stater = { source: 'demand', statedBy: null, statedAt: null }

/**
 * What is known of a project, each fact from the first who said it: its owner, then other authorities, the latest first, then the demand.
 * Nobody's word is written over in silence: whoever said otherwise is named.
 *
 * @param onRecord in the order in which they count
 * @param given what the demand says of the project
 * @returns the facts to judge by, null where nobody said anything; which of them only the demand says; and where each comes from
 */
export function knownFacts(onRecord: readonly RecordedFacts[], given: ProjectFacts): { project: ProjectFacts | null; givenFacts: FactKey[]; origins: GivenFact[] } {
  const said = [...onRecord, { ...DEMAND, facts: given }]
  const origins = FACT_KEYS.flatMap((fact): GivenFact[] => {
    const [first, ...others] = said.filter(({ facts }) => facts[fact] !== undefined)
    return first ? [{ fact, ...staterOf(first), contradictedBy: others.filter(({ facts }) => !isSameFact(facts[fact], first.facts[fact])).map(staterOf) }] : []
  })
  const givenFacts = origins.flatMap(({ fact, source }) => (source === 'demand' ? [fact] : []))
  const project = Object.assign({}, ...said.toReversed().map(({ facts }) => facts)) as ProjectFacts
  return { project: onRecord.length || givenFacts.length ? project : null, givenFacts, origins }
}

/** Those that a judgement asked for, and those of which the demand said something else than is on record, asked for or not. */
export function worthSaying(origins: readonly GivenFact[], asked: readonly string[]): GivenFact[] {
  return origins.filter(({ fact, contradictedBy }) => asked.includes(fact) || contradictedBy.some(({ source }) => source === 'demand'))
}

function staterOf({ source, statedBy, statedAt }: Stater): Stater {
  return { source, statedBy, statedAt }
}
