import type { Standing } from '#app/domain/bids/standing.ts'
import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from './button.tsx'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { Section } from './page.tsx'
import { placeToMend } from './place-to-mend.ts'
import { Remaining } from './remaining.tsx'
import { TenderAward } from './tender-award.tsx'
import { TenderBeacon } from './tender-beacon.tsx'
import { Instant } from './time.tsx'

/** What the reader may do with a tender at this moment, and if nothing, why. */
export function TenderNow({ shown, standing, isVisitor, mayRead = false }: { shown: ShownTender; standing: Standing | null; isVisitor: boolean; mayRead?: boolean }) {
  const { tenders: words, life, drafts, merit } = useWords()
  const { tender, state, isMine, listing } = shown
  const { number } = tender.publication!
  const reload = <ButtonLink href={paths.tender(number)}>{words.reload}</ButtonLink>
  if (state === 'failed') {
    if (!isMine || shown.republishedAs) return <Outcome shown={shown} />
    return (
      <Section title={words.now} lead={life.again.linkText}>
        <Outcome shown={shown} />
        <div className="actions mt-4">
          {shown.republishedDraft ? (
            <ButtonLink kind="main" href={paths.draft(shown.republishedDraft)}>{life.again.toDraft}</ButtonLink>
          ) : (
            <ButtonLink kind="main" href={paths.publishAgain(number)}>{life.again.link}</ButtonLink>
          )}
        </div>
      </Section>
    )
  }
  if (state === 'publicity' || state === 'awarded') return <TenderAward shown={shown} standing={standing} />
  if (state !== 'open') {
    return (
      <Section title={words.now} lead={tender.openQuestions ? undefined : shown.named ? drafts.timeline.watch : tender.judging && !tender.judging.revealedAt && tender.frozenAt ? merit.watch : words.watch}>
        <OpenQuestions shown={shown} />
        {shown.awaited && tender.frozenAt ? <TenderBeacon awaited={shown.awaited} at={shown.at} number={number} mayRead={mayRead} /> : null}
        <div className="actions mt-4">
          {isMine && tender.openQuestions ? <ButtonLink kind="main" href={paths.questions(number)}>{life.questions.toAnswer}</ButtonLink> : null}
          {reload}
        </div>
      </Section>
    )
  }
  if (isVisitor) {
    return (
      <Section title={words.now} lead={<Deadline shown={shown} />}>
        <ButtonLink kind="main" href={paths.signIn({ next: paths.bid(number) })}>
          {shown.named ? drafts.bid.signIn : words.signInToBid}
        </ButtonLink>
      </Section>
    )
  }
  if (isMine) {
    return (
      <Section title={words.now} lead={<Deadline shown={shown} />}>
        <OpenQuestions shown={shown} />
        {tender.openQuestions ? (
          <div className="actions mt-4">
            <ButtonLink kind="main" href={paths.questions(number)}>{life.questions.toAnswer}</ButtonLink>
          </div>
        ) : null}
      </Section>
    )
  }
  if (!standing) return <Notice>{words.notAgency}</Notice>
  if (standing.bid) {
    return (
      <Section title={words.now} lead={<>{words.bidStands} <Deadline shown={shown} /></>}>
        <div className="actions">
          <ButtonLink kind="main" href={paths.bid(number)}>{words.changeBid}</ButtonLink>
          <a href={paths.receipt(standing.bid.id)} download>{words.downloadReceipt}</a>
        </div>
      </Section>
    )
  }
  return (
    <Section title={words.now} lead={<Deadline shown={shown} />}>
      {standing.reasons.length ? (
        <Ineligible reasons={standing.reasons} listingCode={listing.code} />
      ) : (
        <ButtonLink kind="main" href={paths.bid(number)}>{shown.named ? drafts.bid.accept : words.bid}</ButtonLink>
      )}
    </Section>
  )
}

/** How long bids are still taken. */
function Deadline({ shown }: { shown: ShownTender }) {
  const { tenders, drafts } = useWords()
  const { closesAt } = shown.tender.publication!
  return (
    <>
      {shown.named ? drafts.facts.acceptBy : tenders.facts.closes} <Instant at={closesAt} seconds={shown.demo} /> <Remaining at={shown.at} until={closesAt} />
    </>
  )
}

/** What keeps a tender from closing, with the clock of whoever must act. */
function OpenQuestions({ shown }: { shown: ShownTender }) {
  const words = useWords().life.questions
  const { tender, questions, isMine, at, demo } = shown
  const [first] = questions.filter(({ answers }) => !answers.length)
  if (!tender.openQuestions || !first) return null
  const isLate = new Date(first.answerBy) <= new Date(at)
  return (
    <Notice tone={isLate ? 'refused' : 'open'} title={isMine ? words.blocksOwner(tender.openQuestions) : words.blocks(tender.openQuestions)} next={isMine ? undefined : { href: paths.questions(tender.publication!.number), label: words.all }}>
      {words.answerBy} <Instant at={first.answerBy} seconds={demo} /> {isLate ? <strong>{words.overdue}</strong> : <Remaining at={at} until={first.answerBy} />}
      {isMine ? null : <p>{words.ownerMust}</p>}
    </Notice>
  )
}

/** Why a tender ended without a winner. */
export function Outcome({ shown }: { shown: ShownTender }) {
  const { tenders: words, life, drafts, sealing } = useWords()
  const { closing, opening, publication } = shown.tender
  const few = shown.named ? drafts.timeline.notAccepted : words.timeline.tooFew(closing?.eligible ?? 0, publication!.procedure.minimumBidders)
  const why = closing?.outcome === 'too-few-bidders' ? few : opening?.outcome === 'too-few-valid' ? sealing.steps.tooFewValid(opening.valid, publication!.procedure.minimumBidders) : shown.awards.length ? life.timeline.allDeclined : words.timeline.nobody
  return <Notice tone="refused" title={words.stateNow.failed}>{why}</Notice>
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
                <a href={placeToMend(reason, listingCode)}>{words.ineligibleFix[reason]}</a>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
