import type { ReactNode } from 'react'
import type { Basis } from '#app/domain/catalogue/basis.ts'
import type { Condition as Of } from '#app/domain/catalogue/condition.ts'
import type { FieldChange, WordingField } from '#app/domain/catalogue/fields.ts'
import type { EntryKind } from '#app/domain/governance/proposal.ts'
import type { ShownEntry } from '#app/domain/governance/shown-entry.ts'
import { paths } from '#app/paths.ts'
import type { Words } from '#app/words/words.ts'
import { conditionText } from './condition.tsx'
import { DataTable, Empty } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { Status, type Tone } from './status.tsx'

const TONES: Record<EntryKind, Tone> = { added: 'kept', changed: 'open', retired: 'refused' }

/** What happens to each code of a list, field by field, in words. `act` stands below an entry; `within` tells one list from another on the same page. */
export function ListChanges({ entries, within, act }: { entries: readonly ShownEntry[]; within?: string; act?: (code: string) => ReactNode }) {
  const words = useWords().governance
  if (!entries.length) return <Empty {...words.noChange} />
  return (
    <ol className="stack">
      {entries.map((entry) => (
        <li key={entry.code} id={within ? `${within}-${entry.code}` : entry.code} className="card">
          <h3>
            <Status tone={TONES[entry.kind]}>{words.kinds[entry.kind]}</Status> <a href={paths.listing(entry.code)}>{entry.name}</a> <code className="code">{entry.code}</code>
          </h3>
          {entry.reason ? <p className="measure text-ink-2 whitespace-pre-line break-words">{entry.reason}</p> : null}
          {entry.kind === 'retired' ? null : <div className="mt-4"><Changes entry={entry} /></div>}
          {act?.(entry.code)}
        </li>
      ))}
    </ol>
  )
}

function Changes({ entry: { code, kind, changes } }: { entry: ShownEntry }) {
  const all = useWords()
  const words = all.governance
  const said = (change: FieldChange, value: FieldChange['before']) => <span className="whitespace-pre-line break-words">{sayingText(change.field, value, all) ?? <span className="unstated">{words.nothing}</span>}</span>
  const becomes = { key: 'after', label: kind === 'added' ? words.kinds.added : words.becomes, cell: (change: FieldChange) => said(change, change.after) }
  return (
    <DataTable
      caption={code}
      rows={changes}
      keyOf={({ field }) => field}
      empty={words.noChange}
      columns={[
        { key: 'field', label: kind === 'added' ? words.import.faultColumns.field : words.changedFields(changes.length), main: true, cell: ({ field }) => words.fields[field] },
        ...(kind === 'added' ? [] : [{ key: 'before', label: words.was, cell: (change: FieldChange) => said(change, change.before) }]),
        becomes,
      ]}
    />
  )
}

/** What a wording says in one field, as people read it; null where it says nothing. */
export function sayingText(field: WordingField, value: unknown, all: Words): string | null {
  const { catalogue, governance: words } = all
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return null
  if (typeof value === 'boolean') return value ? words.yes : words.no
  const named: Partial<Record<WordingField, (one: never) => string>> = {
    nature: (nature: keyof typeof catalogue.naturesLong) => catalogue.naturesLong[nature],
    commissioner: (one: 'applicant' | 'authority') => words.commissioners[one],
    stages: (stages: (keyof typeof catalogue.stages)[]) => stages.map((one) => catalogue.stages[one]).join('、'),
    bases: (bases: Basis[]) => bases.map(({ type, title, articles, repealedOn }) => [catalogue.basisTypes[type], `《${title}》${articles ?? ''}`, repealedOn && catalogue.listing.repealed(repealedOn)].filter(Boolean).join(' ')).join('\n'),
    appliesWhen: (condition: Of) => conditionText(condition, all),
    material: ({ name }: { name: string }) => name,
    regionalAssessment: (one: string) => catalogue.regionals[one] ?? one,
    audit: ({ status, why }: { status: keyof typeof catalogue.audits; why: string }) => `${catalogue.audits[status]}\n${why}`,
  }
  const say = named[field]
  if (say) return say(value as never)
  return Array.isArray(value) ? value.join('、') : String(value)
}
