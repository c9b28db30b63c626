import { randomUUID } from 'node:crypto'
import { canonical, sha256, type Json } from '#app/domain/ledger/canonical.ts'
import { entryBody, entryLeafHash } from '#app/domain/ledger/entry.ts'
import { logOrigin, type Keyring } from '#app/domain/ledger/keyring.ts'
import { consistencyProof, inclusionProof, nodesOf, rootFromNodes, rootOf } from '#app/domain/ledger/merkle.ts'
import { checkpointText, signNote, writeNote } from '#app/domain/ledger/note.ts'
import { logVkeys } from '#app/domain/ledger/published-keys.ts'

export const STORY_TENDER = 'MD-220100-2026-000001'
/** An instant of the story's day, 2026-11-20 from 02:00 UTC on. */
export const minute = (count: number): Date => new Date(Date.UTC(2026, 10, 20, 2, count))

export type Entered = { id: string; body: string; index: number }

/** A ledger of one story, with entries of other stories around them; made of the product's own nouns, and nothing is stored. */
export function storyLog(keyring: Keyring, { around = 5, newId = randomUUID, at: instantOf = minute }: { around?: number; newId?: () => string; at?: (count: number) => Date } = {}) {
  const log: string[] = []
  const enter = (kind: string, at: number, facts: Record<string, Json>, payload?: Json, subject = kind === 'other' ? 'other' : STORY_TENDER): Entered => {
    const id = newId()
    const hash = payload === undefined ? {} : { payload: sha256(canonical(payload)).toString('hex') }
    const body = entryBody({ id, kind, subject, division: '220100', facts, at: instantOf(at).toISOString(), recordedAt: instantOf(at).toISOString(), ...hash })
    return { id, body, index: log.push(body) - 1 }
  }
  const others = () => { for (let n = 0; n < around; n++) enter('other', 0, { n }) }

  /** Everything that stands in a bundle's `ledger`; the value is the root of the tree that ends with the entry before the deciding step, which is the last unless it is named. */
  function proofs<S extends Record<string, Entered | Entered[]>>(publication: Entered, freeze: Entered, steps: S, { moves = [], witnesses = [], decider }: { moves?: readonly Entered[]; witnesses?: readonly { signed: Entered; enrolled?: Entered | undefined }[]; decider?: keyof S } = {}) {
    const nodeAt = nodesOf(log.map(entryLeafHash))
    const size = log.length
    const text = checkpointText({ origin: logOrigin(keyring), size, root: rootFromNodes(size, nodeAt) })
    const keys = keyring.keys.filter(({ purpose }) => purpose === 'checkpoint')
    const hex = (hashes: Buffer[]) => hashes.map((hash) => hash.toString('hex'))
    const proven = ({ index }: Entered) => ({ index, leafHash: entryLeafHash(log[index]!).toString('hex'), proof: hex(inclusionProof(index, size, nodeAt)) })
    const decided = (decider ? freeze : [freeze, ...Object.values(steps).flat()].at(-2)!).index + 1
    return {
      checkpoint: writeNote({ text, signatures: keys.map((key) => signNote(text, logOrigin(keyring), key)) }),
      keys: logVkeys(keyring),
      publication: proven(publication),
      ...(moves.length > 0 && { moves: moves.map(proven) }),
      freeze: proven(freeze),
      ...(witnesses.length > 0 && { witnesses: witnesses.map(({ signed, enrolled }) => ({ signed: proven(signed), ...(enrolled && { enrolled: proven(enrolled) }) })) }),
      steps: Object.fromEntries(Object.entries(steps).map(([name, entered]) => [name, Array.isArray(entered) ? entered.map(proven) : proven(entered)])) as { [N in keyof S]: S[N] extends Entered[] ? ReturnType<typeof proven>[] : ReturnType<typeof proven> },
      beacon: hex(consistencyProof(decided, size, nodeAt)),
    }
  }

  return { enter, others, proofs, root: () => rootOf(log.map(entryLeafHash)).toString('hex') }
}
