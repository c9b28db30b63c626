import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import type { Context } from '#app/domain/context.ts'
import { consistencyFile } from '#app/domain/ledger/entry-proof.ts'
import { findCheckpoints, showConsistency, type Consistency } from '#app/domain/ledger/show-consistency.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { enter } from '#app/http/enter.server.ts'
import { keysetOf } from '#app/http/keyset.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { theVerifier } from '#app/http/verifier.server.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from '#app/ui/code-text.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'
import { VerifyPanel } from '#app/ui/verify-panel.tsx'
import { sentenceOf, wordsOf } from '#app/words/words.ts'

export const meta = titled((words) => words.ledger.consistency.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const query = new URL(arrived.request.url).searchParams
  const context = await enter(arrived)
  const checkpoints = await findCheckpoints(context)
  // Without a question the two newest checkpoints are compared, so that the page shows what it is for.
  const to = keysetOf(query.get('to')) ?? checkpoints[0]?.size
  const from = keysetOf(query.get('from')) ?? checkpoints[1]?.size ?? to
  const compared = from === undefined || to === undefined ? { result: null, wrong: null } : await compare(context, { from, to }, arrived.request)
  return { checkpoints, from, to, verifier: theVerifier(context.keyring, localeOf(arrived.request)), file: compared.result && consistencyFile(compared.result), ...compared }
}

async function compare(context: Context, sizes: { from: number; to: number }, request: Request): Promise<{ result: Consistency | null; wrong: string | null }> {
  try {
    return { result: await showConsistency(context, sizes), wrong: null }
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { result: null, wrong: sentenceOf(wordsOf(localeOf(request)), error.code, error.params) }
  }
}

export default function LedgerConsistency() {
  const { ledger: words } = useWords()
  const { consistency: own } = words
  const { checkpoints, from, to, verifier, file, result, wrong } = useLoaderData<typeof loader>()
  return (
    <Page title={own.title} lead={own.lead} back={{ href: paths.ledger(), label: words.entry.back }}>
      <Filter
        action={paths.ledgerConsistency()}
        label={own.filter}
        fields={[
          { kind: 'search', name: 'from', label: own.from, value: from === undefined ? '' : String(from) },
          { kind: 'search', name: 'to', label: own.to, value: to === undefined ? '' : String(to) },
        ]}
      />
      {wrong ? <Notice tone="refused" alert>{wrong}</Notice> : null}
      {result ? <Compared result={result} /> : null}
      {file ? <VerifyPanel verifier={verifier} given={file} /> : null}
      <Section title={own.newest}>
        <DataTable
          caption={own.newest}
          rows={checkpoints}
          keyOf={({ root }) => root}
          empty={own.empty}
          columns={[
            { key: 'size', label: words.state.size, main: true, cell: ({ size }) => words.state.sizeOf(size) },
            { key: 'signed', label: words.state.signed, cell: ({ signedAt }) => <Instant at={signedAt} seconds /> },
            { key: 'root', label: words.state.root, cell: ({ root }) => <CodeText short={16}>{root}</CodeText> },
            { key: 'since', label: own.since, cell: ({ size }) => <a href={paths.ledgerConsistency({ from: size, to: checkpoints[0]?.size })}>{own.compare(size)}</a> },
          ]}
        />
      </Section>
    </Page>
  )
}

function Compared({ result }: { result: Consistency }) {
  const { ledger: words } = useWords()
  const { consistency: own } = words
  const { from, to, proof, holds } = result
  return (
    <>
      <Notice tone={holds ? 'kept' : 'refused'}>{holds ? own.holds(from.size, to.size) : own.broken}</Notice>
      <Facts
        items={[
          { label: own.rootOf(from.size), value: <CodeText>{from.root}</CodeText>, note: own.rootNote },
          from.size === to.size ? null : { label: own.rootOf(to.size), value: <CodeText>{to.root}</CodeText> },
        ]}
      />
      <Section title={own.proof}>
        {proof.length ? <ol className="code-list">{proof.map((hash) => <li key={hash}><CodeText copy={false}>{hash}</CodeText></li>)}</ol> : <p>{own.noProof}</p>}
      </Section>
    </>
  )
}
