/* Fields that a script reads and no form sends: they have no names. */

export function PassphraseInput({ part, label, hint, isNew }: { part: string; label: string; hint?: string; isNew?: boolean }) {
  return (
    <label className="field">
      <span className="label">{label}</span>
      {hint ? <span className="hint block">{hint}</span> : null}
      <input type="password" className="input" autoComplete={isNew ? 'new-password' : 'off'} data-part={part} />
    </label>
  )
}

export function FileInput({ label, hint }: { label: string; hint?: string }) {
  return (
    <label className="field">
      <span className="label">{label}</span>
      {hint ? <span className="hint block">{hint}</span> : null}
      <input type="file" className="w-full" accept=".json,application/json" data-part="file" />
    </label>
  )
}
