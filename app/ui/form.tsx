import type { ReactNode } from 'react'
import { ErrorSummary } from './error-summary.tsx'
import type { Rejected } from './field.tsx'

/**
 * A form that posts by itself, with the summary of what is wrong above it. The browser's own bubbles stay off:
 * they speak the browser's language and not the page's, and the server says every fault at once.
 */
export function PostForm({ action, rejected, labels, upload, children, id }: { action?: string; rejected?: Rejected | null; labels?: Record<string, string>; upload?: boolean; id?: string; children: ReactNode }) {
  return (
    <form method="post" action={action} className="form" noValidate encType={upload ? 'multipart/form-data' : undefined} id={id}>
      {rejected ? <ErrorSummary errors={rejected.errors} labels={labels} /> : null}
      {children}
    </form>
  )
}
