import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findImports, prepareImport } from '#app/domain/agencies/import-agencies.server.ts'
import { MOST_ROWS } from '#app/domain/agencies/agency-import.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { readRegister } from '#app/http/read-register.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Facts } from '#app/ui/facts.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Rows } from '#app/ui/rows.tsx'
import { Status } from '#app/ui/status.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'
import { Upload } from '#app/ui/upload.tsx'

export const meta = titled((words) => words.registration.import.title)

export async function loader(arrived: LoaderFunctionArgs) {
  return { imports: await findImports(await enterAs(arrived, 'import:agencies')) }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'import:agencies')
  const body = arrived.request.clone()
  return submit(arrived.request, z.object({}), async () => {
    const { importId } = await prepareImport(context, await readRegister(body, 'file'))
    return redirect(paths.importReport(importId))
  })
}

export default function Imports() {
  const { registration } = useWords()
  const words = registration.import
  const { imports } = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  return (
    <Page title={words.title} lead={words.lead}>
      <Section title={words.fileTitle}>
        <PostForm action={paths.imports()} rejected={rejected} labels={{ file: words.file }} upload>
          <Upload name="file" label={words.file} hint={words.fileHint(MOST_ROWS)} accept=".xlsx,.json" errors={rejected?.errors.file} />
          <div className="actions"><Button kind="main">{words.check}</Button></div>
        </PostForm>
      </Section>
      <Section title={words.shape} lead={words.shapeLead}>
        <Facts
          items={[
            { label: words.firstSheet, value: Object.entries(registration.columns).filter(([field]) => ['uscc', 'name', 'divisionCode', 'legalRepresentative', 'phone', 'address', 'introduction'].includes(field)).map(([, label]) => label).join(words.comma) },
            { label: words.secondSheet, value: Object.entries(registration.columns).filter(([field]) => ['uscc', 'kind', 'grade', 'scope', 'issuer', 'number', 'validUntil'].includes(field)).map(([, label]) => label).join(words.comma) },
            { label: words.json, value: <code className="code">{words.jsonExample}</code> },
            { label: words.template, value: <><a href={paths.agenciesFile('agencies.xlsx')} download>{words.xlsx}</a> · <a href={paths.agenciesFile('agencies.json')} download>{words.jsonFile}</a></> },
          ]}
        />
      </Section>
      <Section title={words.earlier}>
        <Rows
          items={imports.map((one) => ({ key: one.id, href: paths.importReport(one.id), title: one.fileName, note: <>{words.rowCount(one.rows)} · <Instant at={one.uploadedAt} /></>, end: one.confirmedAt ? <Status tone="kept">{words.confirmed}</Status> : <Status>{words.waiting}</Status> }))}
          empty={words.empty}
        />
      </Section>
    </Page>
  )
}
