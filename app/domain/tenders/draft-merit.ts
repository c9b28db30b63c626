import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { judgedOf, JUDGED_AT_MOST, PRICE, weightOf, type Criterion, type Merit } from './merit.ts'

const MOST_NAME = 40

/** A number of points or of judges; what is left empty is 0. */
const Count = z
  .string()
  .default('')
  .transform((text) => text.normalize('NFKC').trim())
  .pipe(z.string().regex(/^[0-9]{0,2}$|^100$/, 'merit.whole-number'))
  .transform(Number)

/** One line of the form for each criterion that is judged: what it is, and what it weighs. */
const JUDGED_FIELDS = Object.fromEntries(
  Array.from({ length: JUDGED_AT_MOST }, (_, place) => [
    [`criterion${place + 1}`, text({ least: 0, most: MOST_NAME, say: { empty: 'forms.required', short: 'forms.required', long: 'merit.name-long' } }).default('')],
    [`weight${place + 1}`, Count],
  ]).flat(),
) as { [F in `criterion${Line}`]: z.ZodDefault<z.ZodType<string>> } & { [F in `weight${Line}`]: typeof Count }
type Line = 1 | 2 | 3 | 4 | 5
const LINES = [1, 2, 3, 4, 5] as const satisfies Line[]

/** What the form asks of a selection by merit: points of the price, how many judges, and what they judge. */
export const MERIT_FIELDS = { priceWeight: Count, judges: Count, ...JUDGED_FIELDS }
export type MeritFields = { priceWeight: number; judges: number } & { [F in `criterion${Line}`]: string } & { [F in `weight${Line}`]: number }

/** The criteria and judges that a filled-in form says, as far as it says any. Lines that are empty are left out. */
export function meritOf(fields: Partial<MeritFields>): Merit {
  const price: Criterion[] = fields.priceWeight ? [{ code: PRICE, name: PRICE, weight: fields.priceWeight, kind: 'price' }] : []
  const judged = LINES.flatMap((line): Criterion[] => {
    const [name, weight] = [fields[`criterion${line}`]?.trim() ?? '', fields[`weight${line}`] ?? 0]
    return name && weight ? [{ code: `c${line}`, name, weight, kind: 'judged' }] : []
  })
  return { judges: fields.judges ?? 0, criteria: [...price, ...judged] }
}

/** The same as the fields of the form. */
export function meritFields(merit: Merit | null): Record<string, string> {
  if (!merit) return {}
  const price = merit.criteria.find(({ kind }) => kind === 'price')
  return {
    priceWeight: price ? String(price.weight) : '',
    judges: merit.judges ? String(merit.judges) : '',
    ...Object.fromEntries(judgedOf(merit.criteria).flatMap(({ code, name, weight }) => [[`criterion${code.slice(1)}`, name], [`weight${code.slice(1)}`, String(weight)]])),
  }
}

const isHalf = (fields: Partial<MeritFields>) => LINES.find((line) => Boolean(fields[`criterion${line}`]?.trim()) !== Boolean(fields[`weight${line}`]))

/** What a filled-in form lacks for a selection by merit, by field. */
export function meritFaultsIn(draft: Partial<MeritFields>): { field: string; code: string; params: { sum: number } }[] {
  const { criteria, judges } = meritOf(draft)
  const [half, sum] = [isHalf(draft), weightOf(criteria)]
  const faults: [field: string, code: string][] = []
  if (half) faults.push(draft[`weight${half}`] ? [`criterion${half}`, 'forms.required'] : [`weight${half}`, 'merit.weight-missing'])
  if (!draft.priceWeight) faults.push(['priceWeight', 'forms.required'])
  if (!judgedOf(criteria).length && !half) faults.push(['criterion1', 'merit.nothing-judged'])
  else if (!half && draft.priceWeight && sum !== 100) faults.push(['priceWeight', 'merit.sum'])
  if (!judges || judges % 2 === 0) faults.push(['judges', 'merit.judges-odd'])
  return faults.map(([field, code]) => ({ field, code, params: { sum } }))
}

/** Does a kept draft say enough to be published as one by merit? The bounds of policy are asked besides. */
export function isWholeMerit(merit: Merit | null | undefined): boolean {
  const judged = merit ? judgedOf(merit.criteria).length : 0
  return Boolean(merit && merit.judges % 2 === 1 && weightOf(merit.criteria) === 100 && judged && judged < merit.criteria.length)
}
