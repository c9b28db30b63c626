import { hashLeaf, jcs, treeRoot } from './primitives.ts'
import type { Outside } from './beacon-checks.ts'
import type { Said } from './said.ts'
import type { Sentences } from './sentences.ts'
import type { Library } from './signatures.ts'

/** What is said: by every check, and by the parts of the program that are at hand. */
export type Say = Sentences & Partial<Said>

/** One fault: the field, as a JSON pointer (RFC 6901), and what is wrong with it. */
export type Fault = { field: string; wrong: string }

/** One check that held: what was checked, and the value that it was about. */
export type Passed = { sentence: string; value?: string | undefined }

/** What the verifier says, check by check, in one language. */
export type Findings = { passed: Passed[]; faults: Fault[]; say: Say; outside: Outside; library?: Library | undefined }

export type Must = (holds: boolean, field: string, wrong: string) => void

/** Between two steps: how far a long check is, what has been found so far, or what must be waited for. */
export type Step = { done: number; of: number } | Findings | Promise<void>

/**
 * Work that stops for breath: whoever runs it may look up between two steps, show how far it is and answer the reader.
 * The command line runs it straight through.
 */
export type Work<T = void> = Generator<Step, T>

export function findingsIn(say: Say, { outside = {}, library }: Partial<Pick<Findings, 'outside' | 'library'>> = {}): Findings {
  return { passed: [], faults: [], say, outside, library }
}

export function runThrough<T>(work: Work<T>): T {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}

/** A value that browsers make somebody wait for. The command has it at once, and so can run straight through. */
export function* settled<T>(value: T | Promise<T>): Work<T> {
  if (!(value instanceof Promise)) return value
  const box: T[] = []
  yield value.then((known) => void box.push(known))
  return box[0]!
}

/** One named check: it is among the passed when it found no fault. */
export function* check(findings: Findings, sentence: string, work: (must: Must) => void, value?: () => string | undefined): Work {
  const before = findings.faults.length
  work((holds, field, wrong) => {
    if (!holds) findings.faults.push({ field, wrong })
  })
  if (findings.faults.length === before) findings.passed.push({ sentence, value: value?.() })
  yield findings
}

const AT_ONCE = 256

/** Maps a long list, some hundred at a time. */
export function* mapCalmly<T, U>(items: readonly T[], map: (item: T, index: number) => U): Work<U[]> {
  const mapped: U[] = []
  for (const [index, item] of items.entries()) {
    mapped.push(map(item, index))
    if (mapped.length % AT_ONCE === 0) yield { done: mapped.length, of: items.length }
  }
  return mapped
}

export function* hashLeavesCalmly(leaves: readonly unknown[]): Work<Uint8Array[]> {
  return yield* mapCalmly(leaves, (leaf) => hashLeaf(jcs(leaf)))
}

/** The same root as `treeRoot`: whole groups of 256 leaves are whole subtrees, so their roots may be joined like leaves. */
export function* treeRootCalmly(leaves: readonly Uint8Array[]): Work<Uint8Array> {
  const groups = Array.from({ length: Math.ceil(leaves.length / AT_ONCE) }, (_, group) => leaves.slice(group * AT_ONCE, (group + 1) * AT_ONCE))
  const roots: Uint8Array[] = []
  for (const group of groups) {
    roots.push(treeRoot(group))
    yield { done: roots.length, of: groups.length }
  }
  return treeRoot(roots)
}
