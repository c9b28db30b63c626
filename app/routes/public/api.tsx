import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { localeOf } from '#app/http/locale.server.ts'
import { shownApi } from '#app/http/openapi/shown.ts'
import { theServices } from '#app/http/services.server.ts'
import { paths } from '#app/paths.ts'
import { ApiCall } from '#app/ui/api-call.tsx'
import { ApiFields } from '#app/ui/api-fields.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.api.title)

export function loader({ request }: LoaderFunctionArgs) {
  return shownApi(localeOf(request), theServices().config.publicUrl)
}

/** The contract for programs, made of the document that `/api/openapi.json` is. */
export default function ApiPage() {
  const words = useWords().api
  const { calls, shapes } = useLoaderData<typeof loader>()
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.openData(), label: useWords().site.openData.title }} contents={[{ id: 'start', label: words.startTitle }, { id: 'calls', label: words.callsTitle }, { id: 'shapes', label: words.shapesTitle }]}>
      <Section id="start" title={words.startTitle} action={<a href={paths.api.document()} data-no-prefetch>{words.openApi}</a>}>
        <dl className="stack measure">
          {words.start.map(({ title, text }) => (
            <div key={title}>
              <dt><strong>{title}</strong></dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section id="calls" title={words.callsTitle}>
        <DataTable
          caption={words.callsTitle}
          rows={calls}
          keyOf={({ id }) => id}
          empty={{ title: '' }}
          columns={[
            { key: 'call', label: words.call, main: true, cell: ({ id, method, path }) => <a href={`#${id}`}><CodeText copy={false}>{`${method} ${path}`}</CodeText></a> },
            { key: 'meaning', label: words.meaning, cell: ({ title }) => title },
            { key: 'needs', label: words.needs, cell: ({ scope, asks }) => (scope ? <CodeText copy={false}>{scope}</CodeText> : asks === 'client' ? words.clientSecret : words.open) },
          ]}
        />
      </Section>
      {calls.map((call) => <ApiCall key={call.id} call={call} />)}
      <Section id="shapes" title={words.shapesTitle}>
        <div className="stack">
          {shapes.map(({ name, title, fields }) => (
            <div key={name} id={name}>
              <h3 className="mb-2">{title} <CodeText copy={false}>{name}</CodeText></h3>
              <ApiFields caption={title} fields={fields} />
            </div>
          ))}
        </div>
      </Section>
    </Page>
  )
}
