import type { Duty, Role } from '#app/domain/accounts/actor.ts'
import { DESKS } from '#app/domain/accounts/desks.ts'
import { MOST_COUNTED } from '#app/domain/notices/most-counted.ts'
import { paths } from '#app/paths.ts'
import type { Locale } from '#app/words/words.ts'
import { DeskNavigation } from './desk-navigation.tsx'
import { Icon } from './icon.tsx'
import { useLocale, useWords } from './locale.tsx'
import { SearchBox } from './search-box.tsx'
import { Seal } from './seal.tsx'

/** What the root loader tells the frame. An error page may come without it. */
export type FrameData = {
  locale: Locale
  path: string
  member: { name: string; role: Role; duty: Duty; organisation: string; unread: number } | null
  marketplace: { divisionCode: string; name: string; demo: boolean } | null
  checkpoint: { size: number; root: string; signedAt: Date } | null
}

/** A command is the same in every language; the code stands for whichever division it is. */
const OPENING = 'npm run marketplace -- open --division 220100'

/** What stands above a page: the way to its text, the header, what is a demo, the navigation of the desk one is at. */
export function FrameTop({ data }: { data: FrameData | undefined }) {
  const words = useWords().frame
  const path = data?.path ?? '/'
  return (
    <>
      <a className="skip" href="#main">
        {words.skip}
      </a>
      <header className="frame-top">
        <div className="wrap frame-bar">
          <a className="brand" href={paths.home()}>
            <Seal size={40} />
            <span>
              {words.brand}
              <small>{words.whatOf(data?.marketplace?.name)}</small>
            </span>
          </a>
          <SearchBox id="search" value={isAt(path, paths.search()) ? (new URLSearchParams(path.split('?')[1]).get('q') ?? undefined) : undefined} />
          <div className="frame-end frame-wide">
            <Personal data={data} path={path} />
          </div>
          <details className="menu frame-narrow">
            <summary className="button button-small">
              <Icon name="menu" />
              {words.menu}
              <Unread count={data?.member?.unread ?? 0} />
            </summary>
            <div className="menu-sheet stack">
              <nav className="nav" aria-label={words.navigation}>
                <Places path={path} />
              </nav>
              <div className="actions">
                <Personal data={data} path={path} />
              </div>
            </div>
          </details>
        </div>
        <div className="wrap frame-places frame-wide">
          <nav className="nav" aria-label={words.navigation}>
            <Places path={path} />
          </nav>
        </div>
      </header>
      {data?.marketplace?.demo ? (
        <aside className="demo-bar" aria-label={words.demoLabel}>
          <p className="wrap">{words.demo}</p>
        </aside>
      ) : null}
      {data && !data.marketplace ? (
        <aside className="demo-bar" aria-label={words.unopened.label}>
          <p className="wrap">
            {words.unopened.text} <code className="code">{OPENING}</code>
          </p>
        </aside>
      ) : null}
      {data?.member && isAtDesk(path) ? <DeskNavigation member={data.member} path={path} /> : null}
    </>
  )
}

function Places({ path }: { path: string }) {
  const { nav } = useWords().frame
  const places = [
    { href: paths.catalogue(), label: nav.catalogue, also: '/approval-items' },
    { href: paths.tenders(), label: nav.tenders },
    { href: paths.results(), label: nav.results },
    { href: paths.agencies(), label: nav.agencies },
    { href: paths.supervision(), label: nav.supervision, also: '/ledger' },
    { href: paths.ask(), label: nav.ask },
  ]
  return places.map(({ href, label, also }) => (
    <a key={href} href={href} aria-current={isAt(path, href) || (also && isAt(path, also)) ? 'page' : undefined}>
      {label}
    </a>
  ))
}

function Personal({ data, path }: { data: FrameData | undefined; path: string }) {
  const words = useWords().frame
  const other = useLocale() === 'zh' ? 'en' : 'zh'
  return (
    <>
      <form method="post" action={paths.language()}>
        <input type="hidden" name="next" value={path} />
        <button name="to" value={other} lang={other === 'zh' ? 'zh-CN' : 'en'}>
          {words.otherLanguage}
        </button>
      </form>
      {data?.member ? (
        <>
          <a className="button button-small" href={paths[DESKS[data.member.role]]()}>
            {words.desks[data.member.role].name}
          </a>
          <a className="frame-inbox" href={paths.inbox()} aria-current={isAt(path, paths.inbox()) ? 'page' : undefined}>
            <Icon name="mail" title={words.inbox} />
            <Unread count={data.member.unread} />
          </a>
          <form method="post" action={paths.signOut()}>
            <button title={words.signedInAs(data.member.name, data.member.organisation)}>{words.signOut}</button>
          </form>
        </>
      ) : (
        <a className="button button-small" href={paths.signIn()}>
          {words.signIn}
        </a>
      )}
    </>
  )
}

/** How much waits unread, as a figure to see and a word to hear; nothing where nothing waits. */
export function Unread({ count }: { count: number }) {
  const words = useWords().notices
  if (!count) return null
  return (
    <span className="unread">
      <span aria-hidden="true">{count >= MOST_COUNTED ? words.many : count}</span>
      <span className="sr-only">{words.unread(count)}</span>
    </span>
  )
}

function isAt(path: string, href: string): boolean {
  const here = path.split('?')[0]
  return here === href || here!.startsWith(`${href}/`)
}

function isAtDesk(path: string): boolean {
  return [...Object.values(DESKS).map((desk) => paths[desk]()), '/account', '/inbox', '/bids', '/inquiries', '/documents', '/cases', '/projects'].some((desk) => isAt(path, desk)) || /^\/tenders\/[^/]+\/bid/.test(path)
}
