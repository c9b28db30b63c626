import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** A witness's folder: its own key, the log's keys it trusts, every checkpoint it cosigned, and evidence of forks. */
export class WitnessStore {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
    mkdirSync(path.join(folder, 'checkpoints'), { recursive: true, mode: 0o700 })
  }

  /** The witness's own key, made at the first look. */
  ownKey(): { privateKey: KeyObject; publicKey: KeyObject } {
    const file = path.join(this.folder, 'witness-key.pem')
    if (!existsSync(file)) {
      this.#write('witness-key.pem', generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string)
      chmodSync(file, 0o600)
    }
    const privateKey = createPrivateKey(readFileSync(file))
    return { privateKey, publicKey: createPublicKey(privateKey) }
  }

  trustedKeys(): string[] {
    return (this.#read('trusted-keys.txt') ?? '').split('\n').filter(Boolean)
  }

  trust(vkeys: readonly string[]): void {
    this.#write('trusted-keys.txt', [...new Set([...this.trustedKeys(), ...vkeys])].map((vkey) => `${vkey}\n`).join(''))
  }

  /** The last checkpoint that was cosigned here. */
  latest(): string | undefined {
    return this.#read('checkpoint')
  }

  keep(size: number, note: string): void {
    this.#write(`checkpoints/${String(size).padStart(12, '0')}`, note)
    this.#write('checkpoint', note)
  }

  /** Both sides of a contradiction, to be shown to anybody. */
  keepEvidence(kept: string, shown: string, at: Date): string {
    const name = `fork-${at.toISOString().replaceAll(':', '-')}.txt`
    this.#write(name, `${kept}\n${'='.repeat(20)}\n\n${shown}`)
    return path.join(this.folder, name)
  }

  #read(name: string): string | undefined {
    const file = path.join(this.folder, name)
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined
  }

  #write(name: string, text: string): void {
    const file = path.join(this.folder, name)
    writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true })
    renameSync(`${file}.new`, file)
  }
}
