import { toHex } from '#app/domain/bids/opening-key.ts'
import type { SealedPart } from '#app/domain/bids/seal.ts'
import { isPromised, recoverShare } from '#app/domain/bids/two-keys.ts'
import { canHoldKeys, part, unlockChosen } from './key-file.ts'

/*
 * Opens a holder's shares where its key file is, and puts them into the form. The private key stays in this page's memory and is
 * gone when the page is.
 */

type Words = Record<'unlocking' | 'noFile' | 'otherPassphrase' | 'otherKey' | 'reading' | 'failed' | 'opened' | 'cannot', string>

async function wake(root: HTMLElement): Promise<void> {
  const { words, holder, publicKey, envelopes } = JSON.parse(root.dataset.release!) as { words: Words; holder: string; publicKey: string; envelopes: string }
  if (!(await canHoldKeys())) return void (part(root, 'needs').textContent = words.cannot)
  part(root, 'needs').hidden = true
  part(root, 'tools').hidden = false
  const status = part(root, 'status')
  const say = (text: string) => void (status.textContent = text)

  async function open(): Promise<void> {
    part(root, 'send').hidden = true
    const key = await unlockChosen(root, words, say)
    if (!key) return
    if (key.publicKey !== publicKey) return say(`${words.otherKey} ${publicKey.slice(0, 16)}`)
    say(words.reading)
    const answer = await fetch(envelopes, { headers: { accept: 'application/json' } }).catch(() => null)
    if (!answer?.ok) return say(words.failed)
    const bids = (await answer.json()) as { bid: string; part: SealedPart }[]
    const shares: { bid: string; share: string; salt: string }[] = []
    let wrong = 0
    for (const { bid, part: sealed } of bids) {
      const held = await recoverShare(sealed, { id: holder, privateKey: key.privateKey })
      if (!held) continue
      if (!(await isPromised(sealed, held))) wrong++
      shares.push({ bid, share: toHex(held.share), salt: toHex(held.salt) })
    }
    part<HTMLInputElement>(root, 'shares').value = JSON.stringify(shares)
    part<HTMLInputElement>(root, 'passphrase').value = ''
    say(words.opened.replace('{opened}', String(shares.length)).replace('{of}', String(bids.length)).replace('{wrong}', String(wrong)))
    part(root, 'send').hidden = false
  }

  part(root, 'open').addEventListener('click', () => void open().catch(() => say(words.failed)))
}

const root = document.querySelector<HTMLElement>('[data-release]')
if (root) void wake(root)
