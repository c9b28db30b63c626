import type { ReactNode } from 'react'
import { Empty, type Nothing } from './data-table.tsx'

export type Row = { key: string; href: string; title: ReactNode; note?: ReactNode; end?: ReactNode }

/** A short list of things to open: a title, a note under it, a status or figure at the end. */
export function Rows({ items, empty }: { items: readonly Row[]; empty: Nothing }) {
  if (!items.length) return <Empty {...empty} />
  return (
    <ul className="rows">
      {items.map((item) => (
        <li key={item.key}>
          <div>
            <a className="row-link" href={item.href}>
              {item.title}
            </a>
            {item.note ? <div className="row-note">{item.note}</div> : null}
          </div>
          {item.end ? <div>{item.end}</div> : null}
        </li>
      ))}
    </ul>
  )
}
