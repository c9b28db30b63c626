/** A time limit in a source's words, where it is one number of one unit. */
const TIME = /^(?:不超过|最长|至多)?\s*(\d+)\s*个?(工作日|日|天)(?:内|以内|之内)?$/
const FREE = /^(?:免费|不收费|免收|零收费)$/
const SUM = /(\d[\d,]*(?:\.\d+)?)(?=\s*(?:万?元|%|％|‰))/g

/**
 * Is one time limit at most another? Units are never converted: working days and calendar days are two things.
 *
 * @param lower @param upper in the words of their sources; null is 未载明
 * @returns true only where it can be shown; a limit where there was none is shorter, none where there was one is not
 */
export function isShorter(lower: string | null, upper: string | null): boolean {
  if (lower === upper) return true
  if (lower === null) return false
  const [mine, theirs] = [daysOf(lower), upper === null ? null : daysOf(upper)]
  if (!mine) return false
  return upper === null || (theirs !== null && theirs.unit === mine.unit && mine.days <= theirs.days)
}

/**
 * Does one fee ask at most what another asks? Only free of charge, or the same words with no sum raised, can be shown.
 *
 * @param lower @param upper in the words of their sources; null is 未载明
 */
export function isCheaper(lower: string | null, upper: string | null): boolean {
  if (lower === upper || (lower !== null && FREE.test(lower))) return true
  if (lower === null || upper === null) return false
  const sums = (words: string) => [...words.matchAll(SUM)].map(([, digits]) => Number(digits!.replaceAll(',', '')))
  const frame = (words: string) => words.replace(SUM, '#')
  const [mine, theirs] = [sums(lower), sums(upper)]
  return frame(lower) === frame(upper) && mine.length > 0 && mine.every((sum, place) => sum <= theirs[place]!)
}

function daysOf(words: string): { days: number; unit: string } | null {
  const [, digits, unit] = TIME.exec(words) ?? []
  return digits && unit ? { days: Number(digits), unit: unit === '工作日' ? 'wd' : 'd' } : null
}
