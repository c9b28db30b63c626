import { data, redirect, type ActionFunctionArgs, type HeadersFunction, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { ClientAct } from '#app/domain/accounts/api-client.ts'
import { changeClient, showApiClient } from '#app/domain/accounts/keep-api-client.server.ts'
import { ConnectionAct } from '#app/domain/events/connection.ts'
import { endConnection, showConnections } from '#app/domain/events/keep-connections.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { keptCode } from '#app/http/kept-code.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { ClientConnections } from '#app/ui/client-connections.tsx'
import { ClientState, IssuedSecret, ScopeField, ScopeList } from '#app/ui/api-client.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Field, kept, keptAll, type Rejected } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

const DONE = ['narrowed', 'revoked', 'ended'] as const
const Act = z.discriminatedUnion('act', [ClientAct, ConnectionAct], 'forms.custom')

/** A page with a secret stays in no cache. */
const NO_STORE = { 'Cache-Control': 'private, no-store' }
export const headers: HeadersFunction = ({ actionHeaders }) => actionHeaders

export const meta = titled((words) => words.clients.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'keep:api-client')
  const id = keptCode(arrived.request, arrived.params.id)
  const [client, connections] = await orPage(arrived.request, Promise.all([showApiClient(context, { id }), showConnections(context, { client: id })]))
  const done = new URL(arrived.request.url).searchParams.get('done')
  return { client, connections, done: DONE.find((each) => each === done) ?? null }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'keep:api-client')
  const id = arrived.params.id ?? ''
  return submit(arrived.request, Act, async (act) => {
    if (act.act === 'end') {
      await endConnection(context, { client: id, ...act })
      return redirect(paths.client(id, { done: 'ended' }))
    }
    const issued = await changeClient(context, { id, ...act })
    return issued ? data({ issued }, { headers: NO_STORE }) : redirect(paths.client(id, { done: act.act === 'narrow' ? 'narrowed' : 'revoked' }))
  })
}

/** One machine of an authority: its secret, its scopes, its end. */
export default function Client() {
  const words = useWords().clients
  const { client: { id, name, authority, scopes, version, createdAt, lastTokenAt, previousUntil, revokedAt }, connections, done } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const issued = answer && 'issued' in answer ? answer.issued : null
  const rejected = answer && 'errors' in answer ? (answer as Rejected) : null
  const of = (act: string) => (rejected?.values.act === act ? rejected : null)
  const values = (act: string) => ({ act, version: String(version) })
  return (
    <Page title={name} kicker={authority.name} back={{ href: paths.clients(), label: words.title }}>
      {issued ? <IssuedSecret {...issued} /> : null}
      {done ? <Notice tone="kept">{words.done[done]}</Notice> : null}
      {rejected ? <ErrorSummary errors={rejected.errors} labels={{ scopes: words.keep, overlap: words.overlap }} /> : null}
      <Facts
        items={[
          { label: words.state, value: <ClientState previousUntil={previousUntil} revokedAt={revokedAt} /> },
          { label: words.id, value: <CodeText>{id}</CodeText> },
          { label: words.authority, value: authority.name, note: <CodeText>{authority.uscc}</CodeText> },
          { label: words.scopes, value: <ScopeList scopes={scopes} /> },
          { label: words.createdAt, value: <Instant at={createdAt} /> },
          { label: words.lastToken, value: lastTokenAt ? <Instant at={lastTokenAt} /> : words.never },
          ...(previousUntil ? [{ label: words.previousUntil, value: <Instant at={previousUntil} /> }] : []),
          ...(revokedAt ? [{ label: words.revokedAt, value: <Instant at={revokedAt} /> }] : []),
        ]}
      />
      {revokedAt ? null : (
        <>
          <Section title={words.rotate}>
            <Confirm title={words.rotate} consequences={words.rotateConsequences} action={paths.client(id)} values={values('rotate')} open={Boolean(of('rotate'))} begins repeatable>
              <Field kind="radio" name="overlap" label={words.overlap} options={(['overlap', 'at-once'] as const).map((value) => ({ value, label: words.overlaps[value], hint: words.overlapHints[value] }))} {...kept(of('rotate'), 'overlap', 'overlap')} />
            </Confirm>
          </Section>
          {scopes.length > 1 ? (
            <Section title={words.narrow}>
              <Confirm title={words.narrow} consequences={words.narrowConsequences} action={paths.client(id)} values={values('narrow')} open={Boolean(of('narrow'))}>
                <ScopeField label={words.keep} scopes={scopes} {...keptAll(of('narrow'), 'scopes', scopes)} />
              </Confirm>
            </Section>
          ) : null}
          <Section title={words.revoke}>
            <Confirm title={words.revoke} consequences={words.revokeConsequences} action={paths.client(id)} values={values('revoke')} />
          </Section>
        </>
      )}
      <ClientConnections of={connections} client={id} />
    </Page>
  )
}
