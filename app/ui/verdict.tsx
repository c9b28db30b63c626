import type { ReactNode } from 'react'
import { ButtonLink } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'
import { useWords } from './locale.tsx'

export type VerdictKind = 'allowed' | 'needs-facts' | 'refused'
export type Reason = { key: string; text: ReactNode; /** Where the rule stands in law. */ law?: ReactNode }
export type Alternative = { key: string; label: string; href: string; text?: ReactNode }

export type VerdictProps = {
  verdict: VerdictKind
  /** The large word; the house's own word for the verdict unless another fits better. */
  word?: string | undefined
  /** The question that was asked, above the word. */
  question?: ReactNode
  /** One sentence under the word. */
  lead?: ReactNode
  reasons?: readonly Reason[]
  alternatives?: readonly Alternative[]
  /** More parts: facts that are missing, the listing that matched. */
  children?: ReactNode
}

const ICONS: Record<VerdictKind, IconName> = { allowed: 'allowed', 'needs-facts': 'question', refused: 'refused' }

/** The guard's answer: one large word, the reasons, the law, the ways that are open instead. */
export function Verdict({ verdict, word, question, lead, reasons = [], alternatives = [], children }: VerdictProps) {
  const words = useWords().frame.verdict
  return (
    <div className={`verdict verdict-${verdict}`}>
      <div className="verdict-head">
        {question ? <p className="muted">{question}</p> : null}
        <h2 className="verdict-word">
          <Icon name={ICONS[verdict]} />
          {word ?? words.words[verdict]}
        </h2>
        {lead ? <div className="measure mt-2">{lead}</div> : null}
      </div>
      {reasons.length ? (
        <VerdictPart title={words.reasons}>
          <ul className="reasons measure">
            {reasons.map((reason) => (
              <li key={reason.key}>
                {reason.text}
                {reason.law ? <span className="law">{reason.law}</span> : null}
              </li>
            ))}
          </ul>
        </VerdictPart>
      ) : null}
      {children}
      {alternatives.length ? (
        <VerdictPart title={words.alternatives}>
          <div className="actions">
            {alternatives.map(({ key, label, href }) => (
              <ButtonLink key={key} href={href}>
                {label}
              </ButtonLink>
            ))}
          </div>
          {alternatives.some(({ text }) => text) ? (
            <ul className="small muted mt-2">
              {alternatives.map(({ key, label, text }) => (text ? <li key={key}>{alternatives.length > 1 ? words.alternative(label) : null}{text}</li> : null))}
            </ul>
          ) : null}
        </VerdictPart>
      ) : null}
    </div>
  )
}

/** One more band inside a verdict. */
export function VerdictPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="verdict-part">
      <h3>{title}</h3>
      {children}
    </div>
  )
}
