import { usableBases, type Basis } from '#app/domain/catalogue/basis.ts'
import type { ApprovalItem } from '#app/domain/catalogue/approval-item.ts'
import type { AuditStatus, ListingWording, Nature, Stage } from '#app/domain/catalogue/listing.ts'
import { readableSource } from '#app/domain/catalogue/source.ts'
import type { Category } from '#app/domain/catalogue/category.ts'
import type { Day } from '#app/domain/calendar.ts'
import { basesIn } from './bases.ts'
import { READINGS, SAMPLE_READINGS } from './catalogue-rules.ts'

export type RealEntry = {
  name: string
  approvalItem: string | null
  department: string | null
  legalBasis: string | null
  timeLimitDays: number | null
  timeLimitText?: string
  feeBasis: string | null
  qualification: string | null
  sourceTitle: string
  sourceUrl: string
}
export type AuditedEntry = { name: string; status: AuditStatus; why: string }
export type Synonym = { term: string; expands: string[] }

export const SAMPLE_SOURCE = '示例数据（一般知识） / sample data (general knowledge)'

type Known = { divisionCode: string; items: readonly ApprovalItem[]; synonyms: readonly Synonym[] }

/** The 49 collected entries as wordings `R01` … `R49`, and which of them stand in the retired first version only. */
export function realWordings(real: readonly RealEntry[], audit: readonly AuditedEntry[], known: Known): { wording: ListingWording; retired: boolean }[] {
  return real.map((entry, index) => {
    const [reading, audited] = [READINGS[index], audit[index]]
    if (reading?.name !== entry.name || audited?.name !== entry.name) throw new Error(`Entry ${index + 1}, ${entry.name}, has no reading or no audit of its own.`)
    const code = `R${String(index + 1).padStart(2, '0')}`
    const approvalItems = reading.approvalItems ?? []
    const source = readableSource(entry)
    const nature = natureOfReal(audited.status)
    return {
      retired: reading.retired ?? false,
      wording: {
        divisionCode: known.divisionCode,
        code,
        name: entry.name,
        aliases: aliasesOf(entry.name, known.synonyms),
        categoryCode: reading.category,
        nature,
        approvalItems,
        stages: stagesOf(approvalItems, known.items),
        rules: {
          bases: reading.bases ?? [],
          appliesWhen: null,
          selfPrepare: reading.selfPrepare ?? null,
          commissioner: nature === 'authority-commissioned' ? 'authority' : 'applicant',
          material: reading.material ? { code: `M-${code}`, name: reading.material } : null,
          regionalAssessment: null,
          mergedInto: null,
          duplicateOf: reading.duplicateOf ?? null,
          itemCancelledOn: reading.itemCancelledOn ?? null,
          freeDownload: null,
          validYears: null,
        },
        details: {
          department: entry.department,
          approvalItem: entry.approvalItem,
          timeLimit: entry.timeLimitText ?? (entry.timeLimitDays === null ? null : String(entry.timeLimitDays)),
          feeBasis: entry.feeBasis,
          qualification: entry.qualification,
          legalBasis: entry.legalBasis,
          sourceTitle: source.title,
          sourceUrl: source.url,
          audit: { status: audited.status, why: audited.why },
          sample: false,
        },
      },
    }
  })
}

/** Only what the audit found a basis for may be demanded; a candidate, a doubt and a service outside construction are bought. */
function natureOfReal(status: AuditStatus): Nature {
  if (status === 'basis-present') return 'statutory'
  return status === 'authority-commissioned' ? 'authority-commissioned' : 'market'
}

/** One sample listing `S0101` … for each kind of service, and one for the expert reviews that an office needs itself. */
export function sampleWordings(categories: readonly Category[], known: Known, on: Day): ListingWording[] {
  const kinds = categories.filter(({ parentCode }) => parentCode !== null)
  return [...kinds.map((kind) => sampleOf(kind, known, on)), expertReview(known.divisionCode)]
}

function sampleOf(kind: Category, known: Known, on: Day): ListingWording {
  const items = known.items.filter(({ name }) => kind.approvalItems.includes(name))
  const approvalItems = items.map(({ code }) => code)
  const reading = SAMPLE_READINGS[kind.code] ?? {}
  const written = distinct(items.flatMap(({ legalBasis }) => basesIn(legalBasis)))
  const nature = natureOfSample(kind, written, on, reading.neverDemanded ?? false)
  // An approval item's own basis says nothing for a service that nobody may demand in it.
  const bases = nature === 'market' ? [] : written
  return {
    divisionCode: known.divisionCode,
    code: `S${kind.code}`,
    name: kind.name,
    aliases: aliasesOf(kind.name, known.synonyms),
    categoryCode: kind.code,
    nature,
    approvalItems,
    stages: stagesOf(approvalItems, known.items),
    rules: {
      bases,
      appliesWhen: reading.appliesWhen ?? null,
      selfPrepare: nature === 'statutory' && items.some(({ selfPrepare }) => selfPrepare) ? true : null,
      commissioner: nature === 'authority-commissioned' ? 'authority' : 'applicant',
      material: materialOf(kind),
      regionalAssessment: reading.regionalAssessment ?? null,
      mergedInto: reading.mergedInto ?? null,
      duplicateOf: reading.duplicateOf ?? null,
      itemCancelledOn: null,
      freeDownload: null,
      validYears: reading.validYears ?? null,
    },
    details: sampleDetails({
      department: distinct(items.map(({ authority }) => authority)).join('、') || null,
      approvalItem: items.map(({ name }) => name).join('、') || null,
      legalBasis: (bases.length && distinct(items.flatMap(({ legalBasis }) => legalBasis ?? [])).join('；')) || null,
    }),
  }
}

function natureOfSample({ nature }: Category, bases: readonly Basis[], on: Day, neverDemanded: boolean): Nature {
  if (nature === 'authority-commissioned') return 'authority-commissioned'
  return nature === 'statutory-candidate' && !neverDemanded && usableBases(bases, on).length > 0 ? 'statutory' : 'market'
}

/** 优化营商环境条例 43: technical services that the office needs, it buys competitively and at its own cost. */
function expertReview(divisionCode: string): ListingWording {
  return {
    divisionCode,
    code: 'S9001',
    name: '专家评审（审批环节技术性服务）',
    aliases: ['专家评审', '专家评审费', '技术评审', '技术评估', '专家论证会'],
    categoryCode: null,
    nature: 'authority-commissioned',
    approvalItems: [],
    stages: [],
    rules: {
      bases: [{ type: 'administrative-regulation', title: '优化营商环境条例', articles: '第四十三条', repealedOn: null }],
      appliesWhen: null,
      selfPrepare: null,
      commissioner: 'authority',
      material: { code: 'M-S9001', name: '专家评审意见' },
      regionalAssessment: null,
      mergedInto: null,
      duplicateOf: null,
      itemCancelledOn: null,
      freeDownload: null,
      validYears: null,
    },
    details: sampleDetails({ department: null, approvalItem: null, legalBasis: '《优化营商环境条例》第四十三条' }),
  }
}

function sampleDetails(given: Pick<ListingWording['details'], 'department' | 'approvalItem' | 'legalBasis'>): ListingWording['details'] {
  return { ...given, timeLimit: null, feeBasis: null, qualification: null, sourceTitle: SAMPLE_SOURCE, sourceUrl: null, audit: null, sample: true }
}

/** The document that a service yields, where its name says one. */
function materialOf({ code, name }: Category): { code: string; name: string } | null {
  const document = /^(.+(?:报告|报告书|报告表|调查表|方案|专章|专篇|建议书|概算|图))编制$/.exec(name)?.[1]
  if (document) return { code: `M-S${code}`, name: document }
  if (/(评估|评价|论证|勘察|检测|测评|分析)$/.test(name)) return { code: `M-S${code}`, name: `${name}报告` }
  return /(测绘|测量|勘测|调查|定界|探测|勘探)(（.+）)?$/.test(name) ? { code: `M-S${code}`, name: `${name}成果` } : null
}

function aliasesOf(name: string, synonyms: readonly Synonym[]): string[] {
  return synonyms.filter(({ expands, term }) => expands.includes(name) && term !== name).map(({ term }) => term)
}

function stagesOf(codes: readonly string[], items: readonly ApprovalItem[]): Stage[] {
  return distinct(items.filter(({ code }) => codes.includes(code)).map(({ stage }) => stage))
}

function distinct<T>(list: readonly T[]): T[] {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()]
}
