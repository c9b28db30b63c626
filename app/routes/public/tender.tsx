import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { can } from '#app/domain/accounts/actor.ts'
import { recordKeptUntil } from '#app/domain/awards/show-archive.server.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { askEligibility } from '#app/domain/bids/ask-eligibility.server.ts'
import { whyNotExplain } from '#app/domain/bids/explanation.ts'
import { ownPrice } from '#app/domain/tenders/tender-view.ts'
import { showAfterAward } from '#app/domain/contracts/show-after-award.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import type { Context } from '#app/domain/context.ts'
import { enter } from '#app/http/enter.server.ts'
import { theServices } from '#app/http/services.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { theVerifier } from '#app/http/verifier.server.ts'
import { paths } from '#app/paths.ts'
import { AuctionQuotes } from '#app/ui/auction-quotes.tsx'
import { Button } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { TenderAfter } from '#app/ui/tender-after.tsx'
import { TenderChanges } from '#app/ui/tender-changes.tsx'
import { resultTitle, TenderDraw } from '#app/ui/tender-draw.tsx'
import { TenderEligibility } from '#app/ui/tender-eligibility.tsx'
import { TenderFacts } from '#app/ui/tender-facts.tsx'
import { hasLots, TenderLots } from '#app/ui/tender-lots.tsx'
import { TenderMerit } from '#app/ui/tender-merit.tsx'
import { TenderNow } from '#app/ui/tender-now.tsx'
import { TenderObjections } from '#app/ui/tender-objections.tsx'
import { TenderPrices } from '#app/ui/tender-prices.tsx'
import { TenderQuestions } from '#app/ui/tender-questions.tsx'
import { stateNow, TenderStatus } from '#app/ui/tender-state.tsx'
import { hasWitnesses, TenderWitnesses } from '#app/ui/tender-witnesses.tsx'
import { TenderTimeline } from '#app/ui/tender-timeline.tsx'
import { canBeVerified, TenderVerify } from '#app/ui/tender-verify.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled<typeof loader>((words, data) => data?.shown.tender.title ?? words.tenders.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enter(arrived)
  const number = arrived.params.number!
  let shown = await orPage(arrived.request, showTender(context, { number }))
  if (shown.due && (await moveOn(context, shown.tender.id))) shown = await showTender(context, { number })
  const { kind } = context.actor
  const done = new URL(arrived.request.url).searchParams.get('done')
  const verifier = canBeVerified(shown) ? theVerifier(context.keyring, localeOf(arrived.request)) : null
  const standing = await askEligibility(context, { number })
  const after = shown.state === 'awarded' ? (await showAfterAward(context, { number })).award : null
  const own = standing?.bid ? ownPrice(shown, standing.bid.id) : null
  const why = whyNotExplain(shown.tender, own, shown.at)
  const keptUntil = await recordKeptUntil(context, shown)
  return { shown, after, keptUntil, verifier, standing, own: own?.bid ?? null, mayExplain: why === null, justExplained: done === 'explained' && why === 'already-explained', isVisitor: kind === 'visitor', mayRead: can(context.actor, 'read:lottery'), justPublished: done === 'published' && shown.isMine, justDeclined: done === 'declined', justChanged: CHANGES.find((each) => each === done && (shown.isMine || shown.isRegulator)) ?? null, mayCopy: shown.isMine && can(context.actor, 'draft:tender') }
}

/** What an owner or a regulator has just done to it. */
const CHANGES = ['corrected', 'extended', 'cancelled', 'suspended', 'lifted'] as const

/** Whoever meets an overdue tender moves it on, so that a worker that is away keeps nobody waiting. A step that fails here is the worker's to try again, and never the reader's trouble. */
async function moveOn(context: Context, id: string): Promise<boolean> {
  try {
    return (await attendTender(context, { id })).steps.length > 0
  } catch (error) {
    theServices().log.warn({ traceId: context.traceId, tender: id, error: (error as Error).message }, 'A reader could not move a tender')
    return false
  }
}

export default function Tender() {
  const all = useWords()
  const { tenders: words, life, changes } = all
  const { shown, after, keptUntil, verifier, standing, own, mayExplain, isVisitor, mayRead, justPublished, justDeclined, justExplained, justChanged, mayCopy } = useLoaderData<typeof loader>()
  const { tender, state, entries } = shown
  const { number } = tender.publication!
  const hasChanged = shown.corrections.length + shown.extensions.length + shown.furtherRounds.length + shown.suspensions.length > 0 || shown.cancellation !== null
  const hasResult = tender.awardedAt !== null || shown.objections.length > 0
  // Before there is a result the notice itself comes first.
  const isDecided = tender.drawnAt !== null
  const witnesses = hasWitnesses(shown) && { id: 'witnesses', label: all.witnesses.title }
  const contents = [
    after && { id: 'after', label: all.contracts.link },
    shown.seats && tender.frozenAt && { id: 'judges', label: all.merit.judgesTitle },
    shown.seats?.some(({ marks }) => marks) && { id: 'scores', label: all.merit.scoresTitle },
    shown.prices && { id: 'prices', label: all.sealing.prices.title },
    shown.quotes.length > 0 && { id: 'quotes', label: all.auction.all.title },
    hasLots(shown) && { id: 'lots', label: all.lots.title },
    shown.draw?.order.length && { id: 'result', label: resultTitle(tender.method, all) },
    canBeVerified(shown) && { id: 'verify', label: words.verify },
    shown.draw && { id: 'pool', label: words.pool },
    isDecided && witnesses,
    hasChanged && { id: 'changes', label: changes.section.title },
    hasResult && { id: 'objections', label: changes.objections.title },
    { id: 'facts', label: words.columns.title },
    { id: 'questions', label: life.questions.title },
    !isDecided && witnesses,
    state === 'open' && { id: 'eligibility', label: shown.named ? all.drafts.bid.who : life.eligibility.title },
    { id: 'course', label: words.timeline.label },
    { id: 'entries', label: words.entries },
  ].filter((part) => typeof part === 'object' && part !== null)
  return (
    <Page
      contents={contents}
      back={{ href: paths.tenders(), label: words.back }}
      kicker={<CodeText>{number}</CodeText>}
      title={tender.title}
      lead={
        <>
          <TenderStatus state={state} openQuestions={tender.openQuestions} isDirect={shown.named !== null} /> {state === 'closing' && tender.openQuestions ? life.timeline.held : stateNow(shown, all)}
        </>
      }
      aside={
        <>
          <TenderTimeline shown={shown} keptUntil={keptUntil} />
          <Section title={words.entries} id="entries">
            <Facts
              narrow
              items={entries.map(({ kind, id, index }, place) => ({ key: `${place}`, label: words.entryKinds[kind] ?? life.entryKinds[kind] ?? changes.entryKinds[kind] ?? all.sealing.entryKinds[kind] ?? all.merit.entryKinds[kind] ?? all.witnesses.entryKinds[kind] ?? all.keys.entryKinds[kind] ?? all.contracts.entryKinds[kind] ?? kind, value: <a href={paths.ledgerEntry(id)}>{index === null ? words.promised : words.sequenced(index)}</a> }))}
            />
            <p className="small mt-4">
              <a href={paths.ledgerStory(number)}>{words.story}</a>
            </p>
          </Section>
        </>
      }
    >
      {justPublished ? <Notice tone="kept" title={words.publishDone.title}>{shown.named ? all.drafts.state.open : words.publishDone.text}</Notice> : null}
      {justDeclined && shown.awards.some(({ declined }) => declined) ? <Notice title={life.declining.done.title}>{shown.named ? life.declining.direct.done : life.declining.done.text}</Notice> : null}
      {justExplained ? <Notice tone="kept" title={all.pricing.explain.done.title}>{all.pricing.explain.done.text}</Notice> : null}
      {justChanged ? <Notice tone="kept" title={changes.done[justChanged].title}>{changes.done[justChanged].text}</Notice> : null}
      {shown.republishedAs ? <Notice next={{ href: paths.tender(shown.republishedAs), label: shown.republishedAs }}>{words.republishedAs}</Notice> : null}
      {shown.republishes ? <Notice next={{ href: paths.tender(shown.republishes), label: shown.republishes }}>{words.republishes}</Notice> : null}
      <TenderNow shown={shown} standing={standing} isVisitor={isVisitor} mayRead={mayRead} />
      {after ? <TenderAfter award={after} number={number} /> : null}
      <TenderMerit shown={shown} />
      <TenderPrices shown={shown} own={own} mayExplain={mayExplain} />
      <AuctionQuotes quotes={shown.quotes} />
      <TenderLots shown={shown} />
      {shown.draw ? <TenderDraw shown={shown} draw={shown.draw} verifier={verifier} /> : <TenderVerify shown={shown} verifier={verifier} />}
      {isDecided ? <TenderWitnesses shown={shown} /> : null}
      <TenderChanges shown={shown} />
      {hasResult ? (
        <Section title={changes.objections.title} id="objections" lead={changes.objections.lead} action={<a href={paths.objections(number)}>{shown.isMine && tender.openObjections ? changes.objections.toAnswer : shown.objectionsLeft ? changes.objections.toObject : changes.objections.link}</a>}>
          <TenderObjections shown={shown} />
        </Section>
      ) : null}
      <TenderFacts shown={shown} />
      <Section title={life.questions.title} id="questions" lead={life.questions.lead} action={<a href={paths.questions(number)}>{shown.questionsLeft ? life.questions.ask : life.questions.all}</a>}>
        <TenderQuestions shown={shown} />
      </Section>
      {isDecided ? null : <TenderWitnesses shown={shown} />}
      {state === 'open' ? <TenderEligibility standing={standing} listingCode={shown.listing.code} isDirect={shown.named !== null} /> : null}
      {mayCopy ? (
        <form method="post" action={paths.draft(tender.id)} className="actions no-print">
          <input type="hidden" name="act" value="copy" />
          <Button>{all.drafts.copy}</Button>
        </form>
      ) : null}
    </Page>
  )
}
