import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import type { Tone } from './status.tsx'

const ICONS: Record<Tone, IconName> = { plain: 'info', open: 'clock', kept: 'allowed', refused: 'warning' }

/** What happened and what comes next. `alert` is read aloud at once; use it for what went wrong. `takesFocus` is for the one answer to a form that was sent. */
export function Notice({ tone = 'plain', title, children, next, alert, takesFocus }: { tone?: Tone; title?: string; children?: ReactNode; next?: { href: string; label: string }; alert?: boolean; takesFocus?: boolean }) {
  return (
    <div className={tone === 'plain' ? 'notice' : `notice tone-${tone}`} role={alert ? 'alert' : 'status'} {...(takesFocus && { id: 'errors', tabIndex: -1, autoFocus: true })}>
      <Icon name={ICONS[tone]} />
      <div>
        {title ? <strong>{title}</strong> : null}
        {children}
        {next ? (
          <p>
            <a href={next.href}>{next.label}</a>
          </p>
        ) : null}
      </div>
    </div>
  )
}
