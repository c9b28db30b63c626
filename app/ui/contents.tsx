import { useWords } from './locale.tsx'

export type Content = { id: string; label: string }

/** The way to the parts of a page that is long on a phone; from 1024 px on, where they stand beside each other, it is not shown. */
export function Contents({ items }: { items: readonly Content[] }) {
  return (
    <nav className="page-contents no-print" aria-label={useWords().frame.contents}>
      <ul>
        {items.map(({ id, label }) => (
          <li key={id}>
            <a href={`#${id}`}>{label}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
