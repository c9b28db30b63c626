import { useId } from 'react'
import { fieldId } from './field.tsx'

/* Fields that a script reads and no form sends: they have no names. */

export function PassphraseInput({ part, label, hint, isNew }: { part: string; label: string; hint?: string; isNew?: boolean }) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint ? <div className="hint" id={`${id}-hint`}>{hint}</div> : null}
      <input id={id} type="password" className="input" autoComplete={isNew ? 'new-password' : 'off'} aria-describedby={hint ? `${id}-hint` : undefined} data-part={part} />
    </div>
  )
}

/** A key file. What is wrong with what a script reads from it is said of `of`, the hidden field that is sent; so its link leads here. */
export function FileInput({ of, label, hint }: { of: string; label: string; hint?: string }) {
  const id = fieldId(of)
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint ? <div className="hint" id={`${id}-hint`}>{hint}</div> : null}
      <input id={id} type="file" className="w-full" accept=".json,application/json" aria-describedby={hint ? `${id}-hint` : undefined} data-part="file" />
    </div>
  )
}
