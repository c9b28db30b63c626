import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { chmodSync, closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { SUITE } from './canonical.ts'
import { keyIdOf, KEY_PURPOSES, publicKeyOf, rawPublicKey, signObjectWith, type KeyPurpose, type Keyring, type SigningKey } from './keyring.ts'

const FORMAT = 'mingdan-keyring/v1'
const DEFAULT_MERGE_DELAY_SECONDS = 60

const Base64 = z.base64().transform((text) => Buffer.from(text, 'base64'))
const Purpose = z.enum(['checkpoint', 'decision', 'webhook'])
const Endorsement = z.object({
  keyId: z.string(),
  purpose: Purpose,
  publicKey: z.string(),
  since: z.string(),
  signature: z.object({ alg: z.literal('Ed25519'), keyId: z.string(), value: z.string() }),
})
const KeyringFile = z.object({
  format: z.literal(FORMAT),
  suite: z.literal(SUITE),
  origin: z.string().min(1),
  keys: z.array(z.object({ purpose: Purpose, since: z.string(), privateKey: Base64, endorsement: Endorsement.nullable() })),
  retired: z.array(z.object({ purpose: Purpose, since: z.string(), until: z.string(), publicKey: Base64, endorsement: Endorsement.nullable() })),
  drawSeed: Base64,
  tokenSecret: Base64,
})

type Options = { origin: string; makeIfMissing: boolean; mergeDelaySeconds?: number }

/**
 * Reads the keyring. A missing one is made where that is allowed, once, whoever starts first.
 *
 * @param file where it lies; only its owner may read it
 * @param origin the host that a new keyring names its log after; a file that exists keeps its own
 * @throws an Error that says what to do: the file is missing, open to others, or not a keyring
 */
export function openKeyring(file: string, { origin, makeIfMissing, mergeDelaySeconds = DEFAULT_MERGE_DELAY_SECONDS }: Options): Keyring {
  let text = readIfThere(file)
  if (text === undefined) {
    if (!makeIfMissing) throw new Error(`There is no keyring at ${file}. Make one with "npm run keys -- make --origin ${origin || '<host>'}", or point KEYRING at yours.`)
    makeKeyringFile(file, newKeyring({ origin, mergeDelaySeconds }))
    text = readFileSync(file, 'utf8')
  }
  if (statSync(file).mode & 0o077) throw new Error(`The keyring at ${file} is open to other users. Run: chmod 600 ${file}`)
  return parseKeyring(text, file, mergeDelaySeconds)
}

/** A fresh keyring that nobody has seen, held in memory only. */
export function newKeyring({ origin, mergeDelaySeconds = DEFAULT_MERGE_DELAY_SECONDS }: { origin: string; mergeDelaySeconds?: number }): Keyring {
  const since = new Date().toISOString()
  return {
    origin,
    mergeDelaySeconds,
    keys: KEY_PURPOSES.map((purpose) => newKey(purpose, since)),
    retired: [],
    drawSeed: randomBytes(32),
    tokenSecret: randomBytes(32),
  }
}

/** Adds a newer key of the purpose, vouched for by the one that signed until now. The older still co-signs checkpoints until it is retired. */
export function rotateKey(keyring: Keyring, purpose: KeyPurpose, since: string): Keyring {
  const older = keyring.keys.findLast((key) => key.purpose === purpose)
  return { ...keyring, keys: [...keyring.keys, newKey(purpose, since, older)] }
}

/** Ends a key: its private half is forgotten, its public half stays published. The last key of a purpose cannot be retired. */
export function retireKey(keyring: Keyring, keyId: string, until: string): Keyring {
  const key = keyring.keys.find((each) => each.keyId === keyId)
  if (!key) throw new Error(`The keyring holds no live key ${keyId}.`)
  if (keyring.keys.filter(({ purpose }) => purpose === key.purpose).length === 1) {
    throw new Error(`${keyId} is the only key for ${key.purpose}. Rotate first, then retire.`)
  }
  const { privateKey: _forgotten, ...known } = key
  return { ...keyring, keys: keyring.keys.filter((each) => each !== key), retired: [...keyring.retired, { ...known, until }] }
}

/** Replaces the keyring's file at once and whole: a crash leaves the old one or the new one. */
export function saveKeyring(file: string, keyring: Keyring): void {
  const fresh = writeBeside(file, keyring)
  renameSync(fresh, file)
}

/** Puts a keyring where none is. Of two processes that start together the first wins and the second reads the first's. */
export function makeKeyringFile(file: string, keyring: Keyring): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const fresh = writeBeside(file, keyring)
  try {
    linkSync(fresh, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(fresh, { force: true })
  }
}

function newKey(purpose: KeyPurpose, since: string, older?: SigningKey): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = rawPublicKey(publicKey)
  const keyId = keyIdOf(raw)
  const endorsement = older ? signObjectWith(older, 'key', { keyId, purpose, publicKey: raw.toString('base64'), since }) : null
  return { keyId, purpose, privateKey, publicKey, since, endorsement }
}

/** The file's text; also what `npm run keys -- escrow` splits among its holders. */
export function keyringText({ origin, keys, retired, drawSeed, tokenSecret }: Keyring): string {
  const written = {
    format: FORMAT,
    suite: SUITE,
    origin,
    keys: keys.map(({ purpose, since, privateKey, endorsement }) => ({
      purpose,
      since,
      privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
      endorsement,
    })),
    retired: retired.map(({ purpose, since, until, publicKey, endorsement }) => ({ purpose, since, until, publicKey: rawPublicKey(publicKey).toString('base64'), endorsement })),
    drawSeed: drawSeed.toString('base64'),
    tokenSecret: tokenSecret.toString('base64'),
  }
  return `${JSON.stringify(written, null, 2)}\n`
}

/**
 * @param text the file's whole text, a backup's or what escrow holders put together
 * @param file named in errors alone; nothing is read there
 * @throws an Error that names the places at fault and repeats no secret
 */
export function parseKeyring(text: string, file: string, mergeDelaySeconds = DEFAULT_MERGE_DELAY_SECONDS): Keyring {
  const parsed = KeyringFile.safeParse(parseJson(text))
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole file')
    throw new Error(`The keyring at ${file} cannot be read: ${faults.join(', ')}.`)
  }
  const { origin, drawSeed, tokenSecret } = parsed.data
  const keys = parsed.data.keys.map(({ purpose, since, endorsement, ...key }) => {
    const privateKey = createPrivateKey({ key: key.privateKey, format: 'der', type: 'pkcs8' })
    const publicKey = createPublicKey(privateKey)
    return { keyId: keyIdOf(rawPublicKey(publicKey)), purpose, privateKey, publicKey, since, endorsement }
  })
  const retired = parsed.data.retired.map(({ publicKey, ...key }) => ({ ...key, keyId: keyIdOf(publicKey), publicKey: publicKeyOf(publicKey) }))
  return { origin, mergeDelaySeconds, keys, retired, drawSeed, tokenSecret }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function writeBeside(file: string, keyring: Keyring): string {
  const fresh = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  const handle = openSync(fresh, 'wx', 0o600)
  try {
    writeSync(handle, keyringText(keyring))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  // A umask can only take rights away, yet a mounted file system may give its own.
  chmodSync(fresh, 0o600)
  return fresh
}
