import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('../../app/styles.css', import.meta.url), 'utf8')

/** The tokens of one theme: the first `:root` block is the light one, the one under the media query the dark one. */
function tokensOf(theme: 'light' | 'dark'): Map<string, number> {
  const blocks = [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, body]) => body!)
  const body = theme === 'light' ? blocks[0]! : blocks[1]!
  return new Map([...body.matchAll(/--([a-z0-9-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)].map(([, name, l, c, h]) => [name!, luminance(Number(l), Number(c), Number(h))]))
}

/** Relative luminance (WCAG 2) of an oklch colour: OKLab to linear sRGB (Ottosson 2020), clipped to what screens show. */
function luminance(l: number, c: number, h: number): number {
  const a = c * Math.cos((h * Math.PI) / 180)
  const b = c * Math.sin((h * Math.PI) / 180)
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (value: number) => Math.min(1, Math.max(0, value))
  const red = clip(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short)
  const green = clip(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short)
  const blue = clip(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: number, other: number): number {
  const [dark, light] = [one, other].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const GROUNDS = ['paper', 'sheet', 'tint']
const TEXTS: [text: string, grounds: string[]][] = [
  ['ink', [...GROUNDS, 'blue-tint', 'red-tint', 'jade-tint']],
  ['ink-2', [...GROUNDS, 'blue-tint', 'red-tint', 'jade-tint']],
  ['ink-3', GROUNDS],
  ['blue', [...GROUNDS, 'blue-tint', 'jade-tint', 'red-tint']],
  ['blue-strong', [...GROUNDS, 'blue-tint']],
  ['red', [...GROUNDS, 'red-tint']],
  ['red-strong', [...GROUNDS, 'red-tint']],
  ['jade', [...GROUNDS, 'jade-tint']],
  ['on-blue', ['blue', 'blue-strong']],
  ['on-red', ['red', 'red-strong']],
]

test.each(['light', 'dark'] as const)('every word can be read on what it stands on, in the %s theme', (theme) => {
  const tokens = tokensOf(theme)
  const weak = TEXTS.flatMap(([text, grounds]) => grounds.map((ground) => ({ pair: `${text} on ${ground}`, ratio: contrast(tokens.get(text)!, tokens.get(ground)!) }))).filter(({ ratio }) => !(ratio >= 4.5))
  expect(weak).toEqual([])
})

test.each(['light', 'dark'] as const)('the edge of a field can be seen, in the %s theme', (theme) => {
  const tokens = tokensOf(theme)
  for (const ground of GROUNDS) expect(contrast(tokens.get('edge')!, tokens.get(ground)!)).toBeGreaterThanOrEqual(3)
})

test('black on white has the contrast that the standard says', () => {
  expect(contrast(luminance(0, 0, 0), luminance(1, 0, 0))).toBeCloseTo(21, 1)
})
