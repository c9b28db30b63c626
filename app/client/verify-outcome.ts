import { toHex } from '#verify/bytes.ts'
import { isDecided, type AnyBundle } from '#verify/bundle.ts'
import type { Findings } from '#verify/findings.ts'
import { isKept, type Kept } from '#verify/kept-checks.ts'
import { fingerprintOf, readLogKey, sha256 } from '#verify/primitives.ts'
import type { Given, Verified } from '#verify/verify.ts'

/** The words of app/words that this shows; `{name}` is filled in. */
export type LiveWords = Record<'holds' | 'refused' | 'at' | 'count' | 'stopped' | 'first' | 'firstByPrice' | 'picked' | 'shortlisted' | 'nobody' | 'failed' | 'accepted' | 'declined' | 'byYours' | 'byPage' | 'byFile' | 'alone' | 'badKey' | 'nothing' | 'unreadable' | 'fetchFailed' | 'given' | 'when' | 'key' | 'by' | 'program' | 'programOf' | 'beijing' | 'ready' | 'reading' | 'checking' | 'loading' | 'partMissing' | 'notChecked', string> & { kinds: Record<keyof Given, string> }

const MOST_FAULTS = 10
const ZONE = 'Asia/Shanghai'

function made(tag: string, className = '', ...inside: (string | Node)[]): HTMLElement {
  const element = document.createElement(tag)
  if (className) element.className = className
  element.append(...inside)
  return element
}

const filled = (text: string, values: Record<string, unknown>) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))

/** Adds what has passed since, and at the end what has not. */
export function steps(list: HTMLElement, { passed, faults }: Findings): void {
  for (const { sentence, value } of passed.slice(list.children.length)) {
    list.append(made('li', '', sentence, ...(value ? [made('code', 'code', value)] : [])))
  }
  for (const { field, wrong } of faults.slice(0, MOST_FAULTS)) list.append(made('li', 'check-fails', wrong, made('code', 'code', field || '/')))
}

/** The answer in one word, whom it rests on, and what a printed page must say. */
export function outcome(verified: Verified, given: Given, kept: Kept, words: LiveWords): HTMLElement[] {
  const { passed, faults, bundle, award, proof, receipt } = verified
  const [fault] = faults
  const keys = (bundle ?? award ?? proof)?.ledger?.keys
  const said = made('div', '', made('strong', '', fault ? words.refused : words.holds))
  if (fault) said.append(made('p', '', `${words.at} `, made('code', 'code', fault.field || '/')), made('p', '', fault.wrong), made('p', 'small', filled(words.stopped, { count: passed.length })))
  else {
    if (bundle) said.append(made('p', '', resultOf(bundle, words)))
    said.append(made('p', '', filled(words.count, { count: passed.length })))
    if (keys) said.append(made('p', '', kept.fromPage ? (kept.keys.length ? words.byPage : words.byFile) : words.byYours))
    if (receipt && !keys) said.append(made('p', '', words.alone))
  }
  const trusted = (keys ?? kept.keys).flatMap((text) => readLogKey(text) ?? []).filter((key) => isKept(key, kept.keys)).map(fingerprintOf)
  const name = made('input', 'input') as HTMLInputElement
  name.setAttribute('aria-label', words.by)
  const files = (Object.keys(given) as (keyof Given)[]).map((kind) => made('div', '', `${words.kinds[kind]} SHA-256 `, made('code', 'code', toHex(sha256(given[kind]!)))))
  return [
    made('div', `notice ${fault ? 'tone-refused' : 'tone-kept'}`, said),
    facts([
      [words.given, files],
      [words.when, [`${new Date().toLocaleString('sv-SE', { timeZone: ZONE })} ${words.beijing}`]],
      [words.key, trusted.map((print) => made('div', '', made('code', 'code', print)))],
      [words.program, [words.programOf]],
      [words.by, [name]],
    ]),
  ]
}

/** What is shown where nothing was checked. */
export const unchecked = (words: LiveWords): HTMLElement => made('div', 'notice tone-refused', words.notChecked)

/** Who comes first, in one sentence. */
function resultOf(bundle: AnyBundle, words: LiveWords): string {
  if (bundle.method === 'direct') return filled(bundle.winner === null ? words.declined : words.accepted, { tender: bundle.tender, named: bundle.publication.facts.named })
  if (!isDecided(bundle)) return filled(words.failed, { tender: bundle.tender })
  const { tender, drawNumber: number, winner, method, steps: { order } } = bundle
  if (method === 'credit-shortlist') return filled(winner === null ? words.shortlisted : words.picked, { tender, winner, of: order.length })
  const sentence = winner === null ? words.nobody : method === 'random' ? words.first : words.firstByPrice
  return filled(sentence, { tender, number, winner, of: order.length })
}

function facts(items: [label: string, value: (string | Node)[]][]): HTMLElement {
  return made('dl', 'facts', ...items.filter(([, value]) => value.length).map(([label, value]) => made('div', '', made('dt', '', label), made('dd', '', ...value))))
}
