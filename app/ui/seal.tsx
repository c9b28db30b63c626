/** The marketplace's round mark. It is no official seal and does not imitate one: no star, no rim of characters. */
export function Seal({ size = 40, title }: { size?: number; title?: string }) {
  return (
    <svg className="seal" width={size} height={size} viewBox="0 0 64 64" role={title ? 'img' : undefined} aria-hidden={title ? undefined : true} focusable="false">
      {title ? <title>{title}</title> : null}
      <circle cx="32" cy="32" r="30" fill="none" stroke="currentColor" strokeWidth="3" />
      <g fill="none" stroke="currentColor" strokeWidth="4.5" strokeLinecap="square">
        <path d="M13 20h13v22H13zM13 31h13" />
        <path d="M33 17h15v27q0 4-5 3M33 17v17q0 10-6 14M33 26h15M33 35h15" />
      </g>
    </svg>
  )
}
