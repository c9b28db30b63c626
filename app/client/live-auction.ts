/* Keeps an auction's figures live on the pages that show one. What is typed in a form is never touched. */

type Told = { texts: Record<string, string>; phase: string; at: string; until: string | null }

const SECOND = 1000
/** Without a stream the page is asked for again as often as it asks by itself where no scripts run. */
const AGAIN = 5 * SECOND

/** Where a quote is being typed the page is never asked for again. */
const isTyping = () => document.querySelector('form#quote') !== null

/** 9:05, or 1:09:05 from an hour on. */
function clockOf(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const two = (part: number) => String(part).padStart(2, '0')
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

function follow(root: HTMLElement): void {
  const section = root.closest('section') ?? root
  /** How far the reader's clock is from ours: as the page was made, and then by every message. */
  let ahead = Date.now() - Date.parse(root.dataset.at!)
  const listen = () => {
    const source = new EventSource(root.dataset.auction!)
    source.addEventListener('auction', (event) => {
      const { texts, phase, at, until } = JSON.parse((event as MessageEvent<string>).data) as Told
      ahead = Date.now() - Date.parse(at)
      // Another phase has other facts, or a form that is closed: where nothing is being typed the page is asked for again.
      if (phase !== root.dataset.phase && !isTyping()) return location.reload()
      for (const part of section.querySelectorAll<HTMLElement>('[data-part]')) {
        const text = texts[part.dataset.part!]
        if (text !== undefined && part.textContent !== text) part.textContent = text
      }
      const left = root.querySelector<HTMLElement>('[data-until]')
      if (left && until) left.dataset.until = until
    })
    source.addEventListener('end', () => {
      source.close()
      if (!isTyping()) location.reload()
    })
    // A stream that was refused, since too many read, does not come back by itself; and a page that stands still would look live.
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(() => (isTyping() ? listen() : location.reload()), AGAIN)
    })
  }
  const tick = () => {
    for (const left of root.querySelectorAll<HTMLElement>('[data-until]')) {
      const seconds = Math.max(0, Math.ceil((Date.parse(left.dataset.until!) - (Date.now() - ahead)) / SECOND))
      left.textContent = left.dataset.label!.replace('{}', clockOf(seconds))
    }
  }
  listen()
  tick()
  setInterval(tick, SECOND)
}

for (const root of document.querySelectorAll<HTMLElement>('[data-auction]')) follow(root)
