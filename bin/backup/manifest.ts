import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { isSealed, lockOf, Seal, type Lock } from './passphrase.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Part = z.object({
  path: z.string().regex(/^(database\/[a-z0-9_]+\.rows\.gz|files\/[0-9a-f]{2}\/[0-9a-f]{64}|keyring\.locked\.json|ledger-kept\.txt)$/),
  bytes: z.int().nonnegative(),
  sha256,
})
export type Part = z.output<typeof Part>

const Manifest = z.object({
  format: z.literal('mingdan-backup/v1'),
  takenAt: z.iso.datetime(),
  version: z.string(),
  postgres: z.string(),
  origin: z.string(),
  migrations: z.array(z.string().regex(/^[a-z0-9_]+\.ts$/)),
  tables: z.array(z.object({ name: z.string().regex(/^[a-z0-9_]+$/), columns: z.array(z.string()), rows: z.int().nonnegative() })),
  sequences: z.array(z.object({ name: z.string(), last: z.string().regex(/^-?\d+$/) })),
  /** The signed tree in the snapshot; `waiting` entries had no place in it yet. */
  ledger: z.object({ size: z.int().nonnegative(), root: sha256.nullable(), waiting: z.int().nonnegative() }),
  parts: z.array(Part),
})
export type Manifest = z.output<typeof Manifest>

export const MANIFEST = 'manifest.json'
export const SEAL = 'manifest.seal.json'
export const KEYRING = 'keyring.locked.json'
export const KEPT = 'ledger-kept.txt'
const NAME = /^mingdan-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z$/

export const partOfTable = (name: string) => `database/${name}.rows.gz`
export const nameOfBackup = (at: Date) => `mingdan-${at.toISOString().replaceAll(/[:.]/g, '-')}`

/** The whole backups of a folder, oldest first. What a killed run left half-made bears another name. */
export function listBackups(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => NAME.test(name) && existsSync(path.join(folder, name, SEAL))).sort().map((name) => path.join(folder, name))
}

/** The backup that a person means: the folder itself, or the newest one in it. */
export function backupAt(folder: string): string {
  const found = existsSync(path.join(folder, MANIFEST)) ? folder : listBackups(folder).at(-1)
  if (!found) throw new Error(`There is no backup in ${folder}.`)
  return found
}

export function readManifest(folder: string): { manifest: Manifest; text: string; seal: z.output<typeof Seal> } {
  try {
    const text = readFileSync(path.join(folder, MANIFEST), 'utf8')
    return { text, manifest: Manifest.parse(JSON.parse(text)), seal: Seal.parse(JSON.parse(readFileSync(path.join(folder, SEAL), 'utf8'))) }
  } catch (error) {
    const why = error instanceof z.ZodError ? error.issues.map((issue) => issue.path.join('.') || 'the whole file').join(', ') : (error as Error).message
    throw new Error(`The manifest of ${folder} cannot be read: ${why}.`)
  }
}

/**
 * Reads every byte of a backup and compares it with its manifest, and the manifest with its seal where the passphrase is given.
 *
 * @returns the keys of the passphrase, or null where none was given
 * @throws an Error that names every part that is missing, changed or too many
 */
export async function checkBackup(folder: string, passphrase: string | null): Promise<{ manifest: Manifest; lock: Lock | null }> {
  const { manifest, text, seal } = readManifest(folder)
  const lock = passphrase === null ? null : await lockOf(passphrase, seal.kdf)
  if (lock && !isSealed(lock, text, seal)) throw new Error(`The manifest of ${folder} does not bear the seal of this passphrase: the passphrase is another one, or somebody changed the manifest.`)
  const faults: string[] = []
  for (const part of manifest.parts) {
    const file = path.join(folder, part.path)
    const found = existsSync(file) ? await hashOfFile(file) : 'missing'
    if (found !== part.sha256) faults.push(`${part.path} is ${found === 'missing' ? 'missing' : 'not what was written'}`)
  }
  for (const { name } of manifest.tables) if (!manifest.parts.some((part) => part.path === partOfTable(name))) faults.push(`${partOfTable(name)} is not in the manifest`)
  if (faults.length) throw new Error(`This backup does not match its manifest: ${faults.join('; ')}.`)
  return { manifest, lock }
}

export async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer)
  return hash.digest('hex')
}
