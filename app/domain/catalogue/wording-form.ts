import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { Day } from '../calendar.ts'
import { articlesOf } from '../divisions/citation.ts'
import { BASIS_TYPES, type Basis, type BasisType } from './basis.ts'
import { ListingCode, NATURES, type ListingWording, type Stage } from './listing.ts'

/** How a basis' kind is written in the form, whatever language the page speaks: the texts themselves are Chinese. */
const KINDS: Readonly<Record<string, BasisType>> = {
  法律: 'law',
  行政法规: 'administrative-regulation',
  地方性法规: 'local-regulation',
  国务院决定: 'state-council-decision',
  部门规章: 'ministerial-rule',
  规范性文件: 'normative-document',
}

const optional = text({ least: 0, most: 500 }).default('').transform((given) => given || null)
/** Why the list changes, in the regulator's words. */
const Note = text({ least: 4, most: 500, lines: true, say: { empty: 'catalogue.note-short', short: 'catalogue.note-short' } })
const linesOf = (given: string) => given.split('\n').map((line) => line.trim()).filter(Boolean)

const Bases = text({ least: 0, most: 4000, lines: true }).default('').transform((given, context): Basis[] =>
  linesOf(given).flatMap((line) => {
    const [kind = '', title = '', articles = ''] = line.split(/[|｜]/).map((part) => part.trim().replace(/^《(.+)》$/, '$1'))
    const type = KINDS[kind] ?? BASIS_TYPES.find((one) => one === kind)
    if (type && title.length > 1) return [{ type, title, articles: articles ? articlesOf(articles).zh : null, repealedOn: null }]
    context.issues.push({ code: 'custom', message: 'catalogue.bases-malformed', params: { line }, input: given })
    return []
  }),
)

/** The regulator's form for one wording. */
export const WordingForm = z.object({
  code: ListingCode,
  name: text({ least: 2, most: 120, say: { empty: 'catalogue.name-short', short: 'catalogue.name-short', long: 'catalogue.name-long' } }),
  aliases: text({ least: 0, most: 2000, lines: true }).default('').transform(linesOf),
  category: optional,
  nature: z.enum(NATURES, 'forms.invalid_value'),
  items: text({ least: 0, most: 1000 }).default('').transform((given) => given.split(/[\s,，、]+/).filter(Boolean)),
  bases: Bases,
  selfPrepare: z.enum(['yes', 'no', 'unsaid'], 'forms.invalid_value').default('unsaid'),
  material: optional,
  department: optional,
  timeLimit: optional,
  feeBasis: optional,
  qualification: optional,
  from: Day,
  note: Note,
})
export type WordingForm = z.output<typeof WordingForm>

type Around = { divisionCode: string; stages: Stage[]; before: ListingWording | null }

/** The wording that a form describes. What the form does not ask for stays as the wording before had it. */
export function wordingOf(form: Omit<WordingForm, 'from' | 'note'>, { divisionCode, stages, before }: Around): ListingWording {
  const material = form.material === null ? null : form.material === before?.rules.material?.name ? before.rules.material : { code: `M-${form.code}`, name: form.material }
  return {
    divisionCode,
    code: form.code,
    name: form.name,
    aliases: form.aliases,
    categoryCode: form.category,
    nature: form.nature,
    approvalItems: form.items,
    stages,
    rules: {
      appliesWhen: null,
      regionalAssessment: null,
      mergedInto: null,
      duplicateOf: null,
      itemCancelledOn: null,
      freeDownload: null,
      validYears: null,
      ...before?.rules,
      bases: form.bases.map((basis) => before?.rules.bases.find((one) => one.title === basis.title && one.type === basis.type && one.articles === basis.articles) ?? basis),
      selfPrepare: form.selfPrepare === 'unsaid' ? null : form.selfPrepare === 'yes',
      commissioner: form.nature === 'authority-commissioned' ? 'authority' : 'applicant',
      material,
    },
    details: {
      approvalItem: null,
      sourceTitle: null,
      sourceUrl: null,
      audit: null,
      ...before?.details,
      sample: before?.details.sample ?? false,
      department: form.department,
      timeLimit: form.timeLimit,
      feeBasis: form.feeBasis,
      qualification: form.qualification,
      legalBasis: form.bases.map(({ title, articles }) => `《${title}》${articles ?? ''}`).join('；') || null,
    },
  }
}

/** A wording as the form's texts, to be changed. */
export function formOf(wording: ListingWording): Record<string, string> {
  const kindOf = (type: BasisType) => Object.keys(KINDS).find((word) => KINDS[word] === type) ?? type
  const { rules, details } = wording
  return {
    code: wording.code,
    name: wording.name,
    aliases: wording.aliases.join('\n'),
    category: wording.categoryCode ?? '',
    nature: wording.nature,
    items: wording.approvalItems.join(' '),
    bases: rules.bases.map(({ type, title, articles }) => [kindOf(type), title, articles].filter(Boolean).join('｜')).join('\n'),
    selfPrepare: rules.selfPrepare === null ? 'unsaid' : rules.selfPrepare ? 'yes' : 'no',
    material: rules.material?.name ?? '',
    department: details.department ?? '',
    timeLimit: details.timeLimit ?? '',
    feeBasis: details.feeBasis ?? '',
    qualification: details.qualification ?? '',
  }
}
