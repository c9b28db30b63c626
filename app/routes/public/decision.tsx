import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { showDecision, showPublicDecision } from '#app/domain/guard/show-decision.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { qrOf } from '#app/http/qr.server.ts'
import { theServices } from '#app/http/services.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from '#app/ui/code-text.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { GuardAnswer } from '#app/ui/guard-answer.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Proof } from '#app/ui/proof.tsx'
import { Qr } from '#app/ui/qr.tsx'
import { Day, Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.guard.decision.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const id = arrived.params.id ?? ''
  const context = await enter(arrived)
  const decision = await orPage(arrived.request, showPublicDecision(context, id))
  const whole = decision.whole ? JSON.stringify(await showDecision(context, id), null, 2) : null
  return { decision, whole, qr: qrOf(`${theServices().config.publicUrl}${paths.decision(decision.id)}`) }
}

export default function RecordedDecision() {
  const all = useWords().guard
  const words = all.decision
  const { decision, whole, qr } = useLoaderData<typeof loader>()
  const { listing, ledger, signature } = decision
  return (
    <Page
      title={words.title}
      lead={words.lead}
      kicker={words.kicker(decision.id.slice(0, 8))}
      aside={
        <>
          <Proof entry={ledger.entry} leafHash={ledger.leafHash} index={ledger.index} checkpoint={ledger.checkpoint} recordedAt={decision.decidedAt} promisedBy={ledger.promisedBy} />
          <Qr code={qr} label={all.ask.qrAlt} />
        </>
      }
    >
      <GuardAnswer answer={decision} listing={listing && { code: listing.item }} />
      <Section title={words.facts}>
        <Facts
          items={[
            { label: words.authority, value: decision.authority },
            { label: words.item, value: decision.approvalItem },
            { label: words.listing, value: listing ? <a href={paths.listing(listing.item, { on: decision.demandedOn })}>{listing.name}</a> : words.unlisted, note: words.wordsWithheld },
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
