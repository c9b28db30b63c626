import type { ReactNode } from 'react'
import { useWords } from './locale.tsx'

/** A value of null or undefined was not given by the source: it is shown as 未载明 and never filled in. */
export type Fact = { label: string; value: ReactNode; note?: ReactNode; key?: string }

/** Labels and values. `narrow` keeps the label above the value, for the side of a page. */
export function Facts({ items, narrow }: { items: (Fact | null | false | undefined)[]; narrow?: boolean }) {
  const { notStated } = useWords().frame
  return (
    <dl className={narrow ? 'facts facts-narrow' : 'facts'}>
      {items.map((item) =>
        item ? (
          <div key={item.key ?? item.label}>
            <dt>{item.label}</dt>
            <dd>
              {item.value === null || item.value === undefined || item.value === '' ? <span className="unstated">{notStated}</span> : item.value}
              {item.note ? <div className="facts-note">{item.note}</div> : null}
            </dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}
