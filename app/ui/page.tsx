import type { ReactNode } from 'react'
import { Contents, type Content } from './contents.tsx'
import { Icon } from './icon.tsx'

export type PageProps = {
  title: string
  /** One or two sentences: what this page is for. */
  lead?: ReactNode
  /** A word above the title, such as the number of a notice or the kind of a thing. */
  kicker?: ReactNode
  /** The one main action, a ButtonLink or a form. */
  action?: ReactNode
  back?: { href: string; label: string }
  /** The parts of a long page, to jump to on a phone. */
  contents?: readonly Content[]
  /** Beside the body from 1024 px, below it on smaller screens. */
  aside?: ReactNode
  children?: ReactNode
}

/** The inside of every page: title, lead, main action, body and what stands beside it. */
export function Page({ title, lead, kicker, action, back, contents, aside, children }: PageProps) {
  return (
    <div className="wrap">
      {back ? (
        <a className="page-back no-print" href={back.href}>
          <Icon name="previous" />
          {back.label}
        </a>
      ) : null}
      <div className="page-head">
        <div>
          {kicker ? <p className="page-kicker">{kicker}</p> : null}
          <h1>{title}</h1>
          {lead ? <div className="page-lead">{lead}</div> : null}
        </div>
        {action ? <div className="actions">{action}</div> : null}
      </div>
      {contents ? <Contents items={contents} /> : null}
      {aside ? (
        <div className="page-two">
          <div className="page-body">{children}</div>
          <aside className="page-body">{aside}</aside>
        </div>
      ) : (
        <div className="page-body">{children}</div>
      )}
    </div>
  )
}

/** A part of a page under its own heading. */
export function Section({ title, id, lead, action, children }: { title: string; id?: string; lead?: ReactNode; action?: ReactNode; children?: ReactNode }) {
  return (
    <section id={id}>
      <div className="section-head">
        <h2>{title}</h2>
        {action}
      </div>
      {lead ? <div className="measure text-ink-2 mb-4">{lead}</div> : null}
      {children}
    </section>
  )
}
