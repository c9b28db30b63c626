import type { Scope } from '#app/domain/accounts/permissions.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from './code-text.tsx'
import { Facts } from './facts.tsx'
import { Field } from './field.tsx'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { Status } from './status.tsx'

/** What is said once: the only page that ever shows a secret. */
export function IssuedSecret({ id, secret }: { id: string; secret: string }) {
  const words = useWords().clients
  return (
    <Notice tone="open" title={words.issued} next={{ href: paths.client(id), label: words.toClient }} takesFocus>
      <p>{words.issuedText}</p>
      <Facts items={[{ label: words.id, value: <CodeText>{id}</CodeText> }, { label: words.secret, value: <CodeText>{secret}</CodeText> }]} />
    </Notice>
  )
}

export function ClientState({ previousUntil, revokedAt }: { previousUntil: Date | string | null; revokedAt: Date | string | null }) {
  const { states } = useWords().clients
  if (revokedAt) return <Status tone="refused">{states.revoked}</Status>
  return previousUntil ? <Status tone="open">{states.overlap}</Status> : <Status tone="kept">{states.live}</Status>
}

export function ScopeList({ scopes }: { scopes: readonly Scope[] }) {
  const meanings = useWords().api.scopes
  return <span className="small">{scopes.map((scope) => meanings[scope]).join(' · ')}</span>
}

export function ScopeField({ label, hint, scopes, value, errors }: { label: string; hint?: string; scopes: readonly Scope[]; value: string[]; errors?: string[] | undefined }) {
  const meanings = useWords().api.scopes
  return <Field kind="checkboxes" name="scopes" label={label} hint={hint} options={scopes.map((scope) => ({ value: scope, label: meanings[scope], hint: <code className="code">{scope}</code> }))} value={value} errors={errors} />
}
