import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { HolderKeyForm } from '#app/domain/bids/holder-key-form.ts'
import { registerHolderKey } from '#app/domain/bids/register-holder-key.server.ts'
import { showHolderKeys } from '#app/domain/bids/show-holder-keys.server.ts'
import { clientScript } from '#app/http/client-script.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { useNonce } from '#app/nonce.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Facts } from '#app/ui/facts.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { FileInput, PassphraseInput } from '#app/ui/key-inputs.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.keys.own.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'hold:key')
  return { keys: await showHolderKeys(context), script: clientScript('app/client/opening-key.ts'), done: new URL(arrived.request.url).searchParams.get('done') === 'registered' }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'hold:key')
  return submit(arrived.request, HolderKeyForm, async ({ publicKey }) => {
    await registerHolderKey(context, { publicKey })
    return redirect(paths.openingKey({ done: 'registered' }))
  })
}

/** Where an organisation makes the key with which it opens its shares, and registers its public half. */
export default function OpeningKey() {
  const words = useWords().keys.own
  const nonce = useNonce()
  const { keys: [current, ...earlier], script, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  return (
    <Page title={words.title} lead={words.lead}>
      {done && !rejected ? <Notice tone="kept" title={words.done.title}>{words.done.text}</Notice> : null}
      <Section title={words.current}>
        {current ? (
          <Facts
            items={[
              { label: words.publicKey, value: <CodeText>{current.publicKey}</CodeText> },
              { label: words.since, value: <Instant at={current.registeredAt} /> },
              { label: words.entry, value: <a href={paths.ledgerEntry(current.ledgerEntryId)}>{words.seeEntry}</a> },
            ]}
          />
        ) : (
          <Notice title={words.none.title}>{words.none.text}</Notice>
        )}
        {current ? <p className="small measure mt-4">{words.lost}</p> : null}
      </Section>
      <div data-opening-key={JSON.stringify({ words: words.live, about: words.about })}>
        <p className="measure" data-part="needs">{words.noScript}</p>
        <div className="stack" data-part="tools" hidden>
          <Section title={words.make} lead={words.makeLead}>
            <div className="form">
              <PassphraseInput part="new" label={words.passphrase} hint={words.passphraseHint} isNew />
              <PassphraseInput part="again" label={words.again} isNew />
              <div className="actions"><Button type="button" kind={current ? 'plain' : 'main'} data-part="make">{words.makeButton}</Button></div>
              <p className="measure break-words" role="status" data-part="made" />
            </div>
          </Section>
          <Section title={words.register} lead={words.registerLead}>
            <PostForm rejected={rejected} labels={{ publicKey: words.publicKey }}>
              <FileInput of="publicKey" label={words.file} />
              <PassphraseInput part="passphrase" label={words.passphrase} />
              <div className="actions"><Button type="button" data-part="check">{words.check}</Button></div>
              <p className="measure break-words" role="status" data-part="checked" />
              <input type="hidden" name="publicKey" data-part="public" autoComplete="off" />
              <div className="actions" data-part="register" hidden><Button kind="main">{words.submit}</Button></div>
            </PostForm>
          </Section>
        </div>
        {script ? <script type="module" src={script} nonce={nonce} suppressHydrationWarning /> : null}
      </div>
      {earlier.length ? (
        <Section title={words.earlier} lead={words.earlierNote}>
          <DataTable
            caption={words.earlier}
            rows={earlier}
            keyOf={({ publicKey }) => publicKey}
            empty={{ title: words.earlier }}
            columns={[
              { key: 'key', label: words.publicKey, main: true, cell: ({ publicKey }) => <CodeText short={16}>{publicKey}</CodeText> },
              { key: 'since', label: words.since, cell: ({ registeredAt }) => <Instant at={registeredAt} /> },
            ]}
          />
        </Section>
      ) : null}
    </Page>
  )
}
