import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { countOutcomes, type ReportRow } from '#app/domain/agencies/agency-import.ts'
import { confirmImport, showImport } from '#app/domain/agencies/import-agencies.server.ts'
import { enter, enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Confirm } from '#app/ui/confirm.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Status, type Tone } from '#app/ui/status.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'
import { sentenceOf } from '#app/words/words.ts'

export const meta = titled((words) => words.registration.import.reportTitle)

/** What a page shows of a long report; the files have it whole. */
const MOST_SHOWN = 200
const TONES: Record<ReportRow['outcome'], Tone> = { new: 'open', imported: 'kept', refused: 'refused', duplicate: 'plain' }

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'import:agencies')
  const { report, ...found } = await orPage(arrived.request, showImport(context, { importId: arrived.params.id ?? '' }))
  // What needs somebody's eyes comes first.
  const order = ['refused', 'duplicate', 'new', 'imported']
  const rows = report.rows.toSorted((one, other) => order.indexOf(one.outcome) - order.indexOf(other.outcome)).slice(0, MOST_SHOWN)
  return { ...found, counts: countOutcomes(report), total: report.rows.length, rows: rows.map(({ agency: _, ...row }) => row), done: new URL(arrived.request.url).searchParams.get('done') }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enter(arrived)
  const importId = arrived.params.id ?? ''
  return submit(arrived.request, z.object({}), async () => {
    await confirmImport(context, { importId })
    return redirect(paths.importReport(importId, { done: 'imported' }))
  })
}

export default function ImportReport() {
  const all = useWords()
  const { registration } = all
  const words = registration.import
  const { id, fileName, sha256, uploadedAt, confirmedAt, counts, total, rows, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  const columns: Record<string, string> = registration.columns
  return (
    <Page title={words.reportTitle} kicker={fileName} lead={confirmedAt ? words.reportDone : words.reportLead} back={{ href: paths.imports(), label: words.title }}>
      {rejected ? <ErrorSummary errors={rejected.errors} /> : null}
      {done === 'imported' ? <Notice tone="kept" title={words.importedTitle(counts.imported)} next={{ href: paths.agencyQueue(), label: registration.queue.title }}>{words.importedText}</Notice> : null}
      <Facts
        items={[
          { label: words.rows, value: String(total) },
          { label: words.outcomes.new, value: String(counts.new) },
          { label: words.outcomes.imported, value: String(counts.imported) },
          { label: words.outcomes.refused, value: String(counts.refused) },
          { label: words.outcomes.duplicate, value: String(counts.duplicate) },
          { label: words.uploaded, value: <Instant at={uploadedAt} /> },
          { label: words.hash, value: <code className="code">{sha256}</code> },
          { label: words.reportFiles, value: <><a href={paths.importFile(id, 'report.xlsx')} download>{words.xlsx}</a> · <a href={paths.importFile(id, 'report.csv')} download>{words.csv}</a></> },
        ]}
      />
      {!confirmedAt && counts.new > 0 ? <Confirm begins title={words.confirm(counts.new)} consequences={words.confirmWhy} action={paths.importReport(id)} /> : null}
      <Section title={words.rowsTitle} lead={total > MOST_SHOWN ? words.firstRows(MOST_SHOWN) : undefined}>
        <DataTable
          caption={words.rowsTitle}
          rows={rows}
          keyOf={({ row, uscc }) => `${row} ${uscc}`}
          columns={[
            { key: 'name', label: columns.name!, main: true, cell: (one) => (one.outcome === 'imported' ? <a href={paths.checkAgency(one.uscc)}>{one.name}</a> : one.name || registration.none) },
            { key: 'row', label: words.row, number: true, cell: (one) => String(one.row) },
            { key: 'uscc', label: columns.uscc!, cell: (one) => <code className="code">{one.uscc}</code> },
            { key: 'outcome', label: words.outcome, cell: (one) => <Status tone={TONES[one.outcome]}>{words.outcomes[one.outcome]}</Status> },
            { key: 'why', label: words.why, cell: (one) => (one.faults.length ? <ul>{one.faults.map((fault, index) => <li key={index}>{words.faultAt(fault.row, columns[fault.field] ?? fault.field, fault.value)}{sentenceOf(all, fault.code, fault.params)}</li>)}</ul> : registration.none) },
          ]}
          empty={words.empty}
        />
      </Section>
    </Page>
  )
}
