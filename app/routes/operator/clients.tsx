import { data, type ActionFunctionArgs, type HeadersFunction, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { API_SCOPES, NewClientForm } from '#app/domain/accounts/api-client.ts'
import { openClient, showApiClients } from '#app/domain/accounts/keep-api-client.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { ClientState, IssuedSecret, ScopeField, ScopeList } from '#app/ui/api-client.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Field, kept, keptAll, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

/** A page with a secret stays in no cache. */
const NO_STORE = { 'Cache-Control': 'private, no-store' }
export const headers: HeadersFunction = ({ actionHeaders }) => actionHeaders

export const meta = titled((words) => words.clients.title)

export async function loader(arrived: LoaderFunctionArgs) {
  return showApiClients(await enterAs(arrived, 'keep:api-client'))
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'keep:api-client')
  return submit(arrived.request, NewClientForm, async (form) => data({ issued: await openClient(context, form) }, { headers: NO_STORE }))
}

/** The machines of the division's authorities, and a new one. */
export default function Clients() {
  const words = useWords().clients
  const { clients, authorities } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const issued = answer && 'issued' in answer ? answer.issued : null
  const rejected = answer && 'errors' in answer ? (answer as Rejected) : null
  const labels = { authority: words.authority, name: words.name, scopes: words.scopes }
  return (
    <Page title={words.title} lead={words.lead}>
      {issued ? <IssuedSecret {...issued} /> : null}
      <Section title={words.standing}>
        <DataTable
          caption={words.standing}
          rows={clients}
          keyOf={({ id }) => id}
          columns={[
            { key: 'name', main: true, label: words.name, cell: ({ id, name }) => <a href={paths.client(id)}>{name}</a> },
            { key: 'authority', label: words.authority, cell: ({ authority }) => authority.name },
            { key: 'state', label: words.state, cell: (one) => <ClientState {...one} /> },
            { key: 'scopes', label: words.scopes, cell: ({ scopes }) => <ScopeList scopes={scopes} /> },
            { key: 'last', label: words.lastToken, cell: ({ lastTokenAt }) => (lastTokenAt ? <Instant at={lastTokenAt} bare /> : words.never) },
          ]}
          empty={words.none}
        />
      </Section>
      <Section title={words.make}>
        <PostForm action={paths.clients()} rejected={rejected} labels={labels}>
          <Field kind="select" name="authority" label={words.authority} placeholder={words.choose} options={authorities.map(({ id, name }) => ({ value: id, label: name }))} {...kept(rejected, 'authority')} />
          <Field name="name" label={words.name} hint={words.nameHint} maxLength={60} {...kept(rejected, 'name')} />
          <ScopeField label={words.scopes} hint={words.scopesHint} scopes={API_SCOPES} {...keptAll(rejected, 'scopes')} />
          <div className="actions"><Button kind="main">{words.make}</Button></div>
        </PostForm>
      </Section>
    </Page>
  )
}
