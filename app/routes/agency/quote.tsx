import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { QuoteForm } from '#app/domain/bids/auction-quote.ts'
import { placeQuote } from '#app/domain/bids/place-quote.server.ts'
import { showAuction } from '#app/domain/bids/show-auction.server.ts'
import { newId } from '#app/domain/chance.server.ts'
import { formatYuan } from '#app/domain/money.ts'
import { clientScript } from '#app/http/client-script.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { AuctionNotice } from '#app/ui/auction-notice.tsx'
import { AuctionPanel } from '#app/ui/auction-panel.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.auction.quoteTitle)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'submit:bid')
  const number = arrived.params.number!
  const auction = await orPage(arrived.request, showAuction(context, { number }))
  return { auction, quote: newId(), script: clientScript('app/client/live-auction.ts'), done: new URL(arrived.request.url).searchParams.get('done') === 'quoted' }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'submit:bid')
  const number = arrived.params.number!
  return submit(arrived.request, QuoteForm, async ({ quote, price }) => {
    await placeQuote(context, { number, id: quote, amountFen: price })
    return redirect(paths.quote(number, { done: 'quoted' }))
  })
}

/** Where a bidder makes a quote. It never loads itself again, so that nothing half typed is lost; with scripts its figures stay live beside the form. */
export default function Quote() {
  const { auction: words } = useWords()
  const { auction, quote, script, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const { number, title, now, own, stopped, ended } = auction
  const mayQuote = own !== null && !stopped && now.phase === 'running' && own.quotesLeft > 0 && own.highestFen > 0
  return (
    <Page back={{ href: paths.auction(number), label: words.title }} kicker={<CodeText>{number}</CodeText>} title={words.quoteTitle} lead={title}>
      {done && own?.lastId && !rejected ? <Notice tone="kept" title={words.done.title}>{words.done.text} <a href={paths.receipt(own.lastId)} download>{words.receipt}</a></Notice> : null}
      {own ? null : <Notice tone="refused">{words.refusals['not-a-bidder']}</Notice>}
      {stopped ? <Notice tone="refused" next={{ href: paths.tender(number), label: title }}>{words.stopped[stopped]}</Notice> : <AuctionNotice auction={auction} />}
      {own && now.phase === 'running' && own.quotesLeft === 0 ? <Notice>{words.refusals['too-many-quotes']({ count: auction.terms.quotesPerRound })}</Notice> : null}
      {mayQuote ? (
        <Section title={words.mine}>
          <PostForm rejected={rejected} labels={{ price: words.price }} id="quote">
            <input type="hidden" name="quote" value={quote} />
            <Field name="price" label={words.price} hint={words.hint(formatYuan(own.highestFen))} short inputMode="decimal" unit={words.unit} {...kept(rejected, 'price')} />
            <div className="actions">
              <Button kind="main">{words.submit}</Button>
              <ButtonLink href={paths.auction(number)}>{words.watch}</ButtonLink>
            </div>
          </PostForm>
          <noscript>
            <p className="small muted measure mt-4">{words.still}</p>
          </noscript>
        </Section>
      ) : rejected ? <ErrorSummary errors={rejected.errors} /> : null}
      <AuctionPanel auction={auction} script={ended ? null : script} />
    </Page>
  )
}
