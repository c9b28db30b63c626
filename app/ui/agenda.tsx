import type { AgendaItem, TimeLeft } from '#app/domain/agenda.ts'
import type { Words } from '#app/words/words.ts'
import { ButtonLink } from './button.tsx'
import { Empty, type Nothing } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { Deadline, Instant } from './time.tsx'

type Told = Omit<AgendaItem, 'kind' | 'until' | 'since'> & { kind: keyof Words['desks']['items']; until: Date | string | null; since: Date | string; left: TimeLeft | null }

const MOST_SHOWN = 12

/** What is held says since when beside until when. */
const HELD: ReadonlySet<string> = new Set(['tender-suspended', 'tender-held', 'bid-suspended'])

/**
 * What every desk begins with: what needs me today, sorted by the clock; each with what it is, by when, and what to do.
 * `hrefOf` says where an item is done.
 */
export function Agenda<Item extends Told>({ items, hrefOf, titleOf = ({ title }) => title, empty }: { items: readonly Item[]; hrefOf: (item: Item) => string; titleOf?: (item: Item) => string; empty: Nothing }) {
  const words = useWords().desks
  const more = items.length - MOST_SHOWN
  const list = (shown: readonly Item[]) => (
    <ul className="rows agenda">
      {shown.map((item) => (
        <AgendaRow key={`${item.kind} ${item.subject}`} item={item} href={hrefOf(item)} title={titleOf(item) || words.unnamed} />
      ))}
    </ul>
  )
  return (
    <Section title={words.today} lead={items.length > 1 ? words.todayLead : null}>
      {items.length ? (
        list(items.slice(0, MOST_SHOWN))
      ) : (
        <Empty {...empty} />
      )}
      {more > 0 ? (
        <details className="fold fold-wide mt-4">
          <summary>{words.more(more)}</summary>
          {list(items.slice(MOST_SHOWN))}
        </details>
      ) : null}
    </Section>
  )
}

function AgendaRow({ item: { kind, note, until, since, left, uncovered }, href, title }: { item: Told; href: string; title: string }) {
  const { desks: words, clock } = useWords()
  const { what, action } = words.items[kind]
  return (
    <li>
      <div>
        <p className="agenda-title">{title}</p>
        <p className="row-note">
          {what}
          {note ? <> · {note}</> : null}{until && HELD.has(kind) ? <> · {words.since} <Instant at={since} bare /></> : null} · {until ? <>{words.until} <Deadline at={until} bare />{uncovered?.length ? <> · {clock.weekdaysOnly(uncovered.join(', '))}</> : null}</> : <>{words.since} <Instant at={since} bare /></>}
        </p>
      </div>
      <div>
        {left ? <Left left={left} /> : null}
        <ButtonLink small href={href}>
          {action}
          <span className="sr-only">{words.actionOn(title)}</span>
        </ButtonLink>
      </div>
    </li>
  )
}

/** How much time is left: a word, and where it has run out the colour of what ends something. */
export function Left({ left }: { left: TimeLeft }) {
  const words = useWords().desks.left
  if (left.unit === 'late') return <strong className="agenda-left text-red">{words.late}</strong>
  return <strong className="agenda-left">{words[left.unit](left.n)}</strong>
}

/** Counted ways to everything else: each figure is a link to what it counts. */
export function Counts({ items }: { items: readonly { key: string; label: string; count: number; href?: string }[] }) {
  return (
    <dl className="figure-row">
      {items.map(({ key, label, count, href }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>{href && count ? <a href={href}>{count}</a> : count}</dd>
        </div>
      ))}
    </dl>
  )
}
