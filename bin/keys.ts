import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { keyringFileOf } from '#app/config.server.ts'
import { joinShares, splitKeyring } from '#app/domain/ledger/escrow.server.ts'
import { KEY_PURPOSES, type KeyPurpose, type Keyring } from '#app/domain/ledger/keyring.ts'
import { makeKeyringFile, newKeyring, openKeyring, parseKeyring, retireKey, rotateKey, saveKeyring } from '#app/domain/ledger/keyring.server.ts'
import { logVkeys } from '#app/domain/ledger/published-keys.ts'

const USAGE = `Usage: npm run keys -- <what> [--keyring <file>]

  list                     the keys, and the log's verifier keys for witnesses
  make --origin <host>     a new keyring for a marketplace at this host
  rotate <purpose>         a newer key (${KEY_PURPOSES.join(', ')}), vouched for by the older one
  retire <key id>          end an older key; its public half stays published
  escrow --shares 5 --threshold 3 --to <folder>
                           split the keyring among holders: any three restore it, any two know nothing
  recover <share files …>  put a keyring together again where none is

Restart web and worker afterwards: they announce every change in the ledger when they start.`

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      keyring: { type: 'string' },
      origin: { type: 'string' },
      shares: { type: 'string', default: '5' },
      threshold: { type: 'string', default: '3' },
      to: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const file = values.keyring ?? keyringFileOf()
  const [what, ...given] = positionals
  const now = new Date().toISOString()
  const open = () => openKeyring(file, { origin: '', makeIfMissing: false })
  if (what === 'list') list(open())
  else if (what === 'make' && values.origin) make(file, values.origin)
  else if (what === 'rotate' && KEY_PURPOSES.includes(given[0] as KeyPurpose)) change(file, rotateKey(open(), given[0] as KeyPurpose, now))
  else if (what === 'retire' && given[0]) change(file, retireKey(open(), given[0], now))
  else if (what === 'escrow' && values.to) await escrow(open(), values.to, Number(values.shares), Number(values.threshold))
  else if (what === 'recover' && given.length) await recover(file, given)
  else {
    console.log(USAGE)
    return values.help ? 0 : 2
  }
  return 0
}

function list(keyring: Keyring): void {
  for (const { keyId, purpose, since } of keyring.keys) console.log(`${keyId}  ${purpose.padEnd(10)}  since ${since}`)
  for (const { keyId, purpose, since, until } of keyring.retired) console.log(`${keyId}  ${purpose.padEnd(10)}  ${since} – ${until}  retired`)
  console.log(`\nFor witnesses:\n${logVkeys(keyring).map((vkey) => `  ${vkey}`).join('\n')}`)
}

function make(file: string, origin: string): void {
  mustNotExist(file)
  makeKeyringFile(file, newKeyring({ origin }))
  console.log(`Made ${file}. Escrow it before anything is signed with it.`)
  list(openKeyring(file, { origin, makeIfMissing: false }))
}

function change(file: string, keyring: Keyring): void {
  saveKeyring(file, keyring)
  list(keyring)
}

async function escrow(keyring: Keyring, folder: string, shares: number, threshold: number): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const share of await splitKeyring(keyring, shares, threshold)) {
    const file = path.join(folder, `share-${share.number}-of-${share.of}.json`)
    writeFileSync(file, `${JSON.stringify(share, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    console.log(file)
  }
  console.log(`Give each file to another holder and delete it here. Any ${threshold} of them restore the keyring.`)
}

async function recover(file: string, shares: readonly string[]): Promise<void> {
  mustNotExist(file)
  const text = await joinShares(shares.map((share) => JSON.parse(readFileSync(share, 'utf8')) as unknown))
  const keyring = parseKeyring(text, file)
  makeKeyringFile(file, keyring)
  console.log(`Restored ${file}.`)
  list(keyring)
}

function mustNotExist(file: string): void {
  if (existsSync(file)) throw new Error(`${file} is there already. Move it away first; it is never overwritten.`)
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
