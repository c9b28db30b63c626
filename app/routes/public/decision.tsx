import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { nameListings } from '#app/domain/catalogue/name-listings.server.ts'
import { showFrame } from '#app/domain/divisions/show-frame.server.ts'
import { can } from '#app/domain/accounts/actor.ts'
import { DEMANDED_ITEM } from '#app/domain/guard/guard.ts'
import { showStanding } from '#app/domain/guard/show-standing.server.ts'
import { showDecision, showPublicDecision } from '#app/domain/guard/show-decision.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { qrOf } from '#app/http/qr.server.ts'
import { theServices } from '#app/http/services.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { DecisionStanding } from '#app/ui/decision-standing.tsx'
import { FactOrigins } from '#app/ui/fact-origins.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { GuardAnswer } from '#app/ui/guard-answer.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { NearestListings } from '#app/ui/nearest-listings.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Proof } from '#app/ui/proof.tsx'
import { Qr } from '#app/ui/qr.tsx'
import { Day, Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

const DONE = ['upheld', 'withdrawn'] as const

export const meta = titled((words) => words.guard.decision.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const id = arrived.params.id ?? ''
  const context = await enter(arrived)
  const decision = await orPage(arrived.request, showPublicDecision(context, id))
  const shown = decision.whole ? await showDecision(context, id) : null
  const mine = Boolean(decision.whole) && can(context.actor, 'record:demand')
  const { marketplace } = await showFrame(context)
  const named = await nameListings(context.db, { codes: decision.nearest.map(({ item }) => item), divisionCode: marketplace?.divisionCode ?? '', on: decision.demandedOn })
  const standing = await showStanding(context, { id, whole: decision.whole })
  const done = new URL(arrived.request.url).searchParams.get('done')
  const watches = can(context.actor, 'adopt:listing')
  return { decision, named, whole: shown && JSON.stringify(shown, null, 2), origins: shown?.projectFacts ?? [], mine, watches, standing, done: DONE.find((each) => each === done) ?? null, qr: qrOf(`${theServices().config.publicUrl}${paths.decision(decision.id)}`) }
}

export default function RecordedDecision() {
  const { guard: all, reports } = useWords()
  const words = all.decision
  const { decision, named, whole, origins, mine, watches, standing, done, qr } = useLoaderData<typeof loader>()
  const { listing, ledger, signature, told } = decision
  const approvalItem = told?.approvalItem ?? decision.approvalItem ?? undefined
  return (
    <Page
      title={words.title}
      lead={words.lead}
      kicker={words.kicker(decision.id.slice(0, 8))}
      back={mine ? { href: paths.authorityDesk(), label: all.authority.title } : watches ? { href: paths.demands(), label: all.demands.title } : { href: paths.supervision(), label: all.supervision.title }}
      aside={
        <>
          <Proof entry={ledger.entry} leafHash={ledger.leafHash} index={ledger.index} checkpoint={ledger.checkpoint} recordedAt={decision.decidedAt} promisedBy={ledger.promisedBy} />
          <div className="mt-6">
            <p className="small muted">{all.ask.qrTitle}</p>
            <Qr code={qr} label={all.ask.qrAlt} />
          </div>
        </>
      }
    >
      {done ? <Notice tone="kept" title={reports.uphold.done[done].title}>{reports.uphold.done[done].text}</Notice> : null}
      <DecisionStanding answers={decision.answers} standing={standing} />
      <GuardAnswer answer={decision} listing={listing && { code: listing.item }} />
      {(!listing || decision.facts.includes(DEMANDED_ITEM)) && decision.nearest.length ? <NearestListings nearest={decision.nearest} named={named} approvalItem={approvalItem} /> : null}
      {mine && decision.verdict !== 'allowed' && !standing.answeredBy ? (
        <div className="actions no-print">
          <ButtonLink kind={decision.verdict === 'needs-facts' ? 'main' : 'plain'} href={paths.newDemand({ service: told?.words ?? listing?.item, item: approvalItem, caseNumber: told?.caseNumber ?? undefined, project: told?.projectCode ?? undefined })}>
            {decision.verdict === 'needs-facts' ? words.addFacts : words.again}
          </ButtonLink>
          {decision.verdict === 'refused' ? <ButtonLink href={paths.upholdDemand(decision.id)}>{reports.uphold.link}</ButtonLink> : null}
        </div>
      ) : null}
      {mine || watches || decision.verdict !== 'refused' || standing.answeredBy ? null : (
        <p className="no-print"><ButtonLink href={paths.report({ decision: decision.id })}>{reports.report.link}</ButtonLink></p>
      )}
      <Section title={words.facts}>
        <Facts
          items={[
            { label: words.authority, value: decision.authority },
            { label: words.item, value: approvalItem ?? words.itemUnknown },
            { label: words.listing, value: listing ? <a href={paths.listing(listing.item, { on: decision.demandedOn })}>{listing.name}</a> : words.unlisted, note: told ? undefined : words.wordsWithheld },
            told && { label: words.said, value: told.words, note: words.saidTo },
            told && { label: words.caseNumber, value: told.caseNumber ?? words.noCase },
            { label: words.commissioner, value: words.commissioners[decision.commissioner ?? 'nobody'] },
            { label: words.demandedOn, value: <Day day={decision.demandedOn} /> },
            { label: words.decidedAt, value: <Instant at={decision.decidedAt} seconds /> },
            { label: words.version, value: decision.catalogueVersion ? all.ask.version(decision.catalogueVersion) : all.ask.noVersion },
            {
              label: words.signature,
              value: <CodeText short={24}>{signature.value}</CodeText>,
              note: (
                <>
                  {words.signatureNote} <a href={paths.keys()} data-no-prefetch>{signature.keyId}</a>
                </>
              ),
            },
          ]}
        />
      </Section>
      <FactOrigins facts={origins} />
      {whole ? (
        <details className="no-print">
          <summary className="font-bold">{words.whole}</summary>
          <p className="small muted">{words.wholeNote}</p>
          <pre className="code overflow-x-auto" tabIndex={0}>
            {whole}
          </pre>
        </details>
      ) : null}
    </Page>
  )
}
