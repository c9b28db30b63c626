import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { showHome } from '#app/domain/divisions/show-home.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { Icon } from '#app/ui/icon.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { useMayTry } from '#app/ui/may-try.ts'
import { Money } from '#app/ui/money.tsx'
import { Section } from '#app/ui/page.tsx'
import { nothingYet } from '#app/ui/data-table.tsx'
import { Rows } from '#app/ui/rows.tsx'
import { SearchBox } from '#app/ui/search-box.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { Deadline, Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.site.home.title)

export async function loader(arrived: LoaderFunctionArgs) {
  return showHome(await enter(arrived))
}

export default function Home() {
  const words = useWords().site.home
  const mayOpen = useMayTry('draft:tender')
  const { naturalPerson } = useWords().tenders
  const { award } = useWords().life
  const { figures, notices, results } = useLoaderData<typeof loader>()
  return (
    <div className="wrap">
      <div className="hero">
        <div>
          <h1>{words.title}</h1>
          <p className="page-lead">{words.lead}</p>
          <Search />
        </div>
        <section className="law-card" aria-labelledby="rights">
          <h2 id="rights" className="font-bold mb-2">
            {words.rights.title}
          </h2>
          <ol>
            {words.rights.points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ol>
          <p className="law mt-3">{words.rights.law}</p>
        </section>
      </div>
      <div className="page-body">
        <nav className="doors" aria-label={words.doorsTitle}>
          {mayOpen ? <Door href={paths.newTender()} {...words.doors.need} /> : null}
          <Door href={paths.register({ as: 'agency' })} {...words.doors.offer} />
          <Door href={paths.ask()} {...words.doors.asked} />
          <Door href={paths.verify()} {...words.doors.check} />
        </nav>
        <section aria-label={words.figuresTitle}>
          <dl className="figure-row">
            {(['listings', 'demandable', 'agencies', 'open', 'awards'] as const).map((key) => (
              <div key={key}>
                <dt>{words.figures[key]}</dt>
                <dd>{figures[key]}</dd>
              </div>
            ))}
          </dl>
        </section>
        <div className="two">
          <Section title={words.noticesTitle} action={<All href={paths.tenders()}>{words.allNotices}</All>}>
            <Rows
              empty={nothingYet(words.noNotices, { mayDo: mayOpen, href: paths.newTender() })}
              items={notices.map((notice) => ({
                key: notice.number,
                href: paths.tender(notice.number),
                title: notice.title,
                note: (
                  <>
                    {notice.owner ?? naturalPerson}
                    <span className="block">
                      {words.closes}
                      <Deadline at={notice.closesAt} bare />
                    </span>
                  </>
                ),
                end: (
                  <>
                    <Money fen={notice.ceilingFen} /> <TenderStatus state={notice.state} isDirect={notice.method === 'direct'} />
                  </>
                ),
              }))}
            />
          </Section>
          <Section title={words.resultsTitle} action={<All href={paths.results()}>{words.allResults}</All>}>
            <Rows
              empty={nothingYet(words.noResults, { href: paths.ledger() })}
              items={results.map((result) => ({
                key: result.number,
                href: paths.tender(result.number),
                title: result.title,
                note: result.binds ? award.bound(result.winner) : award.publicity(result.winner),
                end: (
                  <span className="row-note">
                    <Instant at={result.awardedAt} bare />
                  </span>
                ),
              }))}
            />
          </Section>
        </div>
      </div>
    </div>
  )
}

function Search() {
  const words = useWords().site.home
  return (
    <>
      <SearchBox id="hero-search" label={words.search} large />
      <p className="small muted no-print">
        {words.examples}
        {words.exampleWords.map((word) => (
          <a key={word} className="hero-example" href={paths.search({ q: word })}>
            {word}
          </a>
        ))}
      </p>
    </>
  )
}

function Door({ href, title, text }: { href: string; title: string; text: string }) {
  return (
    <a className="door" href={href}>
      <strong>
        {title}
        <Icon name="next" />
      </strong>
      {text}
    </a>
  )
}

function All({ href, children }: { href: string; children: ReactNode }) {
  return <a href={href}>{children}</a>
}
