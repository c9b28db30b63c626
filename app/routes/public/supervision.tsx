import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { dayOf } from '#app/domain/calendar.ts'
import { VERDICTS } from '#app/domain/guard/judgement.ts'
import type { ReasonCode } from '#app/domain/guard/reasons.ts'
import { showServiceTimes } from '#app/domain/contracts/show-service-times.server.ts'
import { showSupervision } from '#app/domain/guard/show-supervision.server.ts'
import { showViolations } from '#app/domain/oversight/show-violations.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { VerdictStatus } from '#app/ui/demand-table.tsx'
import { useReasons } from '#app/ui/guard-answer.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Rows } from '#app/ui/rows.tsx'
import { Status } from '#app/ui/status.tsx'
import { ServiceTimesTable } from '#app/ui/service-times.tsx'
import { Day, dayText } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

const NEWEST = 5

export const meta = titled((words) => words.guard.supervision.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enter(arrived)
  const [supervision, { items: violations }, times] = await Promise.all([showSupervision(context), showViolations(context, { limit: NEWEST }), showServiceTimes(context, { divisionCode: new URL(arrived.request.url).searchParams.get('division') ?? undefined })])
  return { ...supervision, violations, times }
}

export default function Supervision() {
  const { guard: all, inquiries, leads, reports } = useWords()
  const words = all.supervision
  const locale = useLocale()
  const { verdicts, reasons, newest, since, violations, times } = useLoaderData<typeof loader>()
  const { lawOf } = useReasons()
  const ask = { href: paths.ask() }
  return (
    <Page title={words.title} lead={words.lead} action={<ButtonLink kind="main" href={paths.ask()}>{words.askAction}</ButtonLink>}>
      <Section title={words.figuresTitle} lead={since ? words.since(dayText(dayOf(new Date(since)), locale, false)) : undefined}>
        <dl className="figure-row">
          {VERDICTS.map((verdict) => (
            <div key={verdict}>
              <dt>{words.figures[verdict]}</dt>
              <dd>{verdicts[verdict]}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title={words.reasonsTitle}>
        <DataTable
          caption={words.reasonsCaption}
          rows={reasons}
          keyOf={({ code }) => code}
          empty={{ ...words.reasonsEmpty, action: { ...ask, label: words.reasonsEmpty.action } }}
          columns={[
            { key: 'reason', label: words.reason, main: true, cell: ({ code }) => all.reasonNames[code as ReasonCode] },
            { key: 'law', label: words.law, cell: ({ code }) => lawOf(code as ReasonCode) },
            { key: 'count', label: words.count, number: true, cell: ({ count }) => count },
          ]}
        />
      </Section>
      <ServiceTimesTable {...times} />
      <Section title={words.newestTitle}>
        <Rows
          empty={{ ...words.newestEmpty, action: { ...ask, label: words.newestEmpty.action } }}
          items={newest.map(({ id, listing, authority, demandedOn, verdict }) => ({
            key: id,
            href: paths.decision(id),
            title: listing?.name ?? all.decision.unlisted,
            note: (
              <>
                {authority} · <Day day={demandedOn} weekday={false} />
              </>
            ),
            end: <VerdictStatus verdict={verdict} />,
          }))}
        />
      </Section>
      <Section title={inquiries.violations.newest} lead={inquiries.violations.lead} action={<a href={paths.violations()}>{inquiries.violations.all}</a>}>
        <Rows
          empty={{ title: inquiries.violations.empty.title, text: inquiries.violations.empty.text }}
          items={violations.map(({ number, respondent, kind, listing, item, rectified }) => ({
            key: number,
            href: paths.violations(),
            title: respondent ?? inquiries.person,
            note: <>{leads.kinds[kind]} · {listing?.name ?? (item ? inquiries.offListFor(item) : inquiries.noListing)}</>,
            end: <Status tone={rectified ? 'kept' : 'refused'}>{rectified ? inquiries.rectifications.accepted : inquiries.violations.notRectified}</Status>,
          }))}
        />
      </Section>
      <Section title={words.complainTitle} id="complain" action={<ButtonLink small href={paths.report()}>{reports.report.link}</ButtonLink>}>
        <ol className="prose measure">
          {words.complain.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p><a href={paths.followReport()}>{reports.report.follow}</a></p>
      </Section>
      <Section title={words.whoTitle}>
        <p className="measure">{words.whoText}</p>
        <p>
          <a href={paths.ledger()}>{words.ledger}</a>
        </p>
      </Section>
    </Page>
  )
}
