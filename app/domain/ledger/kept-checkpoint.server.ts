import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { checkpointText, parseCheckpoint, type Checkpoint } from './note.ts'

/** The last checkpoint that this machine gave out, kept beside the database and not in it. */
export function keptCheckpoint(file: string): Checkpoint | undefined {
  try {
    return parseCheckpoint(readFileSync(file, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Keeps a checkpoint unless a larger one is kept: of two workers on one machine the slower must not write over the quicker. */
export function keepCheckpoint(file: string, checkpoint: Checkpoint): void {
  const kept = keptCheckpoint(file)
  if (kept && kept.origin === checkpoint.origin && kept.size > checkpoint.size) return
  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, checkpointText(checkpoint), { mode: 0o600, flush: true })
  renameSync(fresh, file)
}
