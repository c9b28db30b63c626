import type { Standing } from '#app/domain/bids/standing.ts'
import { nextRound } from '#app/domain/tenders/auction.ts'
import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { sharesMissing } from '#app/domain/tenders/two-keys-rule.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from './button.tsx'
import { useLocale, useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { Section } from './page.tsx'
import { PeopleNote } from './people-note.tsx'
import { placeToMend } from './place-to-mend.ts'
import { Remaining } from './remaining.tsx'
import { OwnOutcome, TenderAward } from './tender-award.tsx'
import { TenderBeacon } from './tender-beacon.tsx'
import { ShortlistNow } from './tender-pick.tsx'
import { dayText, Deadline, Instant } from './time.tsx'

/** What the reader may do with a tender at this moment, and if nothing, why. */
export function TenderNow({ shown, standing, isVisitor, mayRead = false }: { shown: ShownTender; standing: Standing | null; isVisitor: boolean; mayRead?: boolean }) {
  const { tenders: words, life, drafts, changes, auction, merit, keys } = useWords()
  const { tender, state, isMine, listing } = shown
  const { number } = tender.publication!
  const reload = <ButtonLink href={paths.tender(number)}>{words.reload}</ButtonLink>
  const toHold = shown.isRegulator && !shown.cancellation && !['failed', 'awarded'].includes(state) ? <p className="small mt-4"><a href={paths.suspendTender(number)} data-no-prefetch>{changes.suspend.link}</a></p> : null
  const toChange = isMine && !shown.cancellation && state !== 'suspended' ? <a href={paths.changeTender(number)} data-no-prefetch>{changes.open}</a> : null
  if (state === 'failed' || state === 'cancelled') {
    if (!isMine || shown.republishedAs) return <><Outcome shown={shown} />{standing?.out ? <OwnOutcome out={standing.out} /> : null}</>
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
  if (state === 'publicity' || state === 'awarded') return <><TenderAward shown={shown} standing={standing} />{toHold}</>
  if (state === 'suspended') {
    return (
      <Section title={words.now}>
        <Notice tone="refused" title={changes.now.suspended} next={{ href: '#changes', label: changes.now.why }}>
          <p>{changes.now.suspendedText}</p>
          <p>{changes.section.until} <Deadline at={tender.suspension!.until} seconds={shown.demo} /> <Remaining at={shown.at} until={tender.suspension!.until} /></p>
        </Notice>
        {toHold}
      </Section>
    )
  }
  if (state === 'shortlisted') return <><ShortlistNow shown={shown} />{toHold}</>
  const { auction: times, publication } = tender
  if (state !== 'open' && publication!.procedure.method === 'live-auction' && (state === 'auction' || state === 'frozen')) {
    const next = nextRound(times!, publication!.procedure.auction, shown.at)
    const when = next?.startsAt ?? times!.endsAt
    return (
      <Section title={words.now} lead={<>{!next ? auction.ends : state === 'auction' ? auction.resumes : auction.starts} <Instant at={when} seconds /> <Remaining at={shown.at} until={when} />{standing?.bid ? <span className="block">{words.bidStands}</span> : null}</>}>
        {shown.cancellation ? <Notice tone="refused" title={changes.now.cancelled} next={{ href: '#changes', label: changes.section.title }}>{changes.now.running}</Notice> : null}
        <div className="actions">
          <ButtonLink kind="main" href={paths.auction(number)}>{auction.watch}</ButtonLink>
          {standing?.bid && state === 'auction' && !next ? <ButtonLink href={paths.quote(number)}>{auction.quoteLink}</ButtonLink> : null}
          {toChange}
        </div>
      </Section>
    )
  }
  if (state !== 'open') {
    return (
      <Section title={words.now} lead={tender.openQuestions || (state === 'frozen' && sharesMissing(tender) > 0) ? undefined : shown.named ? drafts.timeline.watch : tender.judging && !tender.judging.revealedAt && tender.frozenAt ? merit.watch : words.watch}>
        {shown.cancellation ? <Notice tone="refused" title={changes.now.cancelled} next={{ href: '#changes', label: changes.section.title }}>{changes.now.running}</Notice> : null}
        <OpenQuestions shown={shown} />
        {state === 'frozen' && sharesMissing(tender) > 0 ? (
          <Notice tone="open" title={keys.now.title} next={shown.holdsKey ? { href: paths.releaseKeys(number), label: keys.now.link } : undefined}>
            {keys.now.text(tender.releases, publication!.sealing!.threshold!)} {keys.now.until} <Deadline at={tender.releaseBy!} seconds={shown.demo} />
          </Notice>
        ) : null}
        {shown.awaited && tender.frozenAt ? <TenderBeacon awaited={shown.awaited} at={shown.at} number={number} mayRead={mayRead} /> : null}
        <div className="actions mt-4">
          {isMine && tender.openQuestions ? <ButtonLink kind="main" href={paths.questions(number)}>{life.questions.toAnswer}</ButtonLink> : null}
          {isMine && state === 'frozen' && tender.judging ? <ButtonLink kind="main" href={paths.judges(number)}>{merit.manage.link}</ButtonLink> : null}
          {reload}
          {toChange}
        </div>
        {toHold}
      </Section>
    )
  }
  if (isVisitor) {
    return (
      <Section title={words.now} lead={<ClosingTime shown={shown} />}>
        <ButtonLink kind="main" href={paths.signIn({ next: paths.bid(number) })}>
          {shown.named ? drafts.bid.signIn : words.signInToBid}
        </ButtonLink>
      </Section>
    )
  }
  if (isMine) {
    return (
      <Section title={words.now} lead={<ClosingTime shown={shown} />}>
        <OpenQuestions shown={shown} />
        <div className="actions mt-4">
          {tender.openQuestions ? <ButtonLink kind="main" href={paths.questions(number)}>{life.questions.toAnswer}</ButtonLink> : null}
          {toChange}
        </div>
      </Section>
    )
  }
  if (!standing) return <div><Notice>{words.notAgency}</Notice>{toHold}</div>
  if (standing.bid) {
    return (
      <Section title={words.now} lead={<>{words.bidStands} <ClosingTime shown={shown} /></>}>
        <div className="actions">
          <ButtonLink kind="main" href={paths.bid(number)}>{words.changeBid}</ButtonLink>
          <a href={paths.receipt(standing.bid.id)} download>{words.downloadReceipt}</a>
        </div>
      </Section>
    )
  }
  return (
    <Section title={words.now} lead={<ClosingTime shown={shown} />}>
      {standing.reasons.length ? (
        <Ineligible reasons={standing.reasons} behind={standing.behind} listingCode={listing.code} />
      ) : (
        <>
          <PeopleNote people={standing.behind.people} />
          <ButtonLink kind="main" href={paths.bid(number)}>{shown.named ? drafts.bid.accept : words.bid}</ButtonLink>
        </>
      )}
    </Section>
  )
}

/** How long bids are still taken; and that something was changed, where that is so. */
function ClosingTime({ shown }: { shown: ShownTender }) {
  const { tenders, drafts, changes } = useWords()
  const { closesAt } = shown.tender.publication!
  const { corrections, extensions } = shown
  const changed = corrections.length ? changes.now.corrected(corrections.length) : extensions.length ? changes.now.extended : null
  return (
    <>
      {changed ? <span className="block mb-2"><strong>{changed}</strong> · <a href="#changes">{changes.now.seeChanges}</a></span> : null}
      {shown.named ? drafts.facts.acceptBy : tenders.facts.closes} <Deadline at={closesAt} seconds={shown.demo} /> <Remaining at={shown.at} until={closesAt} />
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
      {words.answerBy} <Deadline at={first.answerBy} seconds={demo} /> {isLate ? <strong>{words.overdue}</strong> : <Remaining at={at} until={first.answerBy} />}
      {isMine ? null : <p>{words.ownerMust}</p>}
    </Notice>
  )
}

/** Why a tender ended without a winner. */
export function Outcome({ shown }: { shown: ShownTender }) {
  const { tenders: words, life, drafts, sealing, changes } = useWords()
  const { closing, opening, publication } = shown.tender
  if (shown.state === 'cancelled') return <Notice tone="refused" title={changes.now.cancelled} next={{ href: '#changes', label: changes.section.title }}><span className="block">{shown.cancellation?.reason}</span>{changes.now.cancelledText}</Notice>
  const few = shown.named ? drafts.timeline.notAccepted : words.timeline.tooFew(closing?.eligible ?? 0, publication!.procedure.minimumBidders)
  const why = closing?.outcome === 'too-few-bidders' ? few : opening?.outcome === 'too-few-valid' ? sealing.steps.tooFewValid(opening.valid, publication!.procedure.minimumBidders) : shown.awards.length ? life.timeline.allDeclined : words.timeline.nobody
  return <Notice tone="refused" title={words.stateNow.failed}>{why}</Notice>
}

/** Every reason why an agency may not bid, with its law and what can be done about it. */
export function Ineligible({ reasons, behind, listingCode }: { reasons: Standing['reasons']; behind: Standing['behind']; listingCode: string }) {
  const { tenders: words, sanctions } = useWords()
  const locale = useLocale()
  const { suspension, clash } = behind
  return (
    <Notice tone="refused" title={words.cannotBid}>
      <ul className="reasons measure">
        {reasons.map((reason) => (
          <li key={reason}>
            {words.ineligible[reason]}
            {reason === 'suspended' && suspension ? <span className="block">{sanctions.standing(sanctions.kinds[suspension.kind], suspension.number, suspension.authority)}{' '}{sanctions.until(suspension.untilOn && dayText(suspension.untilOn, locale, false))}</span> : null}
            {reason === 'second-role' && clash ? <span className="block">{sanctions.clash(clash.tender)} <span className="law">{sanctions.clashLaws[clash.law]}</span></span> : null}
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
