const MARGIN = 3

/** A QR code, dark on light in both themes: cameras read no other. */
export function Qr({ code: { size, path, address }, label }: { code: { size: number; path: string; address: string }; label: string }) {
  const whole = size + 2 * MARGIN
  return (
    <a className="qr" href={address} data-no-prefetch>
      <svg viewBox={`${-MARGIN} ${-MARGIN} ${whole} ${whole}`} width="160" height="160" role="img" aria-label={label} shapeRendering="crispEdges">
        <rect x={-MARGIN} y={-MARGIN} width={whole} height={whole} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
    </a>
  )
}
