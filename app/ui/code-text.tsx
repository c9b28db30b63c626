import { useWords } from './locale.tsx'

/** A number or code in monospace: one click selects the whole of it, and a button copies it where scripts run. */
export function CodeText({ children, copy = true, short }: { children: string; copy?: boolean; /** Shows only so many first signs; the whole is copied. */ short?: number }) {
  const words = useWords().frame
  const shown = short && children.length > short ? `${children.slice(0, short)}…` : children
  return (
    <span className={short ? 'whole' : undefined}>
      <code className="code" title={shown === children ? undefined : children}>
        {shown}
      </code>
      {copy ? (
        <button type="button" className="copy no-print" data-copy={children} aria-label={words.copyThis(children)}>
          {words.copy}
        </button>
      ) : null}
    </span>
  )
}
