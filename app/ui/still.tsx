import type { ReactNode } from 'react'

/**
 * What the browser shows and need not know: rendered by the server, and left as it is where the runtime wakes up.
 * Give it `import.meta.env.SSR ? … : null`, and neither the code nor the words of its inside are sent as script.
 */
export function Still({ children }: { children: ReactNode }) {
  if (import.meta.env.SSR) return <div className="contents">{children}</div>
  return <div className="contents" suppressHydrationWarning dangerouslySetInnerHTML={{ __html: '' }} />
}
