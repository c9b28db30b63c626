import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import type { Context } from '#app/domain/context.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { theVerifier } from '#app/http/verifier.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { awardProofs } from '#app/ui/tender-verify.tsx'
import { titled } from '#app/ui/titled.ts'
import { VerifyCommand } from '#app/ui/verify-command.tsx'
import { VerifyPanel } from '#app/ui/verify-panel.tsx'
import { partsOf } from '#app/ui/verify-parts.ts'
import { sentenceOf, wordsOf, type Words } from '#app/words/words.ts'

export const meta = titled((words) => words.verify.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enter(arrived)
  const tender = new URL(arrived.request.url).searchParams.get('tender')?.trim() || null
  const found = tender === null ? { values: null, wrong: null } : await find(context, tender, arrived.request)
  return { verifier: theVerifier(context.keyring, localeOf(arrived.request)), tender, ...found }
}

/** What a bundle has for the eye, or why there is none. */
async function find(context: Context, number: string, request: Request): Promise<{ values: Awaited<ReturnType<typeof valuesOf>> | null; wrong: string | null }> {
  try {
    return { values: await valuesOf(context, number), wrong: null }
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { values: null, wrong: sentenceOf(wordsOf(localeOf(request)), error.code, error.params) }
  }
}

/** What of a bundle a person can compare by eye. */
async function valuesOf(context: Context, number: string) {
  const [bundle, shown] = await Promise.all([showBundle(context, { number }), showTender(context, { number })])
  const { tender, method, winner, ledger } = bundle
  const common = { tender, method, winner, checkpoint: checkpointOf(ledger), files: [paths.bundle(tender), ...awardProofs(shown.entries)] }
  if (bundle.method === 'direct') {
    const { named } = bundle.publication.facts as { named: string }
    const { bid } = bundle.steps.acceptance.facts as { bid: string }
    return { ...common, source: 'local' as const, named, acceptance: bid, drawn: null }
  }
  const { freeze, commitment, secret, beacon, leaves } = bundle
  const { draw } = freeze.facts as { draw: { poolRoot: string } }
  return { ...common, source: beacon?.source ?? 'local', named: null, acceptance: null, drawn: { root: draw.poolRoot, received: leaves.length, commitment, secret, beacon: beacon?.value ?? null } }
}

function checkpointOf(ledger: { checkpoint: string } | null): string | null {
  return ledger && ledger.checkpoint.split('\n').slice(0, 3).join('\n')
}

export default function Verify() {
  const words = useWords().verify
  const { verifier, tender, values, wrong } = useLoaderData<typeof loader>()
  const { find, byHand } = words
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.ledger(), label: words.back }}>
      <div className="no-print">
        <Filter action={paths.verify()} label={find.label} fields={[{ kind: 'search', name: 'tender', label: find.field, value: tender ?? '', placeholder: find.placeholder }]} />
      </div>
      {wrong === null ? null : <Notice tone="refused" alert>{wrong}</Notice>}
      <Section title={words.panel.title} id="verify">
        <VerifyPanel verifier={verifier} fetch={values?.files} early={values ? partsOf(values) : []} later="any" />
      </Section>
      {values ? (
        <Section title={byHand.title} lead={byHand.lead}>
          <Facts
            items={[
              ...(values.drawn ? drawnFacts(values.drawn, values.winner, byHand) : []),
              values.named !== null && { label: byHand.named, value: <CodeText>{values.named}</CodeText> },
              values.acceptance !== null && { label: byHand.acceptance, value: <CodeText>{values.acceptance}</CodeText> },
              values.named !== null && { label: byHand.awarded, value: values.winner === null ? byHand.declined : <CodeText>{values.winner}</CodeText> },
              { label: byHand.checkpoint, value: values.checkpoint ? <code className="code">{values.checkpoint}</code> : byHand.waiting },
            ]}
          />
          <div className="actions mt-4">
            <ButtonLink href={paths.bundle(values.tender)} download>{byHand.download}</ButtonLink>
            <ButtonLink kind="quiet" href={paths.tender(values.tender)}>{byHand.tender}</ButtonLink>
          </div>
        </Section>
      ) : null}
      <Section title={words.checks.title}>
        <ol className="measure list-decimal pl-6">
          {words.checks.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ol>
      </Section>
      <Section title={words.command.title}>
        <VerifyCommand file={values ? `${values.tender}.json` : undefined} />
      </Section>
    </Page>
  )
}

type Drawn = { root: string; received: number; commitment: string; secret: string | null; beacon: string | null }

/** What is there to compare where there was a pool. */
function drawnFacts({ root, received, commitment, secret, beacon }: Drawn, winner: string | null, byHand: Words['verify']['byHand']) {
  return [
    { label: byHand.received, value: byHand.receivedOf(received) },
    { label: byHand.root, value: <CodeText>{root}</CodeText> },
    { label: byHand.commitment, value: <CodeText>{commitment}</CodeText> },
    secret !== null && { label: byHand.secret, value: <CodeText>{secret}</CodeText> },
    beacon !== null && { label: byHand.beacon, value: <CodeText>{beacon}</CodeText> },
    { label: byHand.winner, value: beacon === null ? byHand.failed : winner === null ? byHand.nobody : <CodeText>{winner}</CodeText> },
  ]
}
