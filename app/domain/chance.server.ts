import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes, randomUUID } from 'node:crypto'

/**
 * Where ids and salts come from, and the instant at which the ledger writes something down. A story that is told twice
 * brings its own, so that both tellings are the same to the byte (docs/decisions/020); everybody else gets the machine's.
 */
export type Chance = { bytes: (count: number) => Buffer; writtenAt: Date }

const told = new AsyncLocalStorage<Chance>()

/** Runs `work` with a chance of one's own; what runs beside it does not notice. Only the demo's seeds do this. */
export function withChance<T>(chance: Chance, work: () => Promise<T>): Promise<T> {
  return told.run(chance, work)
}

/** A new id: a UUID of version 4. */
export function newId(): string {
  const chance = told.getStore()
  if (!chance) return randomUUID()
  const bytes = chance.bytes(16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Salt for a value that must not be guessed from its hash. Keys, tokens and passwords never come from here. */
export function newSalt(count = 32): Buffer {
  return bytesOf(count)
}

/** When an entry is written down: now, or when the story is told. */
export function writtenAt(): Date {
  return told.getStore()?.writtenAt ?? new Date()
}

function bytesOf(count: number): Buffer {
  return told.getStore()?.bytes(count) ?? randomBytes(count)
}
