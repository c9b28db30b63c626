import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findAnything, LAST_PAGE } from '#app/domain/search/find-anything.server.ts'
import { FILTERS, KINDS, LONGEST_QUESTION, MOST_COUNTED, PHASES, type FilterName, type Filters, type Phase } from '#app/domain/search/found.ts'
import { showBrowsing } from '#app/domain/search/show-browsing.server.ts'
import type { Nature } from '#app/domain/catalogue/listing.ts'
import { enter } from '#app/http/enter.server.ts'
import { normalise } from '#app/http/normalise.ts'
import { paths, type SearchQuery } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/data-table.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { phaseText, SearchLines } from '#app/ui/search-lines.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled<typeof loader>((words, data) => (data?.query.q ? words.search.titleOf(data.query.q) : words.search.title))

/** What names a value of a filter; none of ours is longer. */
const LONGEST_VALUE = 40

export async function loader(arrived: LoaderFunctionArgs) {
  const asked = new URL(arrived.request.url).searchParams
  const given = (name: string) => normalise(asked.get(name) ?? '')
  const signs = [...given('q')]
  const q = signs.slice(0, LONGEST_QUESTION).join('')
  const kind = KINDS.find((name) => name === asked.get('kind')) ?? null
  const filters: Filters = {}
  for (const name of kind ? FILTERS[kind] : []) if (given(name)) filters[name] = given(name).slice(0, LONGEST_VALUE)
  const page = /^[1-9]\d?$/.test(given('page')) ? Math.min(Number(given('page')), LAST_PAGE) : 1
  const query: SearchQuery = { q, ...(kind && { kind }), ...filters }
  const context = await enter(arrived)
  const answer = q ? await findAnything(context, { text: q, kind, filters, page }) : null
  const browsing = answer && KINDS.some((name) => answer.counts[name] > 0) ? null : await showBrowsing(context)
  return { query, kind, page, answer, browsing, tooLong: signs.length > LONGEST_QUESTION, empty: !q && asked.has('q') }
}

export default function Search() {
  const words = useWords().search
  const { query, kind, answer, tooLong, empty } = useLoaderData<typeof loader>()
  return (
    <Page title={answer ? words.titleOf(query.q ?? '') : words.title} lead={answer ? undefined : words.lead}>
      {tooLong ? <Notice>{words.tooLong(LONGEST_QUESTION)}</Notice> : null}
      {empty ? <Notice>{words.nothingAsked}</Notice> : null}
      {/* The header's box holds the same question; a second one is for who narrows or begins. */}
      {answer && !kind && answer.lines.length ? null : <Narrow />}
      {answer ? <Found /> : <Browse />}
    </Page>
  )
}

/** The question, and what narrows the kind that was chosen. */
function Narrow() {
  const everything = useWords()
  const { search: words, catalogue: { natures } } = everything
  const { query, kind, answer } = useLoaderData<typeof loader>()
  const named = (name: FilterName, value: string, label: string | null) =>
    name === 'nature' ? (natures[value as Nature] ?? value) : name === 'state' ? phaseText(everything, value as Phase) : name === 'year' ? words.year(value) : (label ?? value)
  const options = (name: FilterName, found: { value: string; label: string | null; count: number }[]) =>
    (name === 'state' ? found.toSorted((one, other) => PHASES.indexOf(one.value as Phase) - PHASES.indexOf(other.value as Phase)) : found).map(({ value, label, count }) => ({ value, label: named(name, value, label), count }))
  return (
    <Filter
      action={paths.search()}
      label={words.filter.label}
      hidden={kind ? { kind } : {}}
      clear={paths.search({ q: query.q, kind: kind ?? undefined })}
      fields={[
        { kind: 'search', name: 'q', label: words.filter.words, placeholder: words.placeholder, value: query.q },
        ...(answer?.choices ?? []).map(({ name, chosen, options: found }) => ({ kind: 'choice' as const, name, label: words.filter[name], value: chosen ?? '', options: options(name, found) })),
      ]}
    />
  )
}

function Found() {
  const words = useWords().search
  const { query, kind, page, answer } = useLoaderData<typeof loader>()
  const { lines, counts, total, next, understood, marks, near, common } = answer!
  const counted = (count: number) => (count > MOST_COUNTED ? words.more(MOST_COUNTED) : words.count(count))
  const at = (wanted: SearchQuery['kind']) => paths.search({ q: query.q, kind: wanted })
  const anything = KINDS.some((name) => counts[name] > 0)
  const asking = { href: paths.ask({ service: query.q }), label: words.nothing.action }
  return (
    <>
      {understood.length ? (
        <p>
          {understood.map(({ said, means, slip }) => (
            <span key={said} className="block">
              {slip ? words.slip(said, means.join(words.join)) : words.abbreviation(said, means.join(words.join))}
            </span>
          ))}
        </p>
      ) : null}
      {near ? <Notice next={asking}>{words.near}</Notice> : null}
      {common ? <p className="muted">{words.common(words.count(MOST_COUNTED))}</p> : null}
      {anything ? (
        <nav className="nav kinds no-print" aria-label={words.nav}>
          <a href={at(undefined)} aria-current={kind ? undefined : 'page'}>
            {words.all}
          </a>
          {KINDS.map((name) => (
            <a key={name} href={at(name)} aria-current={kind === name ? 'page' : undefined}>
              {words.kinds[name]} <small>{counted(counts[name])}</small>
            </a>
          ))}
        </nav>
      ) : (
        <Empty title={words.nothing.title} text={words.nothing.text} action={asking} />
      )}
      {anything && kind && !lines.length ? <Empty title={words.nothingLeft.title} text={words.nothingLeft.text} action={{ href: at(kind), label: words.nothingLeft.action }} /> : null}
      {kind && lines.length ? (
        <>
          <p className="muted">{words.found(counted(total))}</p>
          <SearchLines lines={lines} marks={marks} />
          <Pager first={page > 1 ? paths.search(query) : null} previous={page > 2 ? paths.search({ ...query, page: page - 1 }) : null} next={next ? paths.search({ ...query, page: next }) : null} />
        </>
      ) : null}
      {kind
        ? null
        : KINDS.filter((name) => counts[name] > 0).map((name) => {
            const ofKind = lines.filter((line) => line.kind === name)
            return (
              <Section key={name} title={words.kindsLong[name]} action={counts[name] > ofKind.length ? <a href={at(name)}>{words.allOf(counted(counts[name]))}</a> : null}>
                <SearchLines lines={ofKind} marks={marks} />
              </Section>
            )
          })}
      {anything ? null : <Browse />}
    </>
  )
}

/** Where to begin without a word to look for. */
function Browse() {
  const words = useWords().search
  const { browsing } = useLoaderData<typeof loader>()
  const doors = { service: paths.catalogue(), agency: paths.agencies(), tender: paths.tenders(), result: paths.results() }
  return (
    <>
      <Section title={words.browse}>
        <div className="doors">
          {KINDS.map((kind) => (
            <a key={kind} className="door" href={doors[kind]}>
              <strong>{words.kindsLong[kind]}</strong>
              {words.kindsNote[kind]}
            </a>
          ))}
        </div>
      </Section>
      {browsing?.categories.length ? (
        <Section title={words.categories}>
          <div className="actions">
            {browsing.categories.map(({ code, name }) => (
              <ButtonLink key={code} href={paths.catalogue({ category: code })}>
                {name}
              </ButtonLink>
            ))}
          </div>
        </Section>
      ) : null}
    </>
  )
}
