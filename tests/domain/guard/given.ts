import type { Basis } from '#app/domain/catalogue/basis.ts'
import type { Listing } from '#app/domain/catalogue/listing.ts'
import type { KnownService } from '#app/domain/catalogue/same-service.ts'
import type { DemandToJudge, GuardFacts } from '#app/domain/guard/judgement.ts'

export const LAW: Basis = { type: 'law', title: '《中华人民共和国环境影响评价法》', articles: '第十六条', repealedOn: null }

export type ListingGiven = Partial<Omit<Listing, 'rules'>> & { rules?: Partial<Listing['rules']> }

/** A statutory service that an agency must do, for approval item A01, whatever the project is. */
export function aListing({ rules, ...given }: ListingGiven = {}): Listing {
  return {
    id: '0192f7a0-0000-7000-8000-000000000001',
    divisionCode: '220100',
    code: 'ZJ-001',
    name: '施工图设计文件编制',
    aliases: [],
    categoryCode: '0404',
    nature: 'statutory',
    approvalItems: ['A01'],
    stages: ['construction'],
    rules: {
      bases: [LAW],
      appliesWhen: null,
      selfPrepare: false,
      commissioner: 'applicant',
      material: { code: 'M-001', name: '施工图' },
      regionalAssessment: null,
      mergedInto: null,
      duplicateOf: null,
      itemCancelledOn: null,
      freeDownload: null,
      validYears: null,
      ...rules,
    },
    details: { department: null, approvalItem: null, timeLimit: null, feeBasis: null, qualification: null, legalBasis: null, sourceTitle: null, sourceUrl: null, audit: null, sample: true },
    inForceFrom: '2026-01-01',
    inForceUntil: null,
    sinceVersion: 1,
    untilVersion: null,
    ...given,
  }
}

/** What a result on file was bought as. */
export const aService = (given: Partial<KnownService> = {}): KnownService => ({ code: 'ZJ-001', name: '施工图设计文件编制', material: null, duplicateOf: null, mergedInto: null, ...given })

/** An office asks the applicant to commission the listed service. */
export function aDemand(given: Partial<DemandToJudge> = {}): DemandToJudge {
  return { demanded: { item: 'ZJ-001' }, approvalItem: 'A01', commissioner: 'applicant', designation: null, demandedOn: '2026-11-20', ...given }
}

export function someFacts(given: Partial<GuardFacts> = {}): GuardFacts {
  return {
    catalogueVersion: 7,
    match: { by: 'code', score: 1 },
    listing: aListing(),
    otherDays: [],
    approvalItem: { code: 'A01', name: '建筑工程施工许可证核发' },
    project: {},
    origins: [],
    deliverables: [],
    shared: [],
    related: {},
    agencyTie: null,
    nearest: [],
    ...given,
  }
}
