import { usableBases } from '#app/domain/catalogue/basis.ts'
import type { Listing } from '#app/domain/catalogue/listing.ts'
import { answersFor, isCalled, knownBy, resultFor } from '#app/domain/catalogue/same-service.ts'
import { evaluate } from './conditions.ts'
import type { Bearing, DemandToJudge, GuardFacts, Reason, SharedDocument } from './judgement.ts'
import { isAmbiguous } from './match-words.ts'
import { REASON_CODES, type ReasonCode } from './reasons.ts'

type Params = Reason['params']
type Finding = { bearing: Bearing; params: Params } | null
type Rule = (demand: DemandToJudge, facts: GuardFacts) => Finding

const against = (bearing: Bearing, params: Params = {}): Finding => ({ bearing, params })

/** A rule about a service that is listed on the day; where none is, `off-list` or `not-in-force-on-date` has spoken. */
function ofListing(rule: (listing: Listing, demand: DemandToJudge, facts: GuardFacts) => Finding): Rule {
  return (demand, facts) => (facts.listing ? rule(facts.listing, demand, facts) : null)
}

/** One rule a reason; which of them spoke is also what a validation reports. */
export const RULES: Record<ReasonCode, Rule> = {
  // Words that fit two listings alike are not off the list: the authority has to say which one it means.
  'off-list': ({ demanded }, facts) => (!facts.listing && facts.otherDays.length === 0 && !('text' in demanded && isAmbiguous(facts)) ? against('both') : null),

  'not-in-force-on-date': ({ demandedOn }, { listing, otherDays }) => {
    const other = otherDays[0]
    return !listing && other ? against('both', { day: demandedOn, from: other.from, until: other.until ?? '' }) : null
  },

  'item-cancelled': ofListing(({ rules }, { demandedOn }) =>
    rules.itemCancelledOn !== null && rules.itemCancelledOn <= demandedOn ? against('both', { day: rules.itemCancelledOn }) : null,
  ),

  'voluntary-only': ofListing(({ nature, name }) => (nature === 'market' ? against('both', { name }) : null)),

  // Only a law, a regulation or a State Council decision that still stands makes a service a condition.
  'basis-insufficient': ofListing(({ nature, rules: { bases } }, { demandedOn }) =>
    nature === 'statutory' && usableBases(bases, demandedOn).length === 0 ? against('both', { bases: bases.map(({ title }) => title).join('、') }) : null,
  ),

  'not-for-this-approval-item': ofListing((listing, demand, facts) =>
    listing.nature === 'market' || servesItem(listing, demand, facts) ? null : against('both', { item: facts.approvalItem?.name ?? demand.approvalItem }),
  ),

  'material-not-relevant': ofListing((listing, demand, facts) =>
    'material' in demand.demanded && !servesItem(listing, demand, facts)
      ? against('material', { material: listing.rules.material?.name ?? demand.demanded.material, item: facts.approvalItem?.name ?? demand.approvalItem })
      : null,
  ),

  'wrong-commissioner': ofListing(({ nature, rules }) => (nature === 'authority-commissioned' || rules.commissioner === 'authority' ? against('both') : null)),

  'not-triggered-by-project': ofListing(({ rules }, _, { project }) =>
    rules.appliesWhen && evaluate(rules.appliesWhen, project ?? {}).truth === 'not-met' ? against('both') : null,
  ),

  'covered-by-regional-assessment': ofListing(({ rules: { regionalAssessment } }, _, { project }) => {
    const done = project?.['site.regionalAssessments']
    return regionalAssessment && Array.isArray(done) && done.includes(regionalAssessment) ? against('both', { assessment: regionalAssessment }) : null
  }),

  // One service may stand on a list twice; naming the other code asks for the same report again.
  'valid-deliverable-on-file': ofListing((listing, { demandedOn }, { deliverables, shared }) => {
    const found = resultFor(deliverables.filter(({ validUntil }) => validUntil === null || demandedOn < validUntil), knownBy(listing))
    if (found) return against('both', { until: found.validUntil ?? '', code: found.service.code, name: found.service.name })
    // Called as the list calls it: what a case system calls its document is not everybody's to read.
    return shared.some((document) => yields(document, listing)) ? against('both', { until: '', code: listing.code, name: listing.name, shared: 'yes' }) : null
  }),

  'merged-service': ofListing(({ rules: { mergedInto } }, _, { related }) => (mergedInto ? against('both', { code: mergedInto, name: related[mergedInto] ?? mergedInto }) : null)),

  'duplicate-of-listed': ofListing(({ rules: { duplicateOf } }, _, { related }) =>
    duplicateOf ? against('both', { code: duplicateOf, name: related[duplicateOf] ?? duplicateOf }) : null,
  ),

  // The route is the applicant's own choice: where it is not recorded, it was not chosen.
  'commitment-route-chosen': ofListing((_, __, { project }) => (project?.['route.commitment'] === true ? against('both') : null)),

  'may-self-prepare': ofListing(({ rules }) => (rules.selfPrepare === true ? against('commissioning') : null)),

  'designated-agency': ({ designation }) => (designation ? against('commissioning', { kind: designation.kind, agency: designation.agency ?? '' }) : null),

  'agency-of-authority': ({ designation }, { agencyTie }) => (agencyTie ? against('commissioning', { agency: designation?.agency ?? '' }) : null),
}

/** Everything that speaks against asking this of an applicant, in the order of the table of reasons. */
export function reasonsAgainst(demand: DemandToJudge, facts: GuardFacts): Reason[] {
  return REASON_CODES.flatMap((code) => {
    const finding = RULES[code](demand, facts)
    return finding ? [{ code, ...finding }] : []
  })
}

/** Is a document of a case what a listed service yields, by its service, its code or its name? */
function yields({ code, name, service }: SharedDocument, listing: Listing): boolean {
  const wanted = knownBy(listing)
  if (service && answersFor(service, wanted)) return true
  return listing.rules.material?.code === code || isCalled(name, wanted)
}

/** Is the service listed for this approval item, by our code or in the words of the list's source? */
function servesItem({ approvalItems, details }: Listing, { approvalItem }: DemandToJudge, { approvalItem: known }: GuardFacts): boolean {
  const names = [approvalItem, ...(known ? [known.code, known.name] : [])]
  return names.some((name) => approvalItems.includes(name) || details.approvalItem === name)
}

/** How one rule ended: `against` the demand, `passed`, `unknown` while a fact is missing, `not-run` where nothing is listed to run it on. */
export type RuleRun = { code: ReasonCode; result: 'against' | 'passed' | 'unknown' | 'not-run' }

const WITHOUT_LISTING: ReadonlySet<ReasonCode> = new Set(['off-list', 'not-in-force-on-date', 'designated-agency', 'agency-of-authority'])

/** Every rule with its result, for whoever wants to see the whole calculation. */
export function runRules(demand: DemandToJudge, facts: GuardFacts): RuleRun[] {
  return REASON_CODES.map((code) => {
    if (!facts.listing && !WITHOUT_LISTING.has(code)) return { code, result: 'not-run' }
    if (RULES[code](demand, facts)) return { code, result: 'against' }
    return { code, result: isOpen(code, facts) ? 'unknown' : 'passed' }
  })
}

function isOpen(code: ReasonCode, { listing, project }: GuardFacts): boolean {
  if (!listing) return false
  const { appliesWhen, regionalAssessment } = listing.rules
  if (code === 'not-triggered-by-project') return appliesWhen !== null && evaluate(appliesWhen, project ?? {}).truth === 'unknown'
  return code === 'covered-by-regional-assessment' && regionalAssessment !== null && project?.['site.regionalAssessments'] === undefined
}
