import type { Standing } from '#app/domain/bids/standing.ts'
import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from './button.tsx'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { Section } from './page.tsx'
import { DirectAwarded } from './tender-direct.tsx'

/** What the reader may do with a tender at this moment, and if nothing, why. */
export function TenderNow({ shown, standing, isVisitor }: { shown: ShownTender; standing: Standing | null; isVisitor: boolean }) {
  const { tenders: words, drafts } = useWords()
  const { tender, state, isMine, listing } = shown
  const { number } = tender.publication!
  const reload = <ButtonLink href={paths.tender(number)}>{words.reload}</ButtonLink>
  if (isMine && state === 'failed' && !shown.republishedAs) {
    return (
      <Section title={words.now} lead={words.republishText}>
        <Outcome shown={shown} />
        <form className="mt-4" method="post" action={paths.draft(tender.id)}>
          <input type="hidden" name="act" value="republish" />
          <Button kind="main">{words.republish}</Button>
        </form>
      </Section>
    )
  }
  if (shown.named && state === 'awarded') return <DirectAwarded shown={shown} />
  const winner = shown.draw?.order.find(({ awarded }) => awarded)
  if (winner) return <Notice tone="kept" title={words.winnerIs(winner.name)} next={{ href: '#verify', label: words.verify }}>{words.winnerOf(winner.place, shown.draw!.order.length)}</Notice>
  if (state === 'failed') return <Outcome shown={shown} />
  if (state !== 'open') {
    return (
      <Section title={words.now} lead={shown.named ? drafts.timeline.watch : words.watch}>
        {reload}
      </Section>
    )
  }
  if (isVisitor) {
    return (
      <Section title={words.now}>
        <ButtonLink kind="main" href={paths.signIn({ next: paths.bid(number) })}>
          {words.signInToBid}
        </ButtonLink>
      </Section>
    )
  }
  if (!standing) return isMine ? null : <Notice>{words.notAgency}</Notice>
  if (standing.bid) {
    return (
      <Section title={words.now} lead={words.bidStands}>
        <div className="actions">
          <ButtonLink kind="main" href={paths.bid(number)}>{words.changeBid}</ButtonLink>
          <a href={paths.receipt(standing.bid.id)} download>{words.downloadReceipt}</a>
        </div>
      </Section>
    )
  }
  return (
    <Section title={words.now}>
      {standing.reasons.length ? (
        <Ineligible reasons={standing.reasons} listingCode={listing.code} />
      ) : (
        <ButtonLink kind="main" href={paths.bid(number)}>{shown.named ? drafts.bid.accept : words.bid}</ButtonLink>
      )}
    </Section>
  )
}

/** Why a tender ended without a winner. */
function Outcome({ shown }: { shown: ShownTender }) {
  const { tenders: words, drafts } = useWords()
  const { closing, publication } = shown.tender
  return <Notice tone="refused" title={words.stateNow.failed}>{shown.named ? drafts.timeline.notAccepted : closing?.outcome === 'too-few-bidders' ? words.timeline.tooFew(closing.eligible, publication!.procedure.minimumBidders) : words.timeline.nobody}</Notice>
}

/** Every reason why an agency may not bid, with its law and what can be done about it. */
export function Ineligible({ reasons, listingCode }: { reasons: Standing['reasons']; listingCode: string }) {
  const words = useWords().tenders
  return (
    <Notice tone="refused" title={words.cannotBid}>
      <ul className="reasons measure">
        {reasons.map((reason) => (
          <li key={reason}>
            {words.ineligible[reason]}
            {words.ineligibleLaw[reason] ? <span className="law">{words.ineligibleLaw[reason]}</span> : null}
            {words.ineligibleFix[reason] ? (
              <>
                {' '}
                <a href={reason === 'not-offered' ? paths.newOffering({ service: listingCode }) : paths.offerings()}>{words.ineligibleFix[reason]}</a>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
