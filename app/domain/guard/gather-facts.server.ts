import type { Database } from '#app/domain/context.ts'
import { isNationalCode } from '#app/domain/catalogue/item-code.ts'
import { unknownItem } from '#app/domain/catalogue/unknown-item.server.ts'
import type { Line } from '#db/client.ts'
import { listCandidates } from '#db/views/guard-candidates.ts'
import { readGuardFacts, readGuardFactsOfEach } from '#db/views/guard-facts.ts'
import type { FactsRead, WantedFacts } from '#db/views/wanted-facts.ts'
import type { Demand } from './demand.ts'
import type { DemandToJudge, GuardFacts, Match, NearestListing } from './judgement.ts'
import { knownFacts } from './known-facts.ts'
import { matchWords, type Matching } from './match-words.ts'

export type Gathered = { read: FactsRead; facts: GuardFacts; demand: DemandToJudge; givenFacts: string[] }

type About = Pick<WantedFacts, 'divisionCode' | 'authorityId' | 'idempotency' | 'today'>

/**
 * Reads what a judgement needs: one statement for a demand that names its service or document by code. An officer's words
 * are compared with the list first, by a query of their own; a code that nobody listed costs the same query afterwards,
 * to show what is nearest.
 *
 * @throws Refusal `cases.no-such-item` where the approval item is given by a national code that no item has there, `cases.item-ambiguous` where several have it
 */
export async function gatherFacts(db: Database | Line, demand: Demand, { divisionCode, authorityId, idempotency, today }: About): Promise<Gathered> {
  const { demanded, demandedOn } = demand
  const compare = async (text: string): Promise<Matching> => matchWords(text, await listCandidates(db, { divisionCode, on: demandedOn, approvalItem: demand.approvalItem }))
  const matching: Matching | null = 'text' in demanded ? await compare(demanded.text) : null
  const read = await readGuardFacts(db, {
    divisionCode,
    on: demandedOn,
    code: 'item' in demanded ? demanded.item : (matching?.code ?? null),
    material: 'material' in demanded ? demanded.material : null,
    approvalItem: demand.approvalItem,
    projectCode: demand.projectCode,
    caseNumber: demand.caseNumber,
    agency: demand.namedAgency?.agency ?? null,
    authorityId,
    idempotency,
    today,
  })
  if (!read.approvalItem && !read.replay && isNationalCode(demand.approvalItem)) throw await unknownItem(db, demand.approvalItem, { divisionCode })
  const unknown = !read.listing && !read.otherDays.length && !read.replay
  const nearest = matching?.nearest ?? (unknown ? (await compare(Object.values(demanded)[0] as string)).nearest : [])
  return gathered(demand, read, { nearest, match: matching ? matching.match : read.listing ? { by: 'item' in demanded ? 'code' : 'material', score: 1 } : null })
}

/** The same for demands of one case that name each a service by its code, in one statement; what is nearest to a code is not looked for. */
export async function gatherEach(db: Database, demands: readonly (Demand & { demanded: { item: string } })[], { divisionCode, authorityId }: Omit<About, 'idempotency' | 'today'>): Promise<Gathered[]> {
  const [first] = demands
  if (!first) return []
  const { demandedOn: on, approvalItem, projectCode, caseNumber } = first
  const reads = await readGuardFactsOfEach(db, { divisionCode, on, codes: demands.map(({ demanded }) => demanded.item), material: null, approvalItem, projectCode, caseNumber, agency: null, authorityId, idempotency: null })
  return demands.map((demand, place) => {
    const read = reads[place]!
    return gathered(demand, read, { nearest: [], match: read.listing && { by: 'code', score: 1 } })
  })
}

function gathered(demand: Demand, read: FactsRead, { match, nearest }: { match: Match; nearest: NearestListing[] }): Gathered {
  const { project, givenFacts, origins } = knownFacts(read.onRecord, demand.facts)
  return {
    read,
    givenFacts,
    demand: { demanded: demand.demanded, approvalItem: demand.approvalItem, commissioner: demand.commissioner, designation: demand.namedAgency, demandedOn: demand.demandedOn },
    facts: {
      catalogueVersion: read.catalogueVersion,
      match,
      listing: read.listing,
      otherDays: read.otherDays,
      approvalItem: read.approvalItem,
      project,
      origins,
      deliverables: read.deliverables,
      shared: read.shared,
      related: read.related,
      agencyTie: read.agencyTie,
      nearest,
    },
  }
}
