/** Codes by which authorities know an approval item beside our own, as GB/T 39554.1 writes them. */

/** An implementation code: 18 signs of the implementing office's unified code, its level, and the base code of twelve. */
export const IMPLEMENTATION_CODE = /^[0-9A-Z]{31}$/
const BASE_LENGTH = 12
const LIKE_A_CODE = /^[0-9A-Z][0-9A-Z.-]{7,49}$/i

/** The base codes that a text may mean: itself, and the one at the end of an implementation code. */
export function baseCodesIn(said: string): string[] {
  const code = said.trim().toUpperCase()
  return IMPLEMENTATION_CODE.test(code) ? [code, code.slice(-BASE_LENGTH)] : [code]
}

/** Is it a national code, and no name in an office's own words? One that nobody knows is then a slip. */
export function isNationalCode(said: string): boolean {
  return LIKE_A_CODE.test(said.trim()) && /\d/.test(said)
}

/** Of the items' names those that share most pairs of signs with what was said, three at most. */
export function nearestItems(said: string, items: readonly { code: string; name: string }[]): { code: string; name: string }[] {
  const pairs = new Set(pairsOf(said))
  const scored = items.map(({ code, name }) => ({ code, name, score: pairsOf(name).filter((pair) => pairs.has(pair)).length / Math.max(1, name.length + said.length) }))
  return scored.filter(({ score }) => score > 0).toSorted((one, other) => other.score - one.score || (one.code < other.code ? -1 : 1)).slice(0, 3).map(({ code, name }) => ({ code, name }))
}

function pairsOf(text: string): string[] {
  const signs = [...text.replace(/\s/g, '')]
  return signs.slice(1).map((sign, place) => signs[place]! + sign)
}
