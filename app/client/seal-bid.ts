import { parseLot } from '#app/domain/bids/lot.ts'
import { planSaltDigits, saltDigits } from '#app/domain/bids/offer-salt.ts'
import { parsePlan } from '#app/domain/bids/plan-text.ts'
import { parsePrice } from '#app/domain/bids/price.ts'
import type { Quote } from '#app/domain/bids/quote.ts'
import { sealWithKeys, type Sealable } from '#app/domain/bids/seal.ts'
import type { SealingTask } from '#app/domain/bids/sealing-task.ts'
import { sealInShares } from '#app/domain/bids/two-keys.ts'

/*
 * Seals a bidder's price where it is typed. The form that is sent has the envelope in it and neither the price nor what
 * comes with it; all of it stays in this page's memory until it is left, so that nothing is lost where the answer is no.
 */

/** What never leaves this page as it was typed. */
const TYPED = ['price', 'lot', 'contribution', 'plan'] as const
type Typed = Record<(typeof TYPED)[number], string>
type Sealed = { bid: string; envelope: string; hash: string; own: string }

/** Answers that bring the form back, or say that the bid was taken. */
const EXPECTED: readonly number[] = [200, 409, 422]

const utf8 = (text: string) => new TextEncoder().encode(text)
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const sha256 = async (text: string) => hex(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text))))
const part = (name: string, within: ParentNode = document) => within.querySelector<HTMLElement>(`[data-part='${name}']`)

/** A browser without the key exchange, or a page without https, cannot seal: one try tells. */
async function canSeal({ holders, threshold }: SealingTask): Promise<boolean> {
  try {
    await sealFor({ offer: {} }, { tender: '', rules: '', bid: '', uscc: '', holders, threshold })
    return true
  } catch {
    return false
  }
}

/** To each holder the whole key, or, where nobody may open alone, a share of it. */
function sealFor(contents: { offer: unknown; plan?: unknown }, { threshold, ...given }: Sealable & { threshold: number | undefined }) {
  return threshold === undefined ? sealWithKeys(contents, given) : sealInShares(contents, { ...given, threshold })
}

async function wake(root: HTMLElement, typed?: Typed): Promise<void> {
  const task = JSON.parse(root.dataset.seal!) as SealingTask
  const form = root.querySelector('form')!
  const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement
  // What was typed comes back at once: it may be sent again before the trial below has ended.
  if (typed) for (const name of TYPED) if (field(name)) field(name).value = typed[name]
  if (!(await canSeal(task))) return void (part('where', root)!.textContent = task.say.cannot)
  part('where', root)!.hidden = true
  part('here', root)!.hidden = false
  // Where only a browser may seal, there is nothing to fill in before it is known that this one can.
  part('offer', root)?.removeAttribute('disabled')
  part('offer', root)?.removeAttribute('hidden')
  let sealed: (Sealed & { of: string }) | undefined
  let busy = false
  let isSent = false

  const say = (text: string) => void (part('status', root)!.textContent = text)
  const seal = async ({ price, lot, contribution, plan }: Typed): Promise<Sealed | undefined> => {
    // Pressed again, the same price is the same envelope, and so the same bid.
    const of = JSON.stringify([price, lot, contribution, plan])
    if (sealed?.of === of) return sealed
    const read = parsePrice(price, task.quote, task.ceilingFen)
    if ('fault' in read) return void fault(field('price'), task.faults[read.fault])
    const given = task.tie === 'electronic-lot' ? parseLot(lot) : null
    if (given && 'fault' in given) return void fault(field('lot'), task.faults[given.fault])
    if (utf8(contribution).length > task.contributionBytes) return void fault(field('contribution'), task.faults['tenders.contribution-long'])
    const written = task.planCharacters ? parsePlan(plan, task.planCharacters) : null
    if (written && 'fault' in written) return void fault(field('plan'), task.faults[written.fault])
    sealed = { of, ...(await sealOffer(task, { bid: field('bid').value, quote: read.quote, contribution, plan: written?.text, ...given })) }
    return sealed
  }

  async function send(): Promise<void> {
    isSent = false
    clear(form)
    const values = new FormData(form)
    const typed = Object.fromEntries(TYPED.map((name) => [name, String(values.get(name) ?? '').trim()])) as Typed
    for (const name of TYPED) values.delete(name)
    let own: Sealed | undefined
    // An envelope that waits since before the session ended is sent as it is, unless a new price was typed.
    if (typed.price !== '' || typed.plan.trim() !== '' || !field('envelope').value) {
      say(task.say.sealing)
      own = await seal(typed)
      if (!own) return say('')
      values.set('envelope', own.envelope)
    }
    say(task.say.sending.replace('{hash}', own?.hash ?? (await sha256(field('envelope').value))))
    isSent = true
    const answer = await fetch(location.pathname, { method: 'POST', body: new URLSearchParams(values as never), headers: { accept: 'text/html' } }).catch(() => null)
    if (!answer || !EXPECTED.includes(answer.status)) return say(task.say.failed)
    // Somewhere else is where one signs in again; what was sealed is kept on the way.
    if (new URL(answer.url).pathname !== location.pathname) return location.assign(answer.url)
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    document.querySelector('main')!.replaceWith(document.adoptNode(page.querySelector('main')!))
    history.replaceState(null, '', answer.url)
    const isTaken = answer.redirected
    if (isTaken && own) await offer(own, task)
    start(isTaken ? undefined : typed)
    document.querySelector<HTMLElement>('#errors, main')!.focus()
    if (isTaken) scrollTo(0, 0)
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (busy) return
    busy = true
    void send().catch(() => say(isSent ? task.say.failed : task.say.broken)).finally(() => (busy = false))
  })
}

/** Random hex digits, so many. */
const salt = (digits: number) => hex(crypto.getRandomValues(new Uint8Array(Math.ceil(digits / 2)))).slice(0, digits)

async function sealOffer({ tender, rules, uscc, holders, threshold, say }: SealingTask, { bid, plan, ...offered }: { bid: string; quote: Quote; contribution: string; plan: string | undefined; lot?: string }): Promise<Sealed> {
  const unsalted = { tender, bid, uscc, ...offered }
  const content = { ...unsalted, salt: salt(saltDigits(unsalted)) }
  const text = plan === undefined ? undefined : { tender, bid, uscc, text: plan }
  const written = text && { ...text, salt: salt(planSaltDigits(text)) }
  const { envelope, keys } = await sealFor({ offer: content, ...(written && { plan: written }) }, { tender, rules, bid, uscc, holders, threshold })
  const hash = await sha256(envelope)
  const own = JSON.stringify({ format: 'mingdan-own-offer/v1', about: say.file, bidHash: hash, offer: content, key: hex(keys.offer!), ...(written && { plan: written, planKey: hex(keys.plan!) }) }, null, 2)
  return { bid, envelope, hash, own }
}

/** Offers the bidder's own copy, and says whether the server shows the hash that was computed here. */
async function offer({ hash, own, bid }: Sealed, { say }: SealingTask): Promise<void> {
  const place = part('own')
  if (!place) return
  place.hidden = false
  part('agrees', place)!.textContent = document.querySelector('main')!.textContent!.includes(hash) ? say.same : say.differs
  const copy = part('copy', place) as HTMLAnchorElement
  copy.href = URL.createObjectURL(new Blob([own], { type: 'application/json' }))
  copy.download = `own-offer-${bid}.json`
}

function fault(input: HTMLInputElement, sentence: string): void {
  const said = document.createElement('p')
  said.className = 'error'
  said.id = `${input.id}-error`
  said.dataset.part = 'fault'
  said.textContent = sentence
  input.closest('.field')!.classList.add('field-wrong')
  ;(input.closest('.input-row') ?? input).before(said)
  input.setAttribute('aria-invalid', 'true')
  input.setAttribute('aria-describedby', `${input.id}-hint ${said.id}`)
  input.focus()
}

function clear(form: HTMLFormElement): void {
  form.querySelectorAll('.error, .error-summary').forEach((said) => said.remove())
  form.querySelectorAll('.field-wrong').forEach((field) => field.classList.remove('field-wrong'))
  form.querySelectorAll('[aria-invalid]').forEach((input) => input.removeAttribute('aria-invalid'))
}

function start(typed?: Typed): void {
  const root = document.querySelector<HTMLElement>('[data-seal]')
  if (root) void wake(root, typed)
}

start()
