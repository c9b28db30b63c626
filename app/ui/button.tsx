import type { ComponentProps } from 'react'

/** `main` once a page; `end` opens what cannot be undone, `ends` does it; `quiet` for what is beside the point. */
export type ButtonKind = 'main' | 'plain' | 'quiet' | 'end' | 'ends'
type Shape = { kind?: ButtonKind; small?: boolean }

export function Button({ kind = 'plain', small, type = 'submit', className = '', ...rest }: ComponentProps<'button'> & Shape) {
  return <button type={type} className={`${buttonClass({ kind, small })} ${className}`} {...rest} />
}

export function ButtonLink({ kind = 'plain', small, className = '', ...rest }: ComponentProps<'a'> & { href: string } & Shape) {
  return <a className={`${buttonClass({ kind, small })} ${className}`} {...rest} />
}

export function buttonClass({ kind = 'plain', small }: Shape): string {
  return ['button', kind === 'plain' ? '' : `button-${kind}`, small ? 'button-small' : ''].filter(Boolean).join(' ')
}
