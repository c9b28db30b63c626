import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { BidForm } from '#app/domain/bids/bid.ts'
import { sealedBidForm } from '#app/domain/bids/sealed-bid-form.ts'
import { askEligibility } from '#app/domain/bids/ask-eligibility.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { submitPrice } from '#app/domain/bids/submit-price.server.ts'
import { withdrawBid } from '#app/domain/bids/withdraw-bid.server.ts'
import { newId } from '#app/domain/chance.server.ts'
import { formatPercent } from '#app/domain/percent.ts'
import { plannedAuction } from '#app/domain/tenders/auction.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import type { PublicTender } from '#app/domain/tenders/tender-view.ts'
import { clientScript } from '#app/http/client-script.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { useLengthOf } from '#app/ui/auction-length.ts'
import { Button } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { ContributionField } from '#app/ui/contribution-field.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Money } from '#app/ui/money.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { PeopleNote } from '#app/ui/people-note.tsx'
import { SealedBidForm, type SealedBid } from '#app/ui/sealed-bid-form.tsx'
import { StandingBid } from '#app/ui/standing-bid.tsx'
import { Ineligible } from '#app/ui/tender-now.tsx'
import { stateNow, TenderStatus } from '#app/ui/tender-state.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

/** Before there is a draw the verifier would look for one in vain; the receipt alone it can check at once. */
const DRAWN: ReadonlySet<string> = new Set(['publicity', 'awarded'])

/** From here on the page counts what is left. */
const FEW = 5

export const meta = titled((words) => words.tenders.bidTitle)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'submit:bid')
  const number = arrived.params.number!
  const shown = await orPage(arrived.request, showTender(context, { number }))
  const done = new URL(arrived.request.url).searchParams.get('done')
  const { tender, state, listing, demo } = shown
  const standing = (await askEligibility(context, { number }))!
  return { isDirect: shown.named !== null, isAuction: tender.method === 'live-auction', waiting: { method: tender.method, judging: tender.judging, releases: tender.releases, publication: tender.publication, auction: tender.auction }, number, at: shown.at, title: tender.title, ceilingFen: tender.ceilingFen, closesAt: tender.publication!.closesAt, state, listing, demo, standing, done, sealed: sealedBid(tender, context.actor.uscc), auction: plannedFor(tender) }
}

/** When the quotes of an auction are to be made, which a bidder has to know before bidding. */
function plannedFor({ publication }: PublicTender) {
  const { procedure, closesAt } = publication!
  return procedure.method === 'live-auction' ? { startsAt: plannedAuction(procedure.auction, closesAt).startsAt, ...procedure.auction } : null
}

/** What the form of a sealed price needs; the number is new each time, and is the bid's own once it is sent. */
function sealedBid({ ceilingFen, publication }: PublicTender, uscc: string | null): SealedBid | null {
  const { number, procedure, sealing } = publication!
  if (!procedure.sealed || !sealing) return null
  return { tender: number, rules: procedure.rules, uscc: uscc ?? '', holders: sealing.holders, threshold: sealing.threshold, quote: procedure.quote, tie: procedure.tie, ceilingFen, contributionBytes: procedure.contributionBytes, planCharacters: procedure.method === 'merit' ? procedure.planCharacters : null, plansOpened: procedure.method === 'merit' && procedure.plans === 'opened', bid: newId(), script: clientScript('app/client/seal-bid.ts') }
}

const withdrawal = z.object({ act: z.literal('withdraw') })
const Act = z.discriminatedUnion('act', [withdrawal, BidForm.extend({ act: z.literal('submit') })], 'forms.custom')
const sealedAct = (rule: Parameters<typeof sealedBidForm>[0]) => z.discriminatedUnion('act', [withdrawal, sealedBidForm(rule)], 'forms.custom')

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'submit:bid')
  const number = arrived.params.number!
  const { tender } = await orPage(arrived.request, showTender(context, { number }))
  const { procedure } = tender.publication!
  return submit<ReturnType<typeof sealedAct> | typeof Act, Response>(arrived.request, procedure.sealed ? sealedAct({ ...procedure, ceilingFen: tender.ceilingFen }) : Act, async (form) => {
    if (form.act === 'withdraw') await withdrawBid(context, { number })
    else if ('price' in form) await submitPrice(context, { number, ...form })
    else await submitBid(context, { number, contribution: form.contribution })
    return redirect(`${paths.bid(number)}?done=${form.act}`)
  })
}

export default function Bid() {
  const all = useWords()
  const { tenders: words, drafts, pricing, auction, sanctions } = all
  const { isDirect, isAuction, waiting, at, number, title, ceilingFen, closesAt, state, listing, demo, standing, done, sealed, auction: planned } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const lengthOf = useLengthOf()
  const { bid, reasons, bidsLeft } = standing
  const isOpen = state === 'open'
  const mayBid = isOpen && !reasons.length && bidsLeft > 0
  const { done: taken } = sealed ? pricing : drafts.bid
  const left = bidsLeft <= FEW ? words.bidsLeft(bidsLeft) : null
  return (
    <Page back={{ href: paths.tender(number), label: title }} kicker={<CodeText>{number}</CodeText>} title={isDirect ? drafts.bid.title : sealed ? pricing.title : words.bidTitle} lead={<><TenderStatus state={state} isDirect={isDirect} /> {title}</>}>
      {done === 'submit' && bid ? <Notice tone="kept" title={isDirect || sealed ? taken.title : words.bidDone.title}>{isDirect || sealed ? taken.text : words.bidDone.text}</Notice> : null}
      {done === 'withdraw' && !bid ? <Notice title={words.bidWithdrawn.title}>{bidsLeft ? words.bidWithdrawn.text : words.bidsLeft(0)}</Notice> : null}
      {bid ? <StandingBid bid={bid} isOpen={isOpen} isDirect={isDirect} isSealed={Boolean(sealed)} verified={DRAWN.has(state) ? number : null} /> : null}
      {reasons.length ? <Ineligible reasons={reasons} behind={standing.behind} listingCode={listing.code} /> : null}
      {mayBid ? (
        <Section title={isDirect ? (bid ? drafts.bid.again : drafts.bid.accept) : bid ? (sealed ? pricing.replace : words.replaceBid) : sealed ? pricing.terms : words.bidTerms} lead={bid ? (sealed ? pricing.replaceNote : words.replaceNote) : isDirect ? drafts.bid.named : undefined}>
          <Facts
            items={[
              { label: words.facts.service, value: listing.name },
              { label: words.facts.ceiling, value: <Money fen={ceilingFen} /> },
              sealed?.quote.kind === 'discount' && { label: pricing.bounds, value: pricing.boundsOf(formatPercent(sealed.quote.least), formatPercent(sealed.quote.most)) },
              { label: isDirect ? drafts.facts.acceptBy : words.facts.closes, value: <Instant at={closesAt} seconds={demo} /> },
              planned && { label: auction.starts, value: <Instant at={planned.startsAt} seconds={demo} />, note: auction.roundsOf(planned.rounds, lengthOf(planned.round)) },
            ]}
          />
          <p className="mt-4">
            <a href={paths.tender(number)}>{drafts.bid.readFirst}</a> · <a href={paths.questions(number)}>{drafts.bid.askFirst}</a>
          </p>
          <PeopleNote people={standing.behind.people} />
          <p className="small muted measure">{sanctions.device.bid}</p>
          {sealed ? (
            <SealedBidForm sealed={sealed} rejected={rejected} replaces={Boolean(bid)} left={left} />
          ) : (
            <PostForm rejected={rejected} labels={{ contribution: words.contribution, commitment: words.commitmentLabel }}>
              <input type="hidden" name="act" value="submit" />
              {isDirect || isAuction ? null : <ContributionField hint={words.contributionHint} {...kept(rejected, 'contribution', bid?.contribution)} />}
              <Field kind="checkbox" name="commitment" label={words.commitmentLabel} text={isDirect ? drafts.bid.commitment : words.bidCommitment} errors={rejected?.errors.commitment} value={kept(rejected, 'commitment').value === 'yes'} />
              {isDirect ? null : <p className="small muted measure">{isAuction ? auction.bidNote : words.sealedHonest}</p>}
              {left ? <p className="small measure">{left}</p> : null}
              <div className="actions">
                <Button kind={bid ? 'plain' : 'main'}>{isDirect ? (bid ? drafts.bid.again : drafts.bid.accept) : bid ? words.replaceBid : words.submitBid}</Button>
              </div>
            </PostForm>
          )}
        </Section>
      ) : null}
      {isOpen && bid ? <Confirm title={isDirect ? drafts.bid.withdraw : words.withdrawBid} consequences={!bidsLeft ? words.withdrawLastConsequences : sealed ? pricing.withdrawConsequences : words.withdrawConsequences} values={{ act: 'withdraw' }} /> : null}
      {!mayBid && rejected ? <ErrorSummary errors={rejected.errors} /> : null}
      {isOpen && bidsLeft === 0 && done !== 'withdraw' ? <Notice>{words.bidsLeft(0)}</Notice> : null}
      {!isOpen ? <Notice>{stateNow({ state, named: isDirect || null, tender: waiting, at }, all)}</Notice> : null}
    </Page>
  )
}
