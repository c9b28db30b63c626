import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { CODE_KINDS, NationalCodeForm } from '#app/domain/exchange/national-code.ts'
import { nameNationalCode, showNationalCodes } from '#app/domain/exchange/name-national-code.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { normalise } from '#app/http/normalise.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Confirm } from '#app/ui/confirm.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.exchange.codes.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'name:national-code')
  const asked = new URL(arrived.request.url).searchParams
  const kind = CODE_KINDS.find((one) => one === asked.get('kind')) ?? 'service'
  return { codes: await showNationalCodes(context), kind, key: normalise(asked.get('key') ?? '').slice(0, 64), done: asked.get('done') === 'named' }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'name:national-code')
  return submit(arrived.request, NationalCodeForm, async (form) => {
    await nameNationalCode(context, form)
    return redirect(paths.nationalCodes({ done: 'named' }))
  })
}

/** Where the regulator names national codes, reached from a row that lacks one. */
export default function NationalCodes() {
  const { exchange } = useWords()
  const words = exchange.codes
  const { codes, kind, key, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.exchange(), label: exchange.title }}>
      {rejected ? <ErrorSummary errors={rejected.errors} labels={{ kind: words.kind, key: words.key, code: words.code }} /> : null}
      {done && !rejected ? <Notice tone="kept" title={words.done.title} next={{ href: paths.exchange({ show: 'faulty' }), label: exchange.title }}>{words.done.text}</Notice> : null}
      <Confirm open begins repeatable title={words.button} consequences={words.consequences}>
        <Field kind="radio" name="kind" label={words.kind} options={CODE_KINDS.map((value) => ({ value, label: words.kinds[value] }))} {...kept(rejected, 'kind', kind)} />
        <Field name="key" label={words.key} hint={words.keyHint} maxLength={64} {...kept(rejected, 'key', key)} />
        <Field name="code" label={words.code} hint={words.codeHint} maxLength={60} {...kept(rejected, 'code', codes.find((one) => one.kind === kind && one.key === key)?.code)} />
      </Confirm>
      <Section id="codes" title={words.listTitle}>
        <DataTable
          caption={words.caption}
          rows={codes}
          keyOf={(one) => `${one.kind} ${one.key}`}
          columns={[
            { key: 'name', label: words.name, main: true, cell: ({ name }) => name },
            { key: 'kind', label: words.kind, cell: (one) => words.kinds[one.kind] },
            { key: 'key', label: words.key, cell: (one) => <a href={paths.nationalCodes({ kind: one.kind, key: one.key })}><code className="code">{one.key}</code></a> },
            { key: 'code', label: words.code, cell: ({ code }) => <code className="code">{code}</code> },
            { key: 'named', label: words.named, cell: ({ namedAt }) => <Instant at={namedAt} bare /> },
          ]}
          empty={words.none}
        />
      </Section>
    </Page>
  )
}
