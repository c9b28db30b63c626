import { createCipheriv, createDecipheriv, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { createInterface } from 'node:readline/promises'
import { z } from 'zod'

/** 128 MiB and about half a second a guess: what is locked with it may lie on somebody else's machine for years. */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const
const LEAST = 12
const AAD = Buffer.from('mingdan/backup-keyring/v1')

const base64 = z.base64()
export const Kdf = z.object({ name: z.literal('scrypt'), N: z.literal(COST.N), r: z.literal(COST.r), p: z.literal(COST.p), salt: base64 })
export const LockedKeyring = z.object({ format: z.literal('mingdan-locked-keyring/v1'), kdf: Kdf, cipher: z.literal('AES-256-GCM'), iv: base64, tag: base64, data: base64 })
export const Seal = z.object({ format: z.literal('mingdan-backup-seal/v1'), kdf: Kdf, hmac: base64 })

/** Two keys of one passphrase: one to lock the keyring, one to seal the manifest, so that neither can be exchanged. */
export type Lock = { kdf: z.output<typeof Kdf>; locking: Buffer; sealing: Buffer }

/** Takes the passphrase from BACKUP_PASSPHRASE or asks for it; a backup in clear does not exist. */
export async function askPassphrase({ isNew }: { isNew: boolean }): Promise<string> {
  const given = process.env.BACKUP_PASSPHRASE || (await ask('Passphrase of the backup: '))
  if (!isNew) return given
  if ([...given].length < LEAST) throw new Error(`The keyring is never written in clear: give a passphrase of at least ${LEAST} signs in BACKUP_PASSPHRASE, or type it when asked.`)
  if (!process.env.BACKUP_PASSPHRASE && (await ask('The same again: ')) !== given) throw new Error('The two passphrases differ.')
  return given
}

async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) return ''
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  const answer = (await reader.question(question)).normalize('NFC').trim()
  reader.close()
  return answer
}

export async function lockOf(passphrase: string, kdf: Lock['kdf'] = { name: 'scrypt', ...COST, salt: randomBytes(16).toString('base64') }): Promise<Lock> {
  const { N, r, p } = kdf
  const bytes = await new Promise<Buffer>((resolve, reject) =>
    scrypt(passphrase.normalize('NFC').trim(), Buffer.from(kdf.salt, 'base64'), 64, { N, r, p, maxmem: 256 * N * r }, (error, key) => (error ? reject(error) : resolve(key))),
  )
  return { kdf, locking: bytes.subarray(0, 32), sealing: bytes.subarray(32) }
}

export function lockKeyring({ kdf, locking }: Lock, text: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', locking, iv).setAAD(AAD)
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const written = { format: 'mingdan-locked-keyring/v1', kdf, cipher: 'AES-256-GCM', iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') }
  return `${JSON.stringify(written, null, 2)}\n`
}

export function unlockKeyring({ locking }: Lock, text: string): string {
  const { iv, tag, data } = LockedKeyring.parse(JSON.parse(text))
  const cipher = createDecipheriv('aes-256-gcm', locking, Buffer.from(iv, 'base64'), { authTagLength: 16 }).setAAD(AAD).setAuthTag(Buffer.from(tag, 'base64'))
  try {
    return Buffer.concat([cipher.update(Buffer.from(data, 'base64')), cipher.final()]).toString('utf8')
  } catch {
    throw new Error('The keyring in this backup does not open with this passphrase.')
  }
}

/** Who does not know the passphrase can change neither the manifest nor, through its hashes, anything else of the backup. */
export function sealManifest({ kdf, sealing }: Lock, manifest: string): string {
  return `${JSON.stringify({ format: 'mingdan-backup-seal/v1', kdf, hmac: hmacOf(sealing, manifest).toString('base64') }, null, 2)}\n`
}

export function isSealed({ sealing }: Lock, manifest: string, seal: z.output<typeof Seal>): boolean {
  const given = Buffer.from(seal.hmac, 'base64')
  const right = hmacOf(sealing, manifest)
  return given.length === right.length && timingSafeEqual(given, right)
}

function hmacOf(key: Buffer, manifest: string): Buffer {
  return createHmac('sha256', key).update('mingdan/backup-manifest/v1\n').update(manifest).digest()
}
