import type { Period } from '../calendar.ts'
import type { Fen } from '../money.ts'

/** A number that a division may set for itself. `source` is a law or a published practice; `default` is ours, and the page says so. */
export type Parameter<V> = { value: V; source: string }

const DEFAULT = 'default'

/** A length of time with its unit: `d` calendar days, `wd` working days, `h`, `min`, `s`. Without a source it is our default. */
export const period = (n: number, unit: Period['unit'], source = DEFAULT): Parameter<Period> => ({ value: { n, unit }, source })
/** A bare number; where it has a unit, the parameter’s name says it (`leadLookBackDays`). What ends at an instant is a {@link period}, a sum {@link money}. */
export const count = (value: number, source = DEFAULT): Parameter<number> => ({ value, source })
/** A share of one: 0.02 is 2 %. */
export const share = count
/** Whole fen. */
export const money = (yuan: number, source = DEFAULT): Parameter<Fen> => ({ value: yuan * 100, source })
/** Codes of categories; a group's two digits stand for everything in it. */
export const categories = (value: string[], source = DEFAULT): Parameter<string[]> => ({ value, source })
/** Words of the house, such as kinds of project. */
export const names = (value: string[], source = DEFAULT): Parameter<string[]> & { names: true } => ({ value, source, names: true })
/** One word of a closed set. The set goes with the parameter, so that a division's row is checked against it. */
export const choice = <const C extends readonly [string, ...string[]]>(choices: C, value: C[number], source = DEFAULT): Parameter<C[number]> & { choices: C } => ({ value, source, choices })
