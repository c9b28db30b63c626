import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { DivisionCode } from '../divisions/division.ts'
import { parseYuan } from '../money.ts'
import { changedFacts, factsOf, PROJECT_FACT_FIELDS, type FactKey, type ProjectFacts } from './project-facts.ts'
import { ProjectCodeText } from './project-code.ts'

/** 审批流程类型: the ten kinds of project that the approval reform tells apart, each with a procedure of its own. */
export const FLOW_TYPES = [
  'government-building',
  'government-infrastructure',
  'private-general',
  'private-small',
  'private-with-design',
  'renovation',
  'transport',
  'water',
  'energy',
  'industrial',
] as const
export type FlowType = (typeof FLOW_TYPES)[number]

/** Who pays: fiscal money must buy here where the list and the limits say so; state-owned and private owners may. */
export const MONEY_SOURCES = ['fiscal', 'state-owned', 'private'] as const
export type MoneySource = (typeof MONEY_SOURCES)[number]

export type Project = {
  code: string
  ownerId: string
  divisionCode: string
  name: string
  flowType: string
  moneySource: MoneySource
  /** In fen; null when nobody has said it. */
  investmentFen: number | null
  facts: ProjectFacts
  registeredAt: Date
}

const Investment = z
  .string()
  .default('')
  .superRefine((given, context) => {
    if (given === '') return
    const read = parseYuan(given)
    if ('fault' in read) context.addIssue({ code: 'custom', message: read.fault })
  })
  .transform((given) => {
    const read = parseYuan(given)
    return 'fen' in read ? read.fen : null
  })

/** The form by which an owner registers a project; the facts are fields named like themselves. */
export const ProjectForm = z
  .object({
    code: ProjectCodeText,
    name: text({ least: 2, most: 120 }),
    divisionCode: z.string('forms.required').min(1, 'forms.required').pipe(DivisionCode),
    flowType: z.enum(FLOW_TYPES, 'forms.invalid_value'),
    moneySource: z.enum(MONEY_SOURCES, 'forms.invalid_value'),
    investment: Investment,
    ...PROJECT_FACT_FIELDS,
  })
  .transform(({ code, name, divisionCode, flowType, moneySource, investment, ...fields }) => ({ code, name, divisionCode, flowType, moneySource, investmentFen: investment, facts: factsOf(fields) }))
export type ProjectFields = z.output<typeof ProjectForm>

/** The form by which an owner completes and corrects the facts: all of them at once, so that an emptied field takes its fact back. */
export const ProjectFactsForm = z.object(PROJECT_FACT_FIELDS).transform((fields) => ({ facts: factsOf(fields) }))

/** The same project with other facts, and which of them are other than before. */
export function withFacts(project: Project, facts: ProjectFacts): { project: Project; changed: FactKey[] } {
  return { project: { ...project, facts }, changed: changedFacts(project.facts, facts) }
}
