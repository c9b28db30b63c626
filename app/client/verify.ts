import type { Kept } from '#verify/kept-checks.ts'
import { isTrustable } from '#verify/kept-checks.ts'
import type { Sentences } from '#verify/sentences.ts'
import { kindOf, verify, type Given, type Verified } from '#verify/verify.ts'
import { outcome, steps, unchecked, type LiveWords } from './verify-outcome.ts'
import { fetchParts, idle, neededBy, parts, said, type Addresses, type PartName } from './verify-parts.ts'

/** What app/ui/verify-panel.tsx wrote into the page. After this is read nothing is fetched but the bundle one asks for. */
type Brought = { words: LiveWords; keys: string[]; published: string; fetch?: string[]; given?: string | null; parts: Addresses; early: PartName[]; later: PartName[] }

/** A bundle of ten thousand labels has five. */
const MOST_BYTES = 64 * 1024 * 1024
/** As long as this nobody notices that the page was busy. */
const BUSY_MS = 12

function panel(root: HTMLElement, say: Sentences): void {
  const { words, keys: pageKeys, published, fetch: addresses, given: own, parts: addressOf, early, later } = JSON.parse(root.dataset.verify!) as Brought
  const part = <E extends HTMLElement = HTMLElement>(name: string) => root.querySelector<E>(`[data-part='${name}']`)
  const [status, progress, list, result, print] = [part('status')!, part<HTMLProgressElement>('progress')!, part('steps')!, part('outcome')!, part('print')!]
  const [paste, keyField, keyFault] = [part<HTMLTextAreaElement>('paste'), part<HTMLTextAreaElement>('keys')!, part('key-fault')!]
  let given: Given = own ? { [kindOf(own)]: own } : {}
  /** What was fetched, once. */
  let brought: string[] | undefined
  /** Whoever begins again lets the check before run out. */
  let turn = 0
  /** How far the program is loaded. */
  let standing = words.loading

  const add = (text: string) => void (given[kindOf(text)] = text)
  const clear = () => {
    turn++
    list.replaceChildren()
    result.replaceChildren()
    result.hidden = print.hidden = progress.hidden = true
  }

  /** What the reader trusts; undefined, and said at the field, where that is not readable. */
  function trusted(): Kept | undefined {
    const keys = keyField.value.split('\n').map((line) => line.trim()).filter(Boolean)
    const wrong = keys.find((key) => !isTrustable(key))
    keyFault.hidden = wrong === undefined
    keyFault.textContent = wrong === undefined ? '' : `${words.badKey} ${wrong.slice(0, 80)}`
    keyField.setAttribute('aria-invalid', String(wrong !== undefined))
    if (wrong !== undefined) {
      keyField.closest('details')!.open = true
      keyField.focus()
      return undefined
    }
    return keys.length ? { keys } : { keys: pageKeys, fromPage: true }
  }

  const fetchNeeded = async (...more: PartName[]) => fetchParts([...more, ...(await neededBy(Object.values(given)))], addressOf)

  /** Fetches what may be needed, so that the network can be cut before anybody checks, and says when that is so. */
  async function load(): Promise<void> {
    const first = await fetchNeeded(...early)
    if (later.length) await idle()
    const isWhole = (await fetchParts(later, addressOf)) && first
    if (status.textContent === standing) status.textContent = isWhole ? words.ready : words.partMissing
    standing = isWhole ? words.ready : words.partMissing
  }

  async function check(): Promise<void> {
    if (paste?.value.trim()) {
      add(paste.value)
      paste.value = ''
    }
    clear()
    if (Object.keys(given).length === 0) return void (status.textContent = words.nothing)
    const kept = trusted()
    if (!kept) return void (status.textContent = keyFault.textContent)
    const mine = turn
    status.textContent = words.checking
    if (!(await fetchNeeded())) {
      result.replaceChildren(unchecked(words))
      result.hidden = false
      return void (status.textContent = words.notChecked)
    }
    const verified = await calmly({ keys: published, ...given }, kept, () => mine === turn)
    if (!verified) return
    progress.hidden = true
    steps(list, verified)
    result.replaceChildren(...outcome(verified, given, kept, words))
    result.hidden = print.hidden = false
    status.textContent = verified.faults.length ? `${words.refused}: ${verified.faults[0]!.field || '/'} ${verified.faults[0]!.wrong}` : `${words.holds}. ${words.count.replace('{count}', String(verified.passed.length))}`
  }

  /** Runs the check in short pieces, so that the page stays alive, and shows each step as it passes. */
  async function calmly(texts: Given, kept: Kept, isWanted: () => boolean): Promise<Verified | undefined> {
    const work = verify(texts, kept, { ...say, ...said }, parts)
    await breath()
    let since = performance.now()
    for (;;) {
      const { done, value } = work.next()
      if (done) return value
      if (value instanceof Promise) {
        await value
        continue
      }
      if (performance.now() - since < BUSY_MS) continue
      if ('of' in value) {
        progress.hidden = false
        progress.max = value.of
        progress.value = value.done
      } else steps(list, value)
      await breath()
      if (!isWanted()) return undefined
      since = performance.now()
    }
  }

  async function take(files: Iterable<File>): Promise<void> {
    status.textContent = words.reading
    for (const file of files) {
      if (file.size > MOST_BYTES) return void (status.textContent = `${words.unreadable} ${file.name}`)
      try {
        add(await file.text())
      } catch {
        return void (status.textContent = `${words.unreadable} ${file.name}`)
      }
    }
    await check()
  }

  async function bring(button: HTMLButtonElement): Promise<void> {
    if (!brought) {
      status.textContent = words.reading
      button.disabled = true
      try {
        brought = await Promise.all(addresses!.map(textAt))
      } catch {
        return void (status.textContent = words.fetchFailed)
      } finally {
        button.disabled = false
      }
    }
    brought.forEach(add)
    await check()
  }

  part('files')?.addEventListener('change', (event) => {
    const input = event.target as HTMLInputElement
    void take([...input.files!]).then(() => (input.value = ''))
  })
  part('check')!.addEventListener('click', () => void check())
  part('fetch')?.addEventListener('click', (event) => void bring(event.currentTarget as HTMLButtonElement))
  part('clear')?.addEventListener('click', () => {
    given = {}
    keyField.value = ''
    clear()
    status.textContent = standing
  })
  print.addEventListener('click', () => window.print())
  for (const kind of ['dragover', 'drop']) root.addEventListener(kind, (event) => event.preventDefault())
  if (!own) root.addEventListener('drop', (event) => void take([...(event as DragEvent).dataTransfer!.files]))
  part('controls')!.hidden = false
  status.textContent = standing
  void load()
}

async function textAt(address: string): Promise<string> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.text()
}

const breath = () => new Promise<void>((resolve) => setTimeout(resolve))

/** Wakes every panel of the page. Each language has an entrance of its own, so that a reader loads one. */
export function start(say: Sentences): void {
  for (const root of document.querySelectorAll<HTMLElement>('[data-verify]')) panel(root, say)
}
