import { verify } from 'node:crypto'
import { canonical } from '#app/domain/ledger/canonical.ts'
import { keyIdOf, publicKeyOf, rawPublicKey } from '#app/domain/ledger/keyring.ts'
import { consistencyNodes, consistencyProof, verifyConsistency } from '#app/domain/ledger/merkle.ts'
import { cosignNote, parseCheckpoint, parseVkey, readNote, signersOf, vkeyOf, writeNote, witnessVerifier, type Checkpoint, type Note, type Verifier } from '#app/domain/ledger/note.ts'
import { nodesFromTiles } from '#app/domain/ledger/tile-nodes.ts'
import { tilePath } from '#app/domain/ledger/tile.ts'
import type { WitnessStore } from './store.ts'

/** The log contradicts what this witness cosigned before. */
export class Fork extends Error {
  override name = 'Fork'
}

type Looking = { site: string; name: string; store: WitnessStore; keys: readonly string[]; say: (line: string) => void; now?: () => Date }

/**
 * Looks at a log once: reads its checkpoint, proves over its tiles that it continues the last one kept, cosigns and keeps it.
 *
 * @returns the size that is kept now
 * @throws Fork when the log shows another past, and leaves both notes in the store
 */
export async function look({ site, name, store, keys, say, now = () => new Date() }: Looking): Promise<number> {
  if (keys.length) store.trust(keys)
  const shown = await fetchText(`${site}/ledger/checkpoint`)
  const note = readNote(shown)
  const checkpoint = parseCheckpoint(note.text)
  await mustBeSigned(note, checkpoint, { site, store, say })

  const keptNote = store.latest()
  const kept = keptNote === undefined ? undefined : parseCheckpoint(readNote(keptNote).text)
  if (kept && keptNote !== undefined) {
    const wrong = await contradiction(site, kept, checkpoint)
    if (wrong) {
      const file = store.keepEvidence(keptNote, shown, now())
      throw new Fork(`${wrong} Both checkpoints are in ${file}. Show them to the regulator and to everybody.`)
    }
    if (kept.size === checkpoint.size) return kept.size
  }
  const own = store.ownKey()
  const cosignature = cosignNote(note.text, name, own, now())
  store.keep(checkpoint.size, writeNote({ text: note.text, signatures: [...note.signatures, cosignature] }))
  say(`Kept and cosigned: ${checkpoint.size} entries, root ${checkpoint.root.toString('hex').slice(0, 16)}…, as ${vkeyOf(witnessVerifier(name, own.publicKey))}`)
  return checkpoint.size
}

/** What is wrong between the kept and the shown checkpoint; undefined when the one continues the other. */
async function contradiction(site: string, kept: Checkpoint, shown: Checkpoint): Promise<string | undefined> {
  if (kept.origin !== shown.origin) return `The log called itself ${kept.origin} and now ${shown.origin}.`
  if (shown.size < kept.size) return `The log had ${kept.size} entries and now shows ${shown.size}: it was cut back.`
  if (shown.size === kept.size) return shown.root.equals(kept.root) ? undefined : `The log shows two different trees of ${kept.size} entries.`
  if (kept.size === 0) return undefined
  const nodeAt = await nodesFromTiles(consistencyNodes(kept.size, shown.size), shown.size, async (tile) => fetchBytes(`${site}/ledger/tile/${tilePath(tile)}`))
  const proof = consistencyProof(kept.size, shown.size, nodeAt)
  return verifyConsistency(kept.size, shown.size, proof, kept.root, shown.root) ? undefined : `The tree of ${shown.size} entries does not continue the one of ${kept.size}: the past was rewritten.`
}

async function mustBeSigned(note: Note, { origin }: Checkpoint, { site, store, say }: Pick<Looking, 'site' | 'store' | 'say'>): Promise<void> {
  if (store.trustedKeys().length === 0) {
    const published = (await publishedKeys(site)).flatMap(({ vkey }) => vkey ?? [])
    store.trust(published)
    say(`First look. Trusting from now on what the site itself gives as its keys; compare them with what others kept:\n${published.map((vkey) => `  ${vkey}`).join('\n')}`)
  }
  const trusted = () => store.trustedKeys().map(parseVkey).filter(({ name }) => name === origin)
  if (signersOf(note, trusted()).length) return
  const vouched = (await publishedKeys(site)).filter((key) => key.vkey && isVouchedFor(key, trusted()))
  store.trust(vouched.map(({ vkey }) => vkey!))
  for (const { vkey } of vouched) say(`The log has a new key, vouched for by one that is trusted here: ${vkey}`)
  if (signersOf(note, trusted()).length === 0) throw new Fork(`No trusted key signed the checkpoint of ${origin}. If the log changed its key, ask its operator for the new one and give it with --key.`)
}

type PublishedKey = { keyId: string; publicKey: string; vkey?: string; endorsement: { keyId: string; publicKey: string; signature: { keyId: string; value: string } } | null }

async function publishedKeys(site: string): Promise<PublishedKey[]> {
  return (JSON.parse(await fetchText(`${site}/.well-known/mingdan-keys.json`)) as { keys: PublishedKey[] }).keys
}

function isVouchedFor({ vkey, endorsement }: PublishedKey, trusted: readonly Verifier[]): boolean {
  if (!endorsement || !vkey) return false
  const { signature, ...endorsed } = endorsement
  const older = trusted.find(({ publicKey }) => keyIdOf(rawPublicKey(publicKey)) === signature.keyId)
  const raw = rawPublicKey(parseVkey(vkey).publicKey)
  if (!older || endorsed.publicKey !== raw.toString('base64') || !publicKeyOf(raw)) return false
  return verify(null, Buffer.from(`mingdan/key/v1\n${canonical(endorsed)}`), older.publicKey, Buffer.from(signature.value, 'base64'))
}

export async function fetchBytes(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(20_000) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`)
  return Buffer.from(await response.arrayBuffer())
}

async function fetchText(url: string): Promise<string> {
  return (await fetchBytes(url)).toString('utf8')
}
