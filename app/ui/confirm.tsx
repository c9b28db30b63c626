import type { ReactNode } from 'react'
import { Button, buttonClass } from './button.tsx'
import { useWords } from './locale.tsx'

export type ConfirmProps = {
  /** What happens, as the button says it: 撤回报名. */
  title: string
  /** What cannot be undone, each in a sentence. */
  consequences: readonly ReactNode[]
  /** Where the form posts; its own page unless said. */
  action?: string
  /** What the form sends along. */
  values?: Record<string, string>
  /** More fields, such as a reason. */
  children?: ReactNode
  /** Open from the start: the section of a page made for this question. */
  open?: boolean
  /** Seal red is for what ends something; what begins something is asked about in the main colour. */
  begins?: boolean
  /** It can be done again and otherwise; so nothing is said of what cannot be undone. */
  repeatable?: boolean
}

/** Asks before what cannot be undone and names it. Opens in place without any script. */
export function Confirm({ title, consequences, action, values = {}, children, open, begins, repeatable }: ConfirmProps) {
  const words = useWords().forms
  const question = (
    <div className="confirm-body">
      <p className="font-bold">{repeatable ? words.whatHappens : words.cannotBeUndone}</p>
      <ul>
        {consequences.map((consequence, index) => (
          <li key={index}>{consequence}</li>
        ))}
      </ul>
      <form method="post" action={action} className="form" noValidate>
        {Object.entries(values).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {children}
        <div className="actions">
          <Button kind={begins ? 'main' : 'ends'}>{title}</Button>
          <span className="small muted">{open ? null : words.closeAgain}</span>
        </div>
      </form>
    </div>
  )
  if (open) return question
  return (
    <details className="confirm">
      <summary className={buttonClass({ kind: begins ? 'main' : 'end' })}>{words.askFirst(title)}</summary>
      {question}
    </details>
  )
}
