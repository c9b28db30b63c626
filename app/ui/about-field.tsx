import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

type About = { id: string; hint?: ReactNode; errors?: readonly string[] | undefined }

/** What stands between a question and its answer: the hint, and what is wrong with what was given. */
export function AboutField({ id, hint, errors }: About) {
  return (
    <>
      {hint ? (
        <div className="hint" id={`${id}-hint`}>
          {hint}
        </div>
      ) : null}
      {errors?.length ? (
        <div className="error" id={`${id}-error`}>
          <Icon name="warning" />
          <span>{errors.join(' ')}</span>
        </div>
      ) : null}
    </>
  )
}

/** How the answer says so to whoever hears the page. */
export function describedBy({ id, hint, errors }: About): { 'aria-describedby': string | undefined; 'aria-invalid': true | undefined } {
  return { 'aria-describedby': [hint ? `${id}-hint` : '', errors?.length ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined, 'aria-invalid': errors?.length ? true : undefined }
}
