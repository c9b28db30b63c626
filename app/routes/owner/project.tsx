import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { showProjectTimes } from '#app/domain/contracts/show-project-times.server.ts'
import { findProjectDemands } from '#app/domain/guard/find-project-demands.server.ts'
import { showFactNeeds } from '#app/domain/guard/show-fact-needs.server.ts'
import { showProject } from '#app/domain/projects/show-project.server.ts'
import { findExemptions } from '#app/domain/tenders/find-exemptions.server.ts'
import { findMyTenders } from '#app/domain/tenders/find-my-tenders.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { keptCode } from '#app/http/kept-code.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { DemandTable } from '#app/ui/demand-table.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Money } from '#app/ui/money.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { OwnTenders } from '#app/ui/own-tenders.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { ProjectFactList, whyOf } from '#app/ui/project-facts.tsx'
import { ProjectTimesSections } from '#app/ui/project-times.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled<typeof loader>((words, data) => data?.project.name ?? words.projects.page.kicker)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'register:project')
  const code = keptCode(arrived.request, arrived.params.code)
  const [project, { needs, missing }, demands, { tenders }, exemptions, times] = await orPage(
    arrived.request,
    Promise.all([showProject(context, { code }), showFactNeeds(context, { code }), findProjectDemands(context, { code }), findMyTenders(context, { projectCode: code }), findExemptions(context, { code }), showProjectTimes(context, { code })]),
  )
  return { project, needs, missing, demands, tenders, exemptions, times, isPerson: context.actor.uscc === null, done: new URL(arrived.request.url).searchParams.get('done') }
}

export default function Project() {
  const { projects, drafts, guard, clock, reports, disputes } = useWords()
  const words = projects.page
  const { project, needs, missing, demands, tenders, exemptions, times, isPerson, done } = useLoaderData<typeof loader>()
  const flowTypes: Record<string, string> = projects.flowTypes
  // Whoever lost it to another buys nothing for it any more.
  const start = project.dispute === 'applicant' ? null : { href: paths.newTender({ project: project.code }), label: words.newTender }
  return (
    <Page
      title={project.name}
      kicker={words.kicker}
      back={{ href: paths.projects(), label: drafts.projects.title }}
      action={start ? <ButtonLink kind="main" href={start.href}>{start.label}</ButtonLink> : undefined}
      aside={
        <Section title={words.factsTitle}>
          <Facts
            narrow
            items={[
              { label: words.code, value: <CodeText>{project.code}</CodeText> },
              { label: words.place, value: project.divisionName },
              { label: words.flowType, value: flowTypes[project.flowType] },
              { label: words.moneySource, value: projects.moneySources[project.moneySource] },
              { label: words.investment, value: project.investmentFen === null ? null : <Money fen={project.investmentFen} /> },
              { label: words.registered, value: <Instant at={project.registeredAt} /> },
            ]}
          />
          <p>
            <a href={paths.ledgerStory(project.code)}>{words.story}</a>
          </p>
          <p>
            <a href={paths.ask({ project: project.code })}>{drafts.projects.askWith}</a>
          </p>
        </Section>
      }
    >
      {project.dispute ? <Notice tone="open" title={disputes.own[project.dispute].title}>{disputes.own[project.dispute].text}</Notice> : null}
      {done === 'registered' ? <Notice tone="kept">{words.registeredNow}</Notice> : null}
      {done === 'exempted' ? <Notice tone="kept" title={drafts.route.recorded.title}>{drafts.route.recorded.text}</Notice> : null}
      {isPerson ? <Notice>{drafts.projects.personal}</Notice> : null}
      {done === 'changed' ? <Notice tone="kept">{words.changedNow}</Notice> : null}
      {times ? <ProjectTimesSections times={times} lead={clock.project.lead} /> : null}
      <Section title={words.tendersTitle}>
        <OwnTenders tenders={tenders} caption={words.tendersTitle} empty={{ ...words.noTenders, ...(start ? { action: start } : { text: undefined }) }} />
      </Section>
      {exemptions.length ? (
        <Section title={drafts.route.recordedTitle}>
          <Facts items={exemptions.map(({ exemption, reason, listingName, ceilingFen, recordedAt }) => ({ label: drafts.route.exemptions[exemption], value: <>{listingName} <Money fen={ceilingFen} /></>, note: <>{reason} <Instant at={recordedAt} /></> }))} />
        </Section>
      ) : null}
      <Section title={drafts.projects.demandsTitle} lead={drafts.projects.demandsLead} action={<span className="actions"><ButtonLink small href={paths.ask({ project: project.code })}>{words.ask}</ButtonLink><ButtonLink small href={paths.report({ project: project.code })}>{reports.report.link}</ButtonLink><ButtonLink small href={paths.turnedAway({ project: project.code })}>{reports.turnedAway.link}</ButtonLink></span>}>
        <DemandTable by reports rows={demands as never} caption={drafts.projects.demandsCaption} empty={{ ...drafts.projects.noDemands, action: { href: paths.ask({ project: project.code }), label: guard.ask.title } }} />
      </Section>
      <Section title={words.siteTitle}>
        {missing.length ? (
          <Notice title={drafts.projects.missingTitle(missing.length)} next={{ href: paths.projectFacts(project.code), label: drafts.projects.missingGo }}>
            <p>{drafts.projects.missingText}</p>
            <details className="mt-2">
              <summary>{drafts.projects.missingWhich}</summary>
              <ul className="reasons">
                {missing.map((key) => (
                  <li key={key}>
                    {projects.facts[key]}
                    <div className="small muted">{whyOf(needs[key], drafts.projects)}</div>
                  </li>
                ))}
              </ul>
            </details>
          </Notice>
        ) : (
          <Notice tone="kept">{drafts.projects.known}</Notice>
        )}
        <ProjectFactList facts={project.facts} needs={needs as never} />
        <p>
          <a href={paths.projectFacts(project.code)}>{words.change}</a>
        </p>
      </Section>
    </Page>
  )
}
