import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ReleaseForm } from '#app/domain/bids/release.ts'
import { releaseShares } from '#app/domain/bids/release-shares.server.ts'
import { showRelease } from '#app/domain/bids/show-release.server.ts'
import { clientScript } from '#app/http/client-script.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { useNonce } from '#app/nonce.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { FileInput, PassphraseInput } from '#app/ui/key-inputs.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Status } from '#app/ui/status.tsx'
import { Deadline, Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.keys.release.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'hold:key')
  const shown = await orPage(arrived.request, showRelease(context, { number: arrived.params.number! }))
  return { shown, script: clientScript('app/client/release-shares.ts'), done: new URL(arrived.request.url).searchParams.get('done') === 'released' }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'hold:key')
  const number = arrived.params.number!
  await orPage(arrived.request, showRelease(context, { number }))
  return submit(arrived.request, ReleaseForm, async ({ shares }) => {
    await releaseShares(context, { number, shares })
    return redirect(paths.releaseKeys(number, { done: 'released' }))
  })
}

/** Where a holder opens its shares in its own browser and shows them; and who of the others has. */
export default function ReleaseKeys() {
  const { release: words, holders: names } = useWords().keys
  const nonce = useNonce()
  const { shown, script, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const { number, title, state, own, publicKey, threshold, holders, releaseBy } = shown
  return (
    <Page back={{ href: paths.tender(number), label: title }} kicker={<CodeText>{number}</CodeText>} title={words.title} lead={state === 'open' ? words.lead : title}>
      {(done || state === 'released') && !rejected ? <Notice tone="kept" title={words.done.title}>{words.done.text}</Notice> : null}
      {state === 'too-early' ? <Notice title={words.notYet.title} next={{ href: paths.releaseKeys(number), label: words.title }}>{words.notYet.text}</Notice> : null}
      {state === 'opened' || state === 'stopped' || state === 'before' ? <Notice title={words.over.title} next={{ href: paths.tender(number), label: title }}>{words.over[state]}</Notice> : null}
      <Section title={words.caption}>
        <Facts items={[{ label: words.threshold, value: words.thresholdOf(threshold, holders.length) }, releaseBy !== null && { label: words.until, value: <Deadline at={releaseBy} seconds /> }]} />
        <DataTable
          caption={words.caption}
          rows={holders}
          keyOf={({ id }) => id}
          empty={{ title: words.caption }}
          columns={[
            { key: 'holder', label: words.holder, main: true, cell: ({ id }) => names[id] ?? id },
            { key: 'key', label: words.key, cell: (holder) => <CodeText short={16}>{holder.publicKey}</CodeText> },
            { key: 'state', label: words.state, cell: ({ id, releasedAt }) => (releasedAt ? <><Status tone="kept">{words.shown}</Status> <Instant at={releasedAt} seconds /></> : id === 'platform' ? words.atOpening : <Status tone="open">{words.waiting}</Status>) },
          ]}
        />
      </Section>
      {state === 'open' ? (
        <Section title={words.unlock} id="release">
          <div data-release={JSON.stringify({ words: words.live, holder: own, publicKey, envelopes: paths.keyEnvelopes(number) })}>
            <p className="measure" data-part="needs">{words.noScript}</p>
            <div data-part="tools" hidden>
              <PostForm rejected={rejected} labels={{ shares: words.title }}>
                <FileInput of="shares" label={words.file} hint={words.fileHint} />
                <PassphraseInput part="passphrase" label={words.passphrase} />
                <div className="actions"><Button type="button" data-part="open">{words.open}</Button></div>
                <p className="measure" role="status" data-part="status" />
                <input type="hidden" name="shares" data-part="shares" autoComplete="off" />
                <div className="stack" data-part="send" hidden>
                  <ul className="small measure list-disc pl-6">{words.consequences.map((each) => <li key={each}>{each}</li>)}</ul>
                  <div className="actions"><Button kind="main">{words.send}</Button></div>
                </div>
              </PostForm>
            </div>
            {script ? <script type="module" src={script} nonce={nonce} suppressHydrationWarning /> : null}
          </div>
        </Section>
      ) : rejected ? <ErrorSummary errors={rejected.errors} /> : null}
    </Page>
  )
}
