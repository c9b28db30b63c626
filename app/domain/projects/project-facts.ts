import { z } from 'zod'
import { text } from '../accounts/text.ts'

/** Areas may be assessed once for everybody inside; a project there is not asked again (优化营商环境条例, article 42). */
export const REGIONAL_ASSESSMENTS = ['soil-and-water', 'geological-hazard', 'mineral-deposits', 'environment', 'flood', 'water-resources', 'energy', 'earthquake', 'climate', 'heritage'] as const
export type RegionalAssessment = (typeof REGIONAL_ASSESSMENTS)[number]

type Kind =
  | { kind: 'boolean' }
  | { kind: 'number'; unit: 'm2' | 'm3' | 'tce' | 'kWh' | 'm' }
  | { kind: 'choice'; choices: readonly string[] }
  | { kind: 'choices'; choices: readonly string[] }
  | { kind: 'text' }

/**
 * What a project can say about itself, and what a listing's trigger may ask of it. This is the only list:
 * the form asks these, the guard reads these, and the words carry a label for each key.
 * A fact that nobody gave is absent, never false: the guard then answers `needs-facts` and names it.
 */
export const PROJECT_FACTS = {
  'site.hazardZone': { kind: 'boolean' },
  'site.hilly': { kind: 'boolean' },
  'site.park': { kind: 'text' },
  'site.regionalAssessments': { kind: 'choices', choices: REGIONAL_ASSESSMENTS },
  'site.forestLand': { kind: 'boolean' },
  'site.grassland': { kind: 'boolean' },
  'site.farmland': { kind: 'boolean' },
  'site.floodZone': { kind: 'boolean' },
  'site.heritage': { kind: 'boolean' },
  'site.mineralDeposit': { kind: 'boolean' },
  'site.scenicArea': { kind: 'boolean' },
  'site.railTransitZone': { kind: 'boolean' },
  'site.besideHighway': { kind: 'boolean' },
  'site.waterway': { kind: 'boolean' },
  'site.areaSquareMetres': { kind: 'number', unit: 'm2' },
  'site.earthworkCubicMetres': { kind: 'number', unit: 'm3' },
  'site.allocatedLand': { kind: 'boolean' },
  'build.areaSquareMetres': { kind: 'number', unit: 'm2' },
  'build.heightMetres': { kind: 'number', unit: 'm' },
  'build.specialFireProtection': { kind: 'boolean' },
  'build.beyondCodeHighRise': { kind: 'boolean' },
  'build.civilAirDefence': { kind: 'boolean' },
  'build.flammableSite': { kind: 'boolean' },
  'build.majorSeismic': { kind: 'boolean' },
  'build.hazardousChemicals': { kind: 'boolean' },
  'build.medicalRadiation': { kind: 'boolean' },
  'eia.class': { kind: 'choice', choices: ['report', 'form', 'registration', 'none'] },
  'soil.class': { kind: 'choice', choices: ['report', 'form', 'none'] },
  'energy.standardCoalTons': { kind: 'number', unit: 'tce' },
  'energy.electricityKwh': { kind: 'number', unit: 'kWh' },
  'water.takesDirectly': { kind: 'boolean' },
  'route.commitment': { kind: 'boolean' },
} as const satisfies Record<string, Kind>

export type FactKey = keyof typeof PROJECT_FACTS
export type FactValue = boolean | number | string | readonly string[]
export type ProjectFacts = { [K in FactKey]?: FactValue }

export const FACT_KEYS = Object.keys(PROJECT_FACTS) as FactKey[]

/** Is it a fact that this version knows? A list may ask for others, which then nobody can give. Takes any text. */
export function isFactKey(key: string): key is FactKey {
  return Object.hasOwn(PROJECT_FACTS, key)
}

/** A quantity nobody builds beyond; it keeps a slip of the finger out of the list's triggers. */
const MOST = 1e12

function valueOf(fact: Kind): z.ZodType<FactValue> {
  switch (fact.kind) {
    case 'boolean':
      return z.boolean()
    case 'number':
      return z.number().nonnegative().max(MOST)
    case 'choice':
      return z.enum(fact.choices as [string, ...string[]])
    case 'choices':
      return z.array(z.enum(fact.choices as [string, ...string[]])).max(fact.choices.length)
    case 'text':
      return z.string().min(1).max(60)
  }
}

/** Facts as stored and as an API sends them: known keys only, each of its kind, each optional. */
export const ProjectFactsSchema = z.strictObject(
  Object.fromEntries(FACT_KEYS.map((key) => [key, valueOf(PROJECT_FACTS[key]).optional()])),
) as unknown as z.ZodType<ProjectFacts>

/** What a form says for "none of these", which is an answer; nothing ticked is none. */
export const NONE = 'none-of-these'

const yesNo = z.enum(['', 'yes', 'no']).default('').transform((word) => (word === '' ? undefined : word === 'yes'))
const amount = z
  .string()
  .default('')
  .transform((given) => given.normalize('NFKC').replace(/[\s,]/g, ''))
  .refine((plain) => plain === '' || /^\d{1,12}(\.\d{1,2})?$/.test(plain), 'projects.fact-number')
  .transform((plain) => (plain === '' ? undefined : Number(plain)))

function fieldOf(fact: Kind): z.ZodType<FactValue | undefined> {
  switch (fact.kind) {
    case 'boolean':
      return yesNo
    case 'number':
      return amount
    case 'choice':
      return z.enum(['', ...fact.choices]).default('').transform((word) => word || undefined)
    case 'choices':
      return z
        .union([z.string(), z.array(z.string())])
        .optional()
        .transform((given) => (given === undefined ? [] : [given].flat().filter((word) => word !== '')))
        .pipe(z.array(z.enum([...fact.choices, NONE], 'forms.invalid_value')))
        .transform((list) => (list.includes(NONE) ? [] : list.length ? [...new Set(list)] : undefined))
    case 'text':
      return text({ least: 0, most: 60 }).default('').transform((given) => given || undefined)
  }
}

/** The form's fields, named like the facts: an empty one leaves its fact unknown. */
export const PROJECT_FACT_FIELDS = Object.fromEntries(FACT_KEYS.map((key) => [key, fieldOf(PROJECT_FACTS[key])])) as Record<FactKey, z.ZodType<FactValue | undefined>>

/** The form's fields filled in with what stands: what {@link factsOf} reads back as the same facts. */
export function factFieldsOf(facts: ProjectFacts): Record<string, string | string[]> {
  const fieldOf = (value: FactValue): string | string[] => {
    if (typeof value === 'boolean') return value ? 'yes' : 'no'
    if (typeof value === 'object') return value.length ? [...value] : [NONE]
    return String(value)
  }
  return Object.fromEntries(FACT_KEYS.flatMap((key) => (facts[key] === undefined ? [] : [[key, fieldOf(facts[key])]])))
}

/** Ticks in another order are the same answer. */
export function isSameFact(one: FactValue | undefined, other: FactValue | undefined): boolean {
  const said = (value: FactValue | undefined) => JSON.stringify(typeof value === 'object' ? value.toSorted() : value)
  return said(one) === said(other)
}

/** Which facts were added, corrected or taken back. */
export function changedFacts(before: ProjectFacts, after: ProjectFacts): FactKey[] {
  return FACT_KEYS.filter((key) => !isSameFact(before[key], after[key]))
}

/** Takes the facts out of a parsed form, leaving out what was not said. */
export function factsOf(fields: Record<string, unknown>): ProjectFacts {
  return Object.fromEntries(FACT_KEYS.filter((key) => fields[key] !== undefined).map((key) => [key, fields[key]])) as ProjectFacts
}
