import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { showEntry } from '#app/domain/ledger/show-entry.server.ts'
import { entryProof } from '#app/domain/ledger/entry-proof.ts'
import { enter } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { theVerifier } from '#app/http/verifier.server.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from '#app/ui/code-text.tsx'
import { entrySentence } from '#app/ui/entry-sentence.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Proof } from '#app/ui/proof.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'
import { VerifyPanel } from '#app/ui/verify-panel.tsx'

export const meta = titled<typeof loader>((words, data) => (data ? entrySentence(words, data.entry) : words.ledger.entry.title))

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enter(arrived)
  const shown = await orPage(arrived.request, showEntry(context, { id: arrived.params.id ?? '' }))
  return { ...shown, verifier: theVerifier(context.keyring, localeOf(arrived.request)), file: entryProof(context.keyring, shown) }
}

export default function LedgerEntry() {
  const words = useWords()
  const { entry, promisedBy, proof, verifier, file } = useLoaderData<typeof loader>()
  const { entry: own } = words.ledger
  return (
    <Page
      title={entrySentence(words, entry)}
      kicker={own.title}
      back={{ href: paths.ledger(), label: own.back }}
      aside={
        <Proof entry={entry.id} leafHash={entry.leafHash} index={proof?.index ?? null} checkpoint={proof?.checkpoint ?? null} recordedAt={entry.recordedAt} promisedBy={promisedBy} />
      }
    >
      <Facts
        items={[
          { label: own.subject, value: <CodeText>{entry.subject}</CodeText>, note: <a href={paths.ledgerStory(entry.subject)}>{own.story}</a> },
          { label: own.kind, value: <CodeText copy={false}>{entry.kind}</CodeText> },
          { label: own.at, value: <Instant at={entry.at} seconds /> },
          { label: own.recordedAt, value: <Instant at={entry.recordedAt} seconds />, note: toldLater(entry) ? own.recordedNote : null },
          entry.payload ? { label: own.payload, value: <a href={paths.payload(entry.payload)} data-no-prefetch>{own.openPayload}</a> } : null,
        ]}
      />
      <Section title={own.bodyTitle} lead={<p>{own.body}</p>}>
        <pre className="code-block" tabIndex={0}>{entry.body}</pre>
      </Section>
      {proof ? (
        <Section title={own.proofTitle} lead={<p>{own.howTo}</p>}>
          <div className="stack">
            {proof.hashes.length ? (
              <>
                <h3>{own.hashes}</h3>
                <ol className="code-list">{proof.hashes.map((hash) => <li key={hash}><CodeText copy={false}>{hash}</CodeText></li>)}</ol>
              </>
            ) : (
              <p>{own.noHashes}</p>
            )}
            <h3>{own.note}</h3>
            <pre className="code-block" tabIndex={0}>{proof.checkpoint.note}</pre>
            <VerifyPanel verifier={verifier} given={file} />
            <p className="no-print">
              <a href={paths.ledgerProof(entry.id)} download>{words.verify.linkProof}</a>
            </p>
          </div>
        </Section>
      ) : null}
    </Page>
  )
}

const MINUTE = 60_000

function toldLater({ at, recordedAt }: { at: string; recordedAt: string }): boolean {
  return Date.parse(recordedAt) - Date.parse(at) > MINUTE
}
