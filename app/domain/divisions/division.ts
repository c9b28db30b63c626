import { z } from 'zod'

/** A code of GB/T 2260: two digits for the province, two for the city, two for the county. */
export const DivisionCode = z.string().regex(/^\d{6}$/, 'catalogue.division-malformed')

export const LEVELS = ['province', 'city', 'county'] as const
export type Level = (typeof LEVELS)[number]

export type Division = { code: string; name: string; level: Level; parentCode: string | null }

/** Rows that GB/T 2260 keeps between a province and its districts or counties; nobody governs there. */
const GROUPINGS = ['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划']

/** Is this a place with a government of its own, and not a row that only groups others? */
export function isPlace({ level, name }: Pick<Division, 'level' | 'name'>): boolean {
  return level !== 'city' || !GROUPINGS.includes(name)
}

/** The level that a code says: `220000` is a province, `220100` a city, `220106` a county. */
export function levelOf(code: string): Level {
  if (code.endsWith('0000')) return 'province'
  return code.endsWith('00') ? 'city' : 'county'
}

/** The division above, or null above a province. */
export function parentCodeOf(code: string): string | null {
  const level = levelOf(code)
  if (level === 'province') return null
  return level === 'city' ? `${code.slice(0, 2)}0000` : `${code.slice(0, 4)}00`
}

/** The division and everything above it, nearest first: where a county says nothing its city speaks, then its province. */
export function chainOf(code: string): string[] {
  const parent = parentCodeOf(code)
  return parent === null ? [code] : [code, ...chainOf(parent)]
}

/** Does `inner` lie in `outer`, or is it the same? */
export function isWithin(inner: string, outer: string): boolean {
  return chainOf(inner).includes(outer)
}

/** The digits with which the codes of a division and of everything in it begin. */
export function prefixOf(divisionCode: string): string {
  const level = levelOf(divisionCode)
  return divisionCode.slice(0, level === 'province' ? 2 : level === 'city' ? 4 : 6)
}
