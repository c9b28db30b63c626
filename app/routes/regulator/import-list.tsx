import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { z } from 'zod'
import { fieldAt } from '#app/domain/catalogue/fields.ts'
import { importList } from '#app/domain/governance/import-list.server.ts'
import type { FileFault } from '#app/domain/governance/list-file.ts'
import { ProposalForm } from '#app/domain/governance/proposal-form.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { readList } from '#app/http/read-list.server.ts'
import { sentenceAt, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { ProposalFields, proposalLabels } from '#app/ui/proposal-fields.tsx'
import { titled } from '#app/ui/titled.ts'
import { Upload } from '#app/ui/upload.tsx'

export const meta = titled((words) => words.governance.import.title)

/** A file that is wrong throughout says so with its first faults; nobody mends five thousand at a sitting. */
const MOST_SHOWN = 500

export async function loader(arrived: LoaderFunctionArgs) {
  await enterAs(arrived, 'propose:listing')
  return null
}

const ImportForm = ProposalForm.extend({ whole: z.enum(['keep', 'retire'], 'forms.invalid_value').default('keep') })

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'propose:listing')
  const body = arrived.request.clone()
  const read = await readList(body, 'file').catch((error: unknown) => {
    if (!isRefusal(error)) throw error
    return error
  })
  // What is wrong with the file is said together with everything else.
  const file = z.preprocess(() => '', z.string().superRefine((_, issues) => {
    if (isRefusal(read)) issues.addIssue({ code: 'custom', message: read.code, params: read.params })
  }))
  return submit(arrived.request, ImportForm.extend({ file }), async ({ whole, file: _file, ...said }) => {
    if (isRefusal(read)) throw read
    const { items, unknown, fileName, placeOf } = read
    const imported = unknown.length ? { faults: unknown } : await importList(context, { ...said, items, isWhole: whole === 'retire' })
    if ('id' in imported) return redirect(paths.draftProposal(imported.id, { done: 'imported', file: fileName }))
    const faults = imported.faults.map((fault) => ({ place: placeOf(fault), field: fieldOf(fault), value: fault.value, why: sentenceAt(arrived.request, fault) }))
    return data({ errors: {}, values: { ...said, whole }, faults: faults.slice(0, MOST_SHOWN), count: faults.length }, { status: 422 })
  })
}

/** What the list has no field for has no name either. */
function fieldOf({ pointer, code }: FileFault) {
  return code === 'governance.file-unknown' ? null : (fieldAt(pointer) ?? ('code' as const))
}

export default function ImportList() {
  const { governance: all, catalogue } = useWords()
  const words = all.import
  const answer = useActionData<typeof action>()
  const rejected = answer as Rejected | undefined
  const found = answer && 'faults' in answer ? answer : null
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.governance(), label: catalogue.governance.title }}>
      {found ? (
        <Section title={words.caption}>
          <Notice tone="refused" alert takesFocus>{words.faults(found.count)}</Notice>
          <DataTable
            caption={words.caption}
            rows={found.faults.map((fault, place) => ({ ...fault, key: String(place) }))}
            keyOf={({ key }) => key}
            empty={all.noChange}
            columns={[
              { key: 'place', label: words.faultColumns.place, main: true, cell: ({ place }) => <code className="code break-all">{place}</code> },
              { key: 'field', label: words.faultColumns.field, cell: ({ field }) => (field === null ? all.nothing : field === 'code' ? words.code : all.fields[field]) },
              { key: 'value', label: words.faultColumns.value, cell: ({ value }) => <span className="break-all">{value || all.nothing}</span> },
              { key: 'why', label: words.faultColumns.why, cell: ({ why }) => why },
            ]}
          />
        </Section>
      ) : null}
      <PostForm rejected={found ? null : rejected} labels={{ ...proposalLabels(all.draft), file: words.file, whole: words.whole }} upload>
        <Upload name="file" label={words.file} hint={<>{words.fileHint} <a href={paths.listFile('catalogue.xlsx')} download>{words.current} · {all.files.xlsx}</a> · <a href={paths.listFile('catalogue.json')} download>{all.files.json}</a></>} accept=".xlsx,.json" errors={rejected?.errors.file} />
        <Field kind="radio" name="whole" label={words.whole} {...kept(rejected, 'whole', 'keep')} options={(['keep', 'retire'] as const).map((value) => ({ value, label: words.wholes[value] }))} />
        <ProposalFields rejected={rejected} />
        <div className="actions"><Button kind="main">{words.button}</Button></div>
      </PostForm>
    </Page>
  )
}
