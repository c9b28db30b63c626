import type { ReactNode } from 'react'
import { useNonce } from '#app/nonce.ts'
import { Button } from './button.tsx'
import { CodeText } from './code-text.tsx'
import { Icon } from './icon.tsx'
import { useWords } from './locale.tsx'
import type { Part } from './verify-parts.ts'

export type VerifyPanelProps = {
  /** The program and the keys that the page brings along. */
  verifier: { script: string | null; parts: Record<Part, string | null>; keys: readonly { vkey: string; fingerprint: string }[]; published: string }
  /** A bundle, and the proof of its award, that one press fetches, once. */
  fetch?: readonly string[]
  /** A text that the page already has; then nothing is chosen. */
  given?: string | null
  /** Where checking is not what the page is for: what one rarely needs is folded away. */
  folded?: boolean
  /** What is checked here may need these: they are fetched with the page, so that the network can be cut before. */
  early?: readonly Part[]
  /** These are fetched when the browser has nothing else to do; where any file may be checked, all are. */
  later?: readonly Part[] | 'any'
}

/**
 * Where the reader's browser checks a file by itself (app/client/verify.ts). Without scripts it says so and
 * stays out of the way: the command line stands beside it.
 */
export function VerifyPanel({ verifier, fetch, given, folded, early = [], later = [] }: VerifyPanelProps) {
  const { panel: words, live } = useWords().verify
  const nonce = useNonce()
  const { keys, published, script, parts } = verifier
  const idly = later === 'any' ? (Object.keys(parts) as Part[]).filter((part) => part !== 'library') : later
  return (
    <div data-verify={JSON.stringify({ words: live, keys: keys.map(({ vkey }) => vkey), published, fetch, given, parts, early, later: idly })}>
      <noscript>
        <p className="measure no-print">{words.noScript}</p>
      </noscript>
      <div className="stack no-print" data-part="controls" hidden>
        {given ? null : <Choose folded={folded} />}
        <Foldable title={words.key} folded={folded || Boolean(given)}>
          <label>
            <span className="hint block">{words.keyHint}</span>
            <textarea className="input" rows={2} aria-label={words.key} spellCheck={false} autoComplete="off" data-part="keys" />
          </label>
          <p className="error" data-part="key-fault" hidden />
        </Foldable>
        <p className="small muted">
          {words.pageKey} {keys.length ? keys.map(({ fingerprint }) => <CodeText key={fingerprint}>{fingerprint}</CodeText>) : words.noKeys}
          <br />
          {words.pageKeyNote}
        </p>
        <div className="actions">
          {fetch ? <Button type="button" kind="main" data-part="fetch">{words.fetch}</Button> : null}
          <Button type="button" kind={fetch || given ? 'plain' : 'main'} data-part="check">{given ? words.checkThis : words.check}</Button>
          {given ? null : <Button type="button" kind="quiet" data-part="clear">{words.clear}</Button>}
        </div>
      </div>
      <p className="small muted mt-4 no-print" role="status" data-part="status" />
      <progress className="no-print" aria-label={words.progress} data-part="progress" hidden />
      <div className="stack mt-4" data-part="outcome" hidden />
      <ol className="checks mt-4" data-part="steps" />
      <p className="no-print mt-4" data-part="print" hidden>
        <Button type="button" small>
          <Icon name="print" />
          {words.print}
        </Button>
      </p>
      {script ? <script type="module" src={script} nonce={nonce} suppressHydrationWarning /> : null}
    </div>
  )
}

function Choose({ folded }: { folded: boolean | undefined }) {
  const { panel: words } = useWords().verify
  return (
    <Foldable title={words.choose} folded={folded}>
      <div className="upload">
        <label>
          <span className="hint block mb-2">{words.chooseHint}</span>
          <input type="file" multiple accept=".json,.txt,application/json,text/plain" className="w-full" aria-label={words.choose} data-part="files" />
        </label>
      </div>
      <details className="mt-3">
        <summary>{words.paste}</summary>
        <textarea className="input" rows={4} aria-label={words.paste} spellCheck={false} autoComplete="off" data-part="paste" />
      </details>
    </Foldable>
  )
}

function Foldable({ title, folded, children }: { title: string; folded: boolean | undefined; children: ReactNode }) {
  return (
    <details open={!folded}>
      <summary>
        <strong>{title}</strong>
      </summary>
      {children}
    </details>
  )
}
