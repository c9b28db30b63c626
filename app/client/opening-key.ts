import { LEAST_PASSPHRASE, makeOpeningKey } from '#app/domain/bids/opening-key.ts'
import { canHoldKeys, part, unlockChosen } from './key-file.ts'

/*
 * Makes the key of an organisation and lets it be registered only when the file that was saved has been opened again. Nothing but
 * the public key is ever sent.
 */

type Words = Record<'short' | 'differs' | 'making' | 'made' | 'unlocking' | 'noFile' | 'otherPassphrase' | 'checked' | 'cannot', string>

async function wake(root: HTMLElement): Promise<void> {
  const { words, about } = JSON.parse(root.dataset.openingKey!) as { words: Words; about: string }
  if (!(await canHoldKeys())) return void (part(root, 'needs').textContent = words.cannot)
  part(root, 'needs').hidden = true
  part(root, 'tools').hidden = false
  const [made, checked] = [part(root, 'made'), part(root, 'checked')]
  const [first, again] = [part<HTMLInputElement>(root, 'new'), part<HTMLInputElement>(root, 'again')]

  async function make(): Promise<void> {
    if ([...first.value].length < LEAST_PASSPHRASE) return void (made.textContent = words.short)
    if (first.value !== again.value) return void (made.textContent = words.differs)
    made.textContent = words.making
    const { publicKey, file } = await makeOpeningKey(first.value, about)
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([file], { type: 'application/json' }))
    link.download = `mingdan-opening-key-${publicKey.slice(0, 16)}.json`
    link.click()
    made.textContent = words.made.replace('{name}', link.download)
    // Typed again below, it is known to have been remembered.
    first.value = again.value = ''
  }

  async function check(): Promise<void> {
    const found = await unlockChosen(root, words, (text) => void (checked.textContent = text))
    if (!found) return
    checked.textContent = words.checked.replace('{key}', found.publicKey)
    part<HTMLInputElement>(root, 'public').value = found.publicKey
    part(root, 'register').hidden = false
    part<HTMLInputElement>(root, 'passphrase').value = ''
  }

  part(root, 'make').addEventListener('click', () => void make())
  part(root, 'check').addEventListener('click', () => void check())
}

const root = document.querySelector<HTMLElement>('[data-opening-key]')
if (root) void wake(root)
