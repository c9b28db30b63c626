/*
 * Makes a witness' key where the witness is, and signs with it. The private half cannot be taken out of the browser's own
 * store, not even by this page; forms carry the public half and the signature. Where a browser has no such keys nothing is
 * touched, and the forms post by themselves for the account.
 */

type Task = { /** Under which the key is kept here: one for each tender and each account. */ name: string; text: string | null; enrolled: string | null; say: Record<'otherKey' | 'working' | 'failed', string> }

const STORE = 'keys'
const base64 = (bytes: ArrayBuffer) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(''))
const answered = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => {
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(new Error(String(request.error)))
})

async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open('mingdan-witness', 1)
  opening.onupgradeneeded = () => void opening.result.createObjectStore(STORE)
  return (await answered(opening)).transaction(STORE, mode).objectStore(STORE)
}

const keptKey = async (name: string) => answered((await store('readonly')).get(name) as IDBRequest<CryptoKeyPair | undefined>)
const makeKey = () => crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']) as Promise<CryptoKeyPair>
const publicOf = async ({ publicKey }: CryptoKeyPair) => base64(await crypto.subtle.exportKey('raw', publicKey))

/** The key for one tender and account in this browser; the first time it is made and kept. */
async function keyFor(name: string): Promise<CryptoKeyPair> {
  const kept = await keptKey(name)
  if (kept) return kept
  const made = await makeKey()
  await answered((await store('readwrite')).put(made, name))
  return made
}

/** One try tells whether this browser has the keys and keeps them. */
async function canSign(name: string): Promise<boolean> {
  try {
    await makeKey()
    await keptKey(name)
    return true
  } catch {
    return false
  }
}

async function wake(root: HTMLElement): Promise<void> {
  const { name, text, enrolled, say } = JSON.parse(root.dataset.witness!) as Task
  const part = (name: string) => root.querySelector<HTMLElement>(`[data-part='${name}']`)
  const status = part('status')
  if (!(await canSign(name))) return
  const [door, here] = [part('door'), part('here')]
  if (door && here) [door.hidden, here.hidden] = [true, false]
  const kept = await keptKey(name)
  if (status && enrolled && text && (!kept || (await publicOf(kept)) !== enrolled)) status.textContent = say.otherKey
  const form = root.querySelector<HTMLFormElement>('form#enrol, form#sign')
  form?.addEventListener('submit', (event) => {
    const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement
    if (form.id === 'sign' && !field('confirmed').checked) return
    event.preventDefault()
    if (status) status.textContent = say.working
    void fill(form.id === 'sign' ? text : null).then(() => form.submit(), () => void (status && (status.textContent = say.failed)))

    async function fill(statement: string | null): Promise<void> {
      const pair = await keyFor(name)
      field('publicKey').value = await publicOf(pair)
      if (statement !== null) field('signature').value = base64(await crypto.subtle.sign('Ed25519', pair.privateKey, new TextEncoder().encode(statement)))
    }
  })
}

for (const root of document.querySelectorAll<HTMLElement>('[data-witness]')) void wake(root)
