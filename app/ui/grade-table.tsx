import type { Grade } from '#app/domain/agencies/credit-grade.ts'
import { paths } from '#app/paths.ts'
import { DataTable } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { Status } from './status.tsx'
import { Instant } from './time.tsx'

type Line = { id: string; uscc: string; name: string; division: string; grade: Grade; source: string; reason: string; gradedAt: Date | string; entry: string; current: boolean }

/** Published grades with what they rest on, newest first; of one agency without its name. */
export function GradeTable({ grades, ofOne = false }: { grades: readonly Line[]; ofOne?: boolean }) {
  const words = useWords().credit.list
  return (
    <DataTable
      caption={words.caption}
      rows={grades}
      keyOf={({ id }) => id}
      empty={words.empty}
      columns={[
        ...(ofOne ? [] : [{ key: 'agency', label: words.agency, main: true, cell: ({ name, uscc }: Line) => <a href={paths.agency(uscc)}>{name}</a> }]),
        { key: 'grade', label: words.grade, main: ofOne, cell: ({ grade, current }) => <>{grade} <Status tone={current ? 'kept' : 'plain'}>{current ? words.current : words.former}</Status></> },
        { key: 'division', label: words.division, cell: ({ division }) => division },
        { key: 'source', label: words.source, cell: ({ source, reason }) => <>{source}<span className="small muted block whitespace-pre-line break-words">{reason}</span></> },
        { key: 'when', label: words.when, cell: ({ gradedAt, entry }) => <><Instant at={gradedAt} bare /> <a className="small block" href={paths.ledgerEntry(entry)}>{words.proof}</a></> },
      ]}
    />
  )
}
