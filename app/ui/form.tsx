import type { ReactNode } from 'react'
import { ErrorSummary } from './error-summary.tsx'
import type { Rejected } from './field.tsx'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'

/**
 * A form that posts by itself, with the summary of what is wrong above it. The browser's own bubbles stay off:
 * they speak the browser's language and not the page's, and the server says every fault at once.
 */
export function PostForm({ action, rejected, labels, upload, children, id }: { action?: string; rejected?: Rejected | null; labels?: Record<string, string>; upload?: boolean; id?: string; children: ReactNode }) {
  const words = useWords().drafts.kept
  // Values without a fault were kept over a session that ended, and have not been judged yet.
  const isRefilled = rejected && !Object.keys(rejected.errors).length && Object.keys(rejected.values).length > 0
  return (
    <form method="post" action={action} className="form" noValidate encType={upload ? 'multipart/form-data' : undefined} id={id}>
      {rejected ? <ErrorSummary errors={rejected.errors} labels={labels} /> : null}
      {isRefilled ? <Notice tone="open">{words.back}</Notice> : null}
      {children}
    </form>
  )
}
