import { FACT_KEYS, NONE, PROJECT_FACTS, type FactKey, type FactValue, type ProjectFacts } from '#app/domain/projects/project-facts.ts'
import type { Words } from '#app/words/words.ts'
import { Facts } from './facts.tsx'
import { Field, kept, keptAll, type Rejected } from './field.tsx'
import { useWords } from './locale.tsx'

const GROUPS = ['site', 'build', 'other'] as const

function groupOf(key: FactKey): (typeof GROUPS)[number] {
  const [head] = key.split('.')
  return head === 'site' || head === 'build' ? head : 'other'
}

/** Which listed services ask for each fact, where the page knows. */
type Needs = Partial<Record<FactKey, { services: readonly string[]; more: number }>>

/** Why a fact is asked for, in a sentence. */
export function whyOf(need: Needs[FactKey], words: Words['drafts']['projects']): string {
  return need ? words.why(need.services.join('、'), need.more) : words.notAsked
}

type Choices = Record<string, Record<string, string>>

/** The questions about a project's facts, in three groups that open in place. A group with a fault stands open. */
export function ProjectFactQuestions({ rejected, needs }: { rejected: Rejected | undefined; needs?: Needs }) {
  const { projects: words } = useWords()
  return (
    <>
      {GROUPS.map((group) => {
        const keys = FACT_KEYS.filter((key) => groupOf(key) === group)
        return (
          <details key={group} className="fold fold-wide" open={group === 'site' || keys.some((key) => rejected?.errors[key] || rejected?.values[key])}>
            <summary>{words.groups[group]}</summary>
            <div className="fields-two">
              {keys.map((key) => (
                <ProjectFactQuestion key={key} fact={key} rejected={rejected} needs={needs} dense />
              ))}
            </div>
          </details>
        )
      })}
    </>
  )
}

/** One question about a project. It can always be left open. `dense` is for where thirty of them stand together. */
export function ProjectFactQuestion({ fact: key, rejected, needs, dense }: { fact: FactKey; rejected: Rejected | undefined; needs?: Needs; dense?: boolean }) {
  const { projects: words, drafts } = useWords()
  const choices = words.choices as Choices
  const fact = PROJECT_FACTS[key]
  const one = kept(rejected, key)
  const shared = { name: key, label: words.facts[key], hint: needs ? whyOf(needs[key], drafts.projects) : undefined, optional: true }
  switch (fact.kind) {
    case 'boolean':
      if (dense) return <Field {...shared} kind="select" placeholder={words.unknown} options={[{ value: 'yes', label: words.yes }, { value: 'no', label: words.no }]} {...one} />
      return <Field {...shared} kind="radio" options={[{ value: 'yes', label: words.yes }, { value: 'no', label: words.no }, { value: '', label: words.unknown }]} {...one} />
    case 'number':
      return <Field {...shared} inputMode="decimal" unit={words.units[fact.unit]} short {...one} />
    case 'choice':
      return <Field {...shared} kind="select" placeholder={words.unknown} options={fact.choices.map((value) => ({ value, label: choices[key]![value] }))} {...one} />
    case 'choices':
      return <Field {...shared} kind="checkboxes" options={[...fact.choices.map((value) => ({ value: value as string, label: choices[key]![value] })), { value: NONE, label: words.noneOfThese }]} {...keptAll(rejected, key)} />
    case 'text':
      return <Field {...shared} {...one} />
  }
}

/** What is known of a project; what nobody said is left out, since it is neither yes nor no. */
export function ProjectFactList({ facts, needs }: { facts: ProjectFacts; needs?: Needs }) {
  const { projects: words, drafts } = useWords()
  const said = FACT_KEYS.filter((key) => facts[key] !== undefined)
  const choices = words.choices as Choices
  const textOf = (key: FactKey, value: FactValue): string => {
    const fact = PROJECT_FACTS[key]
    if (typeof value === 'boolean') return value ? words.yes : words.no
    if (typeof value === 'number') return `${value.toLocaleString('en-US')}${'unit' in fact ? ` ${words.units[fact.unit]}` : ''}`
    if (Array.isArray(value) && !value.length) return words.noneOfThese
    return [value].flat().map((word) => choices[key]?.[word] ?? word).join('、')
  }
  if (!said.length) return <p className="muted">{words.page.noFacts}</p>
  return <Facts items={said.map((key) => ({ label: words.facts[key], value: textOf(key, facts[key]!), note: needs ? whyOf(needs[key], drafts.projects) : undefined }))} />
}
