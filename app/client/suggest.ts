/** Suggestions under every search box, for whoever runs scripts: the ARIA pattern of a combobox with a list of its own. */
type Suggestion = { kind: string; name: string; note: string; href: string }
type Said = { label: string; count: string; none: string; kinds: Record<string, string> }

/** Somebody who types is not asked after every sign. */
const PAUSE = 150
const known = new Map<string, Promise<Suggestion[]>>()

function suggestTo(form: HTMLFormElement): void {
  const input = form.querySelector('input')!
  const said = JSON.parse(form.dataset.words!) as Said
  const list = make('ul', { id: `${input.id}-list`, role: 'listbox', class: 'suggestions', 'aria-label': said.label })
  const status = make('span', { role: 'status', class: 'sr-only' })
  let shown: Suggestion[] = []
  let active = -1
  let timer = 0
  let asked = ''

  list.hidden = true
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id })) input.setAttribute(name, value)
  form.append(list, status)

  const activate = (place: number) => {
    active = place
    ;[...list.children].forEach((option, at) => option.setAttribute('aria-selected', String(at === place)))
    if (place < 0) input.removeAttribute('aria-activedescendant')
    else input.setAttribute('aria-activedescendant', list.children[place]!.id)
    list.children[place]?.scrollIntoView({ block: 'nearest' })
  }
  const show = (found: Suggestion[]) => {
    shown = found
    list.replaceChildren(...found.map(optionOf))
    list.hidden = !found.length
    input.setAttribute('aria-expanded', String(!list.hidden))
    activate(-1)
  }
  const optionOf = ({ kind, name, note, href }: Suggestion, place: number) => {
    const option = make('li', { id: `${list.id}-${place}`, role: 'option', 'aria-selected': 'false', 'data-href': href })
    option.append(make('span', { class: 'suggestion-kind' }, said.kinds[kind]), make('span', {}, name), make('small', {}, note))
    return option
  }
  const ask = async () => {
    asked = input.value.trim()
    const text = asked
    if (!text) return show([])
    const found = await find(form.dataset.suggest!, text)
    // Whoever types faster than the answers come wants the last one alone.
    if (text !== asked || document.activeElement !== input) return
    show(found)
    status.textContent = found.length ? said.count.replace('{n}', String(found.length)) : said.none
  }

  input.addEventListener('input', (event) => {
    clearTimeout(timer)
    // Half of a character that is still being put together is no question.
    if (!(event as InputEvent).isComposing) timer = window.setTimeout(ask, PAUSE)
  })
  input.addEventListener('compositionend', () => void (timer = window.setTimeout(ask, PAUSE)))
  input.addEventListener('blur', () => ((asked = ''), show([])))
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || list.hidden) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) activate(((active + 1 + step + shown.length + 1) % (shown.length + 1)) - 1)
    else if (event.key === 'Escape') show([])
    else if (event.key === 'Enter' && active >= 0) location.assign(shown[active]!.href)
    else return
    event.preventDefault()
  })
  // A pressed button would take the focus away, and the list with it, before the click comes.
  list.addEventListener('pointerdown', (event) => event.preventDefault())
  list.addEventListener('click', (event) => {
    const href = (event.target as Element).closest<HTMLElement>('[data-href]')?.dataset.href
    if (href) location.assign(href)
  })
}

function find(address: string, text: string): Promise<Suggestion[]> {
  const found = known.get(text) ?? fetch(`${address}?q=${encodeURIComponent(text)}`).then(async (answer) => (answer.ok ? ((await answer.json()) as Suggestion[]) : []), () => [])
  known.set(text, found)
  return found
}

function make(tag: string, attributes: Record<string, string>, text = ''): HTMLElement {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.textContent = text
  return element
}

const whenIdle = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 200))
// A busy machine may have no idle moment for long: then it is done all the same.
whenIdle(() => document.querySelectorAll<HTMLFormElement>('form[data-suggest]').forEach(suggestTo), { timeout: 1000 })
