import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { showFrame } from '#app/domain/divisions/show-frame.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from '#app/ui/code-text.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.site.openData.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const { marketplace } = await showFrame(await enter(arrived))
  return { division: marketplace?.divisionCode }
}

export default function OpenData() {
  const words = useWords().site.openData
  const { division } = useLoaderData<typeof loader>()
  const files = [
    { href: paths.api.catalogue({ division }), ...words.files.catalogue },
    { href: paths.checkpoint(), ...words.files.checkpoint },
    { href: paths.keys(), ...words.files.keys },
  ]
  const patterns = [
    { path: '/ledger/tile/{level}/{index}', ...words.patterns.tiles },
    { path: '/ledger/payload/{sha256}', ...words.patterns.payloads },
    { path: '/ledger/entries/{id}/proof.json', ...words.patterns.proofs },
    { path: '/tenders/{number}/bundle.json', ...words.patterns.bundles },
  ]
  return (
    <Page title={words.title} lead={words.lead}>
      <Section title={words.filesTitle}>
        <DataTable
          caption={words.filesTitle}
          keyOf={({ href }) => href}
          rows={files}
          empty={{ title: '' }}
          columns={[
            { key: 'name', label: words.name, main: true, cell: ({ href, name }) => <a href={href}>{name}</a> },
            { key: 'format', label: words.format, cell: ({ format }) => format },
            { key: 'text', label: words.contents, cell: ({ text }) => text },
          ]}
        />
      </Section>
      <Section title={words.patternsTitle} lead={<p>{words.patternsLead}</p>}>
        <DataTable
          caption={words.patternsTitle}
          keyOf={({ path }) => path}
          rows={patterns}
          empty={{ title: '' }}
          columns={[
            { key: 'name', label: words.name, main: true, cell: ({ name }) => name },
            { key: 'path', label: words.address, cell: ({ path }) => <CodeText copy={false}>{path}</CodeText> },
            { key: 'text', label: words.contents, cell: ({ text }) => text },
          ]}
        />
        <p className="mt-4">
          <a href={paths.ledger()}>{words.ledger}</a>
        </p>
      </Section>
      <Section title={words.callsTitle} lead={<p>{words.callsLead}</p>}>
        <p>
          <a href={paths.api.page()}>{words.callsLink}</a>
        </p>
      </Section>
      <Section title={words.termsTitle}>
        <p className="measure">{words.terms}</p>
      </Section>
    </Page>
  )
}
