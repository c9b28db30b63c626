import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { showAgency } from '#app/domain/agencies/show-agency.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { AgencyStateWord, CheckStateWord } from '#app/ui/agency-standing.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { DataTable, Empty } from '#app/ui/data-table.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { GradeTable } from '#app/ui/grade-table.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { QualificationFacts } from '#app/ui/qualification-facts.tsx'
import { Sanctions } from '#app/ui/sanctions.tsx'
import { Status } from '#app/ui/status.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled<typeof loader>((words, data) => data?.agency.name ?? words.agencies.page.kicker)

export async function loader(arrived: LoaderFunctionArgs) {
  return orPage(arrived.request, enter(arrived).then((context) => showAgency(context, { uscc: arrived.params.uscc ?? '' })))
}

export default function Agency() {
  const { agencies, registration, credit, sanctions: decisions } = useWords()
  const words = agencies.page
  const { agency, state, checkState, offerings, qualifications, licences, awards, sanctions, grades } = useLoaderData<typeof loader>()
  return (
    <Page
      title={agency.name}
      kicker={<>{words.kicker} <AgencyStateWord state={state} /></>}
      lead={agency.introduction || undefined}
      back={{ href: paths.agencies(), label: agencies.list.title }}
      aside={
        <Section title={words.factsTitle}>
          <Facts
            narrow
            items={[
              { label: words.state, value: <AgencyStateWord state={state} />, note: registration.stateNotes[state] },
              { label: registration.check.label, value: <CheckStateWord state={checkState} /> },
              agency.noticeEndsAt ? { label: registration.noticeEnds, value: <Instant at={agency.noticeEndsAt} /> } : null,
              { label: words.uscc, value: <CodeText>{agency.uscc}</CodeText> },
              { label: words.seat, value: agency.seat },
              { label: words.address, value: agency.address },
              { label: words.phone, value: agency.phone },
              agency.areas.length ? { label: words.area, value: agency.areas.join('、') } : null,
              { label: words.admitted, value: <Instant at={agency.admittedAt} /> },
            ]}
          />
          <p>
            <a href={paths.ledgerStory(agency.uscc)}>{words.story}</a>
          </p>
        </Section>
      }
    >
      <Section title={words.offeringsTitle} lead={words.offeringsLead}>
        {offerings.length ? null : <Empty {...words.noOfferings} />}
        {offerings.map((one) => (
          <section key={one.id} id={one.listingCode}>
            <h3>
              <a href={paths.listing(one.listingCode)}>{one.listingName}</a> {one.listed ? null : <Status tone="refused">{words.notListed}</Status>}
            </h3>
            <Facts
              items={[
                { label: words.conditions, value: <Lines of={one.conditions} /> },
                { label: words.process, value: <Lines of={one.process} /> },
                { label: words.timeLimit, value: words.days(one.promisedDays) },
                { label: words.fee, value: <Lines of={one.fee} /> },
                { label: words.area, value: one.areas.join('、') },
                { label: words.offered, value: <Instant at={one.offeredAt} /> },
              ]}
            />
          </section>
        ))}
      </Section>
      <Section title={registration.qualification.title} lead={words.qualificationsLead}>
        {qualifications.length ? qualifications.map((one) => <section key={one.id} className="mb-6"><QualificationFacts qualification={one} /></section>) : <Empty title={registration.qualification.empty.title} />}
      </Section>
      <Section title={registration.practitioner.title} lead={words.practitionersLead}>
        {licences.length ? <Facts items={licences.map(({ kind, people }) => ({ label: kind, value: words.people(people) }))} /> : <Empty title={registration.practitioner.empty.title} />}
      </Section>
      <Section title={credit.agency.title} lead={credit.agency.lead} action={<a href={paths.credit()}>{credit.agency.all}</a>}>
        {grades.length ? <GradeTable grades={grades} ofOne /> : <Empty title={credit.agency.none} />}
      </Section>
      {sanctions.length ? <Section title={decisions.page.title} lead={decisions.page.lead}><Sanctions sanctions={sanctions} /></Section> : null}
      {awards.length ? (
        <Section title={words.awardsTitle}>
          <DataTable
            caption={words.awardsTitle}
            rows={awards}
            keyOf={({ number }) => number}
            columns={[
              { key: 'title', label: words.awardsTender, main: true, cell: (one) => <a href={paths.tender(one.number)}>{one.title}</a> },
              { key: 'service', label: agencies.offerings.service, cell: (one) => one.service },
              { key: 'when', label: words.awardsWhen, cell: (one) => <Instant at={one.awardedAt} bare /> },
            ]}
            empty={words.noOfferings}
          />
        </Section>
      ) : null}
    </Page>
  )
}

function Lines({ of }: { of: string }) {
  return <span className="whitespace-pre-line">{of}</span>
}
