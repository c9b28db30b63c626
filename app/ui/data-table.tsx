import type { ReactNode } from 'react'
import { ButtonLink } from './button.tsx'
import { Icon } from './icon.tsx'
import { useWords } from './locale.tsx'
import { Pager, type PagerProps } from './pager.tsx'

export type Column<T> = {
  key: string
  label: string
  cell: (row: T) => ReactNode
  /** Money and counts: right-aligned figures. */
  number?: boolean
  /** The column that names the row: its header cell. One a table. */
  main?: boolean
  /** The word that sorting by this column has in the address. */
  sort?: string
}

export type Sorting = { by: string; descending: boolean; href: (by: string, descending: boolean) => string }
export type Nothing = { title: string; text?: ReactNode; action?: { href: string; label: string } }

/** What a list without a row says to everybody, and what to do about it to those alone who may. */
export function nothingYet({ title, text, action }: { title: string; text: string; action: string }, { mayDo = true, href }: { mayDo?: boolean; href: string }): Nothing {
  return { title, text, ...(mayDo && { action: { href, label: action } }) }
}

export type DataTableProps<T> = {
  caption: string
  /** The caption is always read aloud; it is shown only if asked for. */
  showCaption?: boolean
  columns: Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
  sorting?: Sorting
  /** On a phone the cells of a row follow each other in one line without their labels: for values that explain themselves. */
  brief?: boolean
  /** What to say, and to do, when there is no row. */
  empty: Nothing
  pager?: PagerProps
}

/** A table that is a list of cards on a phone, with the same facts in the same order. */
export function DataTable<T>({ caption, showCaption, columns, rows, keyOf, sorting, brief, empty, pager }: DataTableProps<T>) {
  if (!rows.length) return <Empty {...empty} pager={pager} />
  return (
    <>
      <div className="table-box">
        <table className={brief ? 'table table-brief' : 'table'} role="table">
          <caption className={showCaption ? undefined : 'sr-only'}>{caption}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {columns.map((column) => (
                <th key={column.key} role="columnheader" scope="col" className={column.number ? 'number' : undefined} aria-sort={orderOf(column, sorting)}>
                  {column.sort && sorting ? <SortLink column={column as Column<unknown>} sorting={sorting} /> : column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows.map((row) => (
              <tr key={keyOf(row)} role="row">
                {columns.map((column) =>
                  column.main ? (
                    <th key={column.key} role="rowheader" scope="row">
                      {column.cell(row)}
                    </th>
                  ) : (
                    <td key={column.key} role="cell" data-label={column.label} className={column.number ? 'number' : undefined}>
                      <div>{column.cell(row)}</div>
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pager ? <Pager {...pager} /> : null}
    </>
  )
}

function orderOf<T>(column: Column<T>, sorting?: Sorting) {
  if (!column.sort || sorting?.by !== column.sort) return undefined
  return sorting.descending ? 'descending' : 'ascending'
}

function SortLink({ column, sorting }: { column: Column<unknown>; sorting: Sorting }) {
  const words = useWords().frame
  const here = sorting.by === column.sort
  return (
    <a href={sorting.href(column.sort!, here ? !sorting.descending : false)}>
      {column.label}
      {here ? <Icon name={sorting.descending ? 'down' : 'up'} title={sorting.descending ? words.descending : words.ascending} /> : null}
    </a>
  )
}

/** Said where a list has nothing: why, and what to do about it. */
export function Empty({ title, text, action, pager }: Nothing & { pager?: PagerProps }) {
  return (
    <>
      <div className="empty">
        <strong>{title}</strong>
        {text ? <p>{text}</p> : null}
        {action ? (
          <p className="mt-4">
            <ButtonLink href={action.href}>{action.label}</ButtonLink>
          </p>
        ) : null}
      </div>
      {pager ? <Pager {...pager} /> : null}
    </>
  )
}
