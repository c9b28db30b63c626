import type { ReactNode } from 'react'
import { paths } from '#app/paths.ts'
import { CodeText } from './code-text.tsx'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Seal } from './seal.tsx'
import { Instant } from './time.tsx'

export type ProofProps = {
  /** The ledger entry's id. */
  entry: string
  leafHash: string
  /** The place in the ledger, or null while it is only promised. */
  index: number | null
  checkpoint?: { size: number; root: string } | null
  recordedAt?: Date | string | null
  promisedBy?: Date | string | null
  /** What to run or open to check it without us, such as a bundle to download. */
  children?: ReactNode
}

/** Where the ledger has this, and how to check it without believing us. */
export function Proof({ entry, leafHash, index, checkpoint, recordedAt, promisedBy, children }: ProofProps) {
  const words = useWords().frame.proof
  return (
    <div className="proof">
      <div className="proof-head">
        <Seal size={48} />
        <div>
          <p className="font-bold">{index === null ? words.promised : words.recorded(index)}</p>
          <p className="small muted">
            {index === null && promisedBy ? (
              <>
                {words.promisedBy}
                <Instant at={promisedBy} seconds />
              </>
            ) : recordedAt ? (
              <Instant at={recordedAt} seconds />
            ) : null}
          </p>
        </div>
      </div>
      <details>
        <summary>{words.verify}</summary>
        <div className="stack mt-2">
          <Facts
            narrow
            items={[
              index === null ? null : { label: words.index, value: String(index) },
              { label: words.leaf, value: <CodeText>{leafHash}</CodeText> },
              checkpoint ? { label: words.checkpoint, value: <>{words.checkpointOf(checkpoint.size)} <CodeText>{checkpoint.root}</CodeText></> } : null,
            ]}
          />
          <p className="small">{words.how}</p>
          {children}
          <p>
            <a href={paths.ledgerEntry(entry)}>{words.open}</a>
          </p>
        </div>
      </details>
    </div>
  )
}
