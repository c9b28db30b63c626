import type { Party } from '#app/domain/cases/party.ts'

/** A ground in the party's colour, and its pattern over it. The page has {@link PartyPatterns} once, before it. */
export function PartyPart({ party, x, y = 0, width, height }: { party: Party; x: number; y?: number; width: number; height: number }) {
  return (
    <g className={`party-${party}`}>
      <rect className="party-ground" x={x} y={y} width={width} height={height} />
      <rect x={x} y={y} width={width} height={height} fill={`url(#party-${party})`} />
      <rect className="party-edge" x={x} y={y} width={width} height={height} />
    </g>
  )
}

/** A party's pattern beside its name. */
export function PartySwatch({ party }: { party: Party }) {
  return (
    <svg className="swatch" viewBox="0 0 16 16" aria-hidden="true">
      <PartyPart party={party} x={0} width={16} height={16} />
    </svg>
  )
}

/** Solid, slanting, upright, dotted, lying and crossed: told apart without any colour. */
export function PartyPatterns() {
  return (
    <defs className="party-patterns">
      <pattern id="party-agency" width="8" height="8" patternUnits="userSpaceOnUse" />
      <pattern id="party-owner" width="8" height="8" patternUnits="userSpaceOnUse"><path d="M-2 2 2-2M0 8 8 0M6 10 10 6" /></pattern>
      <pattern id="party-intake" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M3 0V6" /></pattern>
      <pattern id="party-authority" width="6" height="6" patternUnits="userSpaceOnUse"><circle cx="3" cy="3" r="1.2" /></pattern>
      <pattern id="party-supplement" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 3H6" /></pattern>
      <pattern id="party-special" width="8" height="8" patternUnits="userSpaceOnUse"><path d="M0 0 8 8M8 0 0 8" /></pattern>
    </defs>
  )
}
