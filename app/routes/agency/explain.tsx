import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { askEligibility } from '#app/domain/bids/ask-eligibility.server.ts'
import { explainQuote } from '#app/domain/bids/explain-quote.server.ts'
import { ExplanationForm, whyNotExplain } from '#app/domain/bids/explanation.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { ownPrice } from '#app/domain/tenders/tender-view.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { Remaining } from '#app/ui/remaining.tsx'
import { Price } from '#app/ui/tender-prices.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.pricing.explain.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'explain:quote')
  const number = arrived.params.number!
  const [shown, standing] = await Promise.all([orPage(arrived.request, showTender(context, { number })), askEligibility(context, { number })])
  const { tender, state, at, demo, prices } = shown
  const own = standing?.bid ? ownPrice(shown, standing.bid.id) : null
  return { number, title: tender.title, state, at, demo, price: prices?.find(({ bid }) => bid === own?.bid) ?? null, until: tender.opening?.explainUntil ?? null, why: whyNotExplain(tender, own, at) }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'explain:quote')
  const number = arrived.params.number!
  return submit(arrived.request, ExplanationForm, async ({ words }) => {
    await explainQuote(context, { number, words })
    return redirect(`${paths.tender(number)}?done=explained#prices`)
  })
}

/** Where an agency says why its low price is one that it can work for. */
export default function Explain() {
  const { pricing, sealing } = useWords()
  const words = pricing.explain
  const { number, title, state, at, demo, price, until, why } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  return (
    <Page back={{ href: paths.tender(number), label: title }} kicker={<CodeText>{number}</CodeText>} title={words.title} lead={<><TenderStatus state={state} /> {why ? title : words.lead}</>}>
      {why ? (
        <>
          {rejected ? <ErrorSummary errors={rejected.errors} /> : null}
          <Notice title={words.not.title} next={{ href: `${paths.tender(number)}#prices`, label: sealing.prices.title }}>{words.not[why]}</Notice>
        </>
      ) : (
        <>
          <Facts
            items={[
              price && { label: pricing.opened.yours, value: <Price price={price} /> },
              price && { label: pricing.opened.low, value: price.low.map((mark) => sealing.low[mark]).join(sealing.prices.and) },
              until && { label: words.until, value: <><Instant at={until} seconds={demo} /> <Remaining at={at} until={until} /></> },
            ]}
          />
          <PostForm rejected={rejected} labels={{ words: words.words, confirmed: words.confirmed }}>
            <Field kind="textarea" name="words" label={words.words} hint={words.wordsHint} rows={6} maxLength={1000} {...kept(rejected, 'words')} />
            <Field kind="checkbox" name="confirmed" label={words.confirmed} text={words.confirm} errors={rejected?.errors.confirmed} value={kept(rejected, 'confirmed').value === 'yes'} />
            <div className="actions">
              <Button kind="main">{words.button}</Button>
            </div>
          </PostForm>
        </>
      )}
    </Page>
  )
}
