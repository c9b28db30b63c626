import type { ReactNode } from 'react'
import { useWords } from './locale.tsx'

export type TimelineItem = {
  key: string
  title: ReactNode
  /** When: an Instant, a Day or a sentence. */
  when?: ReactNode
  /** Who acted, or who must act now. */
  who?: ReactNode
  text?: ReactNode
  /** `ended` is a bad end: refused, failed, broken off. */
  state: 'done' | 'now' | 'next' | 'ended'
}

/** What happened and what will, in order, with who must act. */
export function Timeline({ items, label }: { items: readonly TimelineItem[]; label: string }) {
  const { states } = useWords().frame.timeline
  return (
    <ol className="timeline" aria-label={label}>
      {items.map((item) => (
        <li key={item.key} className={item.state} aria-current={item.state === 'now' ? 'step' : undefined}>
          <h3>
            {item.title}
            <span className="sr-only">{states[item.state]}</span>
          </h3>
          {item.when ? <div className="small">{item.when}</div> : null}
          {item.who ? <div className="small">{item.who}</div> : null}
          {item.text ? <div className="small muted">{item.text}</div> : null}
        </li>
      ))}
    </ol>
  )
}
