import { unlockOpeningKey, type Unlocked } from '#app/domain/bids/opening-key.ts'

/** A part of a page, by the name that it has for its script. */
export const part = <E extends HTMLElement = HTMLElement>(root: ParentNode, name: string): E => root.querySelector<E>(`[data-part='${name}']`)!

/** The key in the file that was chosen, under the passphrase that was typed; null, and said, where it does not open. */
export async function unlockChosen(root: ParentNode, words: { unlocking: string; noFile: string; otherPassphrase: string }, say: (text: string) => void): Promise<Unlocked | null> {
  const [file] = part<HTMLInputElement>(root, 'file').files ?? []
  if (!file) return say(words.noFile), null
  say(words.unlocking)
  const found = await unlockOpeningKey(await file.text(), part<HTMLInputElement>(root, 'passphrase').value)
  if (!('fault' in found)) return found
  say(found.fault === 'no-file' ? words.noFile : words.otherPassphrase)
  return null
}

/** Can this browser make and use such keys? An address without https, or an old browser, cannot. */
export async function canHoldKeys(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey({ name: 'X25519' }, true, ['deriveBits'])
    return true
  } catch {
    return false
  }
}
