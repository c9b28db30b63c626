import type { Below } from '#app/domain/governance/shown-entry.ts'
import { ListChanges } from './list-changes.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'

/** Which lower lists follow a proposal by themselves, and how; nothing where none does. */
export function ListsBelow({ below }: { below: readonly Below[] }) {
  const { governance: { below: words } } = useWords()
  if (!below.length) return null
  return (
    <Section id="below" title={words.title} lead={words.lead}>
      {below.map(({ divisionCode, divisionName, entries }) => (
        <Section key={divisionCode} title={words.list(divisionName)}><ListChanges entries={entries} within={divisionCode} /></Section>
      ))}
    </Section>
  )
}
