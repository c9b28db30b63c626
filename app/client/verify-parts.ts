import { hasSignatures } from '#verify/crypto'
import type { Say } from '#verify/findings.ts'
import type { Parts } from '#verify/verify.ts'

export type PartName = keyof Parts
export type Addresses = Record<PartName, string | null>

/** What was fetched so far (app/client/verify-prices-zh.ts and its like), and what it says. */
export const parts: Parts = {}
export const said: Partial<Say> = {}

/** Every part brings itself. */
export function bring(part: Parts, says: Partial<Say>): void {
  Object.assign(parts, part)
  Object.assign(said, says)
}

/** Which part a text needs. */
const NEEDED: [PartName, RegExp][] = [
  ['prices', /"method"\s*:\s*"(lowest|average)-price"/],
  ['auction', /"method"\s*:\s*"live-auction"/],
  ['shortlist', /"method"\s*:\s*"credit-shortlist"/],
  ['merit', /"method"\s*:\s*"merit"/],
  ['direct', /"method"\s*:\s*"direct"/],
  ['receipt', /BEGIN MINGDAN RECEIPT|"mingdan-receipt\/v1"/],
  ['consistency', /"mingdan-consistency\/v1"/],
  ['witnesses', /"witnesses"\s*:/],
  ['drand', /"source"\s*:\s*"drand"/],
  ['lottery', /"source"\s*:\s*"lottery"|"rules"\s*:\s*"rfc3797"/],
]

let signs: Promise<boolean> | undefined

/** The parts that these texts need, and what any text needs in this browser. */
export async function neededBy(texts: readonly string[]): Promise<PartName[]> {
  signs ??= Promise.resolve(hasSignatures())
  const needed = NEEDED.filter(([, pattern]) => texts.some((text) => pattern.test(text))).map(([name]) => name)
  return (await signs) ? needed : ['library', ...needed]
}

/** Fetches those that are not there. @returns whether all of them are now */
export async function fetchParts(names: readonly PartName[], addresses: Addresses): Promise<boolean> {
  const missing = names.filter((name) => !parts[name] && addresses[name])
  await Promise.all(missing.map((name) => (import(/* @vite-ignore */ addresses[name]!) as Promise<unknown>).catch(() => undefined)))
  return names.every((name) => parts[name])
}

/** When the browser has nothing else to do, or after two seconds. */
export const idle = () => new Promise<void>((resolve) => ('requestIdleCallback' in globalThis ? requestIdleCallback(() => resolve(), { timeout: 2000 }) : setTimeout(resolve, 500)))
