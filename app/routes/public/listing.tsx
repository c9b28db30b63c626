import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { can } from '#app/domain/accounts/actor.ts'
import { carries } from '#app/domain/catalogue/basis.ts'
import { Day as DayInput } from '#app/domain/calendar.ts'
import { headlineOf } from '#app/domain/catalogue/demandability.ts'
import { showListing } from '#app/domain/catalogue/show-listing.server.ts'
import { readableSource } from '#app/domain/catalogue/source.ts'
import { articlesOf } from '#app/domain/divisions/citation.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import { showMethods } from '#app/domain/tenders/show-methods.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Condition } from '#app/ui/condition.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Headline } from '#app/ui/headline.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { useMayTry } from '#app/ui/may-try.ts'
import { Notice } from '#app/ui/notice.tsx'
import { OpenMethods } from '#app/ui/open-methods.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { PastResults } from '#app/ui/past-results.tsx'
import { SampleMark } from '#app/ui/sample-mark.tsx'
import { Day, dayText } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'
import { Verdict, type VerdictKind } from '#app/ui/verdict.tsx'

export const meta = titled<typeof loader>((words, data) => data?.listing.name ?? words.catalogue.title)

const VERDICTS: Record<ReturnType<typeof headlineOf>, VerdictKind> = { 'may-be-demanded': 'allowed', 'document-may-be-demanded': 'allowed', 'may-be-bought': 'refused', 'office-pays': 'refused', 'not-in-force': 'refused' }

export async function loader(arrived: LoaderFunctionArgs) {
  const day = DayInput.optional().safeParse(new URL(arrived.request.url).searchParams.get('on') || undefined)
  const context = await enter(arrived)
  const shown = await orPage(arrived.request, showListing(context, { code: arrived.params.code ?? '', on: day.success ? day.data : undefined }))
  const methods = await showMethods(context, shown)
  const governs = can(context.actor, 'propose:listing') && context.actor.kind === 'member' && isWithin(context.actor.divisionCode, shown.listing.divisionCode)
  return { ...shown, methods, governs }
}

/** The parts of the page, by their anchors. */
const PARTS = { facts: 'facts', agencies: 'agenciesTitle', results: 'resultsTitle', wordings: 'wordingsTitle', code: 'qrTitle' } as const
const CONTENTS = Object.keys(PARTS) as (keyof typeof PARTS)[]

export default function ListedService() {
  const words = useWords().catalogue
  const mayOpen = useMayTry('draft:tender')
  const locale = useLocale()
  const { listing, headline, doer, items, category, related, results, methods, on, today, divisionName, governs } = useLoaderData<typeof loader>()
  const { details, rules } = listing
  const source = readableSource(details)
  const past = on !== today
  return (
    <Page
      title={listing.name}
      kicker={
        <>
          {divisionName} · <CodeText>{listing.code}</CodeText> <SampleMark sample={details.sample} />
        </>
      }
      back={{ href: paths.catalogue(past ? { on } : {}), label: words.listing.back }}
      contents={CONTENTS.map((id) => ({ id, label: words.listing[PARTS[id]] }))}
      aside={<Aside />}
    >
      {past ? <Notice next={{ href: paths.listing(listing.code), label: words.backToToday }}>{words.historical(dayText(on, locale))}</Notice> : null}
      {details.sample ? <Notice>{words.sampleNote}</Notice> : null}
      <Verdict
        verdict={VERDICTS[headline]}
        word={headline === 'may-be-bought' && rules.bases.length === 0 && !details.sample ? words.unverified : words.headlines[headline]}
        question={words.listing.question(listing.name, dayText(on, locale))}
        lead={words.headlineLead[headline]}
        alternatives={[
          { key: 'ask', label: words.listing.ask, href: paths.ask({ service: listing.code }) },
          ...(headline === 'not-in-force' || !mayOpen ? [] : [{ key: 'buy', label: words.listing.buy, href: paths.newTender({ service: listing.code }) }]),
        ]}
      >
        <div className="verdict-part">
          <Facts
            items={[
              { label: words.listing.whoDoes, value: words.doers[doer] },
              { label: words.listing.howLong, value: details.timeLimit },
              { label: words.listing.howMuch, value: details.feeBasis },
            ]}
          />
        </div>
      </Verdict>
      <Section title={words.listing.appliesTitle}>
        <p>{rules.appliesWhen ? <Condition of={rules.appliesWhen} /> : words.listing.appliesAlways}</p>
        {rules.regionalAssessment ? <p>{words.listing.regional(words.regionals[rules.regionalAssessment] ?? rules.regionalAssessment)}</p> : null}
        {rules.itemCancelledOn ? <p>{words.listing.cancelled(dayText(rules.itemCancelledOn, locale, false))}</p> : null}
        <Related label={words.listing.merged} code={rules.mergedInto} names={related} />
        <Related label={words.listing.duplicate} code={rules.duplicateOf} names={related} />
        {rules.validYears ? <p>{words.listing.validYears(rules.validYears)}</p> : null}
      </Section>
      <Bases />
      <Section title={words.listing.facts} id="facts">
        <Facts
          items={[
            { label: words.listing.nature, value: words.naturesLong[listing.nature] },
            details.audit && { label: words.listing.audit, value: words.audits[details.audit.status], note: details.audit.why },
            { label: words.listing.items, value: items.length ? items.map(({ code, name }) => <a key={code} className="block" href={paths.approvalItem(code)}>{name}</a>) : null },
            { label: words.listing.itemWorded, value: details.approvalItem },
            { label: words.listing.department, value: details.department },
            { label: words.listing.stages, value: listing.stages.map((stage) => words.stages[stage]).join('、') },
            { label: words.listing.legalBasis, value: details.legalBasis },
            { label: words.listing.timeLimit, value: details.timeLimit },
            { label: words.listing.feeBasis, value: details.feeBasis },
            { label: words.listing.qualification, value: details.qualification },
            { label: words.listing.material, value: rules.material?.name },
            { label: words.listing.methods, value: <OpenMethods methods={methods} /> },
            { label: words.listing.category, value: category && [category.groupName, category.name].filter(Boolean).join(' · ') },
            listing.aliases.length > 0 && { label: words.listing.aliases, value: listing.aliases.join('、') },
            { label: words.listing.source, value: source.title ?? (source.collected ? words.listing.collected : null), note: source.url ? <SourceAddress>{source.url}</SourceAddress> : source.collected && source.title && !details.sample ? words.listing.collected : null },
          ]}
        />
      </Section>
      {headline === 'not-in-force' ? null : <Agencies />}
      <PastResults results={results} />
      <Wordings />
      {governs ? (
        <div className="actions no-print">
          <ButtonLink href={paths.newProposal({ code: listing.code })}>{words.listing.change}</ButtonLink>
        </div>
      ) : null}
    </Page>
  )
}

/** Where the entry was read. */
function SourceAddress({ children }: { children: string }) {
  return (
    <a className="break-all" href={children} rel="external noreferrer">
      {children}
    </a>
  )
}

function Related({ label, code, names }: { label: string; code: string | null; names: Record<string, string> }) {
  if (!code) return null
  return (
    <p>
      {label}
      <a href={paths.listing(code)}>{names[code] ?? code}</a>
    </p>
  )
}

function Bases() {
  const words = useWords().catalogue
  const locale = useLocale()
  const { listing, on } = useLoaderData<typeof loader>()
  return (
    <Section title={words.listing.basesTitle} lead={words.listing.basesLead}>
      <DataTable
        caption={words.listing.basesTitle}
        rows={listing.rules.bases}
        keyOf={({ title }) => title}
        columns={[
          { key: 'title', label: words.listing.basis.title, main: true, cell: ({ title }) => title },
          { key: 'type', label: words.listing.basis.type, cell: ({ type }) => words.basisTypes[type] },
          { key: 'articles', label: words.listing.basis.articles, cell: ({ articles }) => (articles ? articlesOf(articles)[locale] : <Unstated />) },
          {
            key: 'carries',
            label: words.listing.basis.carries,
            cell: (basis) => (basis.repealedOn && basis.repealedOn <= on ? words.listing.repealed(dayText(basis.repealedOn, locale, false)) : carries(basis, on) ? words.listing.carries : words.listing.carriesNot),
          },
        ]}
        empty={words.listing.basesNone}
      />
    </Section>
  )
}

function Agencies() {
  const words = useWords().catalogue.listing
  const { agencies, moreAgencies, listing } = useLoaderData<typeof loader>()
  return (
    <Section title={words.agenciesTitle} id="agencies" lead={words.agenciesLead} action={moreAgencies ? <a href={paths.agencies({ service: listing.code })}>{words.allAgencies}</a> : null}>
      <DataTable
        caption={words.agenciesTitle}
        brief
        rows={agencies}
        keyOf={({ uscc }) => uscc}
        columns={[
          { key: 'name', label: words.agency.name, main: true, cell: ({ uscc, name }) => <a href={paths.agency(uscc)}>{name}</a> },
          { key: 'days', label: words.agency.days, number: true, cell: ({ promisedDays }) => words.days(promisedDays) },
          { key: 'fee', label: words.agency.fee, cell: ({ fee }) => fee },
          { key: 'conditions', label: words.agency.conditions, cell: ({ conditions }) => conditions },
        ]}
        empty={{ ...words.agenciesNone, action: { href: paths.register({ as: 'agency' }), label: words.agenciesNone.action } }}
      />
    </Section>
  )
}

function Wordings() {
  const words = useWords().catalogue
  const { wordings } = useLoaderData<typeof loader>()
  return (
    <Section title={words.listing.wordingsTitle} id="wordings">
      <DataTable
        caption={words.listing.wordingsTitle}
        rows={wordings}
        keyOf={({ id }) => id}
        columns={[
          { key: 'name', label: words.listing.wording.name, main: true, cell: ({ code, name, inForceFrom }) => <a href={paths.listing(code, { on: inForceFrom })}>{name}</a> },
          { key: 'from', label: words.listing.wording.from, cell: ({ inForceFrom }) => <Day day={inForceFrom} weekday={false} /> },
          { key: 'until', label: words.listing.wording.until, cell: ({ inForceUntil }) => (inForceUntil ? <Day day={inForceUntil} weekday={false} /> : words.listing.now) },
          { key: 'version', label: words.listing.wording.version, cell: ({ sinceVersion }) => words.listing.versionNumber(sinceVersion) },
          { key: 'answer', label: words.listing.wording.answer, cell: (wording) => <Headline of={headlineOf(wording, wording.inForceFrom)} /> },
        ]}
        empty={words.versions.empty}
      />
    </Section>
  )
}

function Aside() {
  const words = useWords().catalogue.listing
  const { listing } = useLoaderData<typeof loader>()
  return (
    <Section title={words.qrTitle} id="code">
      <img className="listing-qr" src={paths.listingQr(listing.code)} alt={words.qrAlt(listing.name)} width={180} height={180} />
      <p className="small muted">{words.qrText}</p>
      <p className="small muted no-print">{words.print}</p>
      <p className="no-print">
        <a href={paths.ledgerStory(listing.code)}>{words.story}</a>
      </p>
    </Section>
  )
}

function Unstated() {
  return <span className="unstated">{useWords().frame.notStated}</span>
}
