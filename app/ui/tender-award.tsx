import type { Standing } from '#app/domain/bids/standing.ts'
import { type PlaceOutcome, awardedAmount, boundAt, type ShownTender } from '#app/domain/tenders/tender-view.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from './button.tsx'
import { DataTable } from './data-table.tsx'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Money } from './money.tsx'
import { Notice } from './notice.tsx'
import { Section } from './page.tsx'
import { Remaining } from './remaining.tsx'
import { Status, type Tone } from './status.tsx'
import { canBeVerified } from './tender-verify.tsx'
import { Deadline, Instant } from './time.tsx'

/** Who is to be awarded or is awarded, until when that can change, and what its winner may do. */
export function TenderAward({ shown, standing }: { shown: ShownTender; standing: Standing | null }) {
  const { tenders, life, drafts, sealing, changes } = useWords()
  const words = life.award
  const { tender, state, at, demo, awards, isWinner } = shown
  const { number } = tender.publication!
  const award = awards.find(({ declined }) => !declined)
  if (!award) return null
  const isBound = state === 'awarded'
  const of = shown.draw?.order.length ?? 0
  const amountFen = awardedAmount(shown, award)
  const mayDecline = isWinner && new Date(at) < new Date(award.declineUntil)
  return (
    <Section title={tenders.now}>
      <Notice tone={isBound ? 'kept' : 'open'} title={isBound ? words.bound(award.name) : words.publicity(award.name)}>
        <span className="block">{award.place !== null && of ? words.place(award.place, of) : shown.named ? drafts.timeline.awardedText : null}</span>
        {isBound ? words.boundText : words.publicityText}
      </Notice>
      {!isBound && tender.openObjections ? <div className="mt-4"><Notice tone="refused" title={changes.now.objections(tender.openObjections)} next={{ href: paths.objections(number), label: shown.isMine ? changes.objections.toAnswer : changes.objections.link }} /></div> : null}
      {isWinner && !isBound ? <p className="measure mt-4"><strong>{words.yours}</strong> {words.yoursText}</p> : null}
      <OwnPlace shown={shown} standing={standing} />
      <div className="mt-4">
        <Facts
          items={[
            amountFen !== null && { label: sealing.facts.awarded, value: <Money fen={amountFen} /> },
            { label: isBound ? words.binds : words.publicityEnds, value: <><Instant at={isBound ? boundAt(shown, award) : award.publicityEndsAt} seconds={demo} /> {isBound ? null : <Remaining at={at} until={award.publicityEndsAt} />}</>, note: demo && !isBound ? tenders.demoClock : undefined },
            !isBound && { label: words.declineUntil, value: <><Deadline at={award.declineUntil} seconds={demo} /> {isWinner ? <Remaining at={at} until={award.declineUntil} /> : null}</> },
          ]}
        />
      </div>
      <div className="actions mt-4">
        <ButtonLink kind={isBound ? 'main' : 'plain'} href={isBound ? paths.award(number) : paths.tender(number)}>{isBound ? words.noticeLink : tenders.reload}</ButtonLink>
        {canBeVerified(shown) ? <a href="#verify">{tenders.verify}</a> : null}
        {mayDecline ? <a href={paths.decline(number)} data-no-prefetch>{words.decline}</a> : null}
      </div>
    </Section>
  )
}

/** Where the reader's own bid came out. */
function OwnPlace({ shown, standing }: { shown: ShownTender; standing: Standing | null }) {
  const { life } = useWords()
  const leaf = standing?.bid && shown.draw?.pool.find(({ bid }) => bid === standing.bid!.id)
  if (standing?.out) return <OwnOutcome out={standing.out} />
  if (!leaf || shown.isWinner) return null
  const placed = shown.draw!.order.find(({ label }) => label === leaf.label)
  return placed ? <p className="measure mt-4">{life.award.own(placed.place)}</p> : null
}

/** Why the reader's own bid did not count, or was passed over. */
export function OwnOutcome({ out }: { out: NonNullable<Standing['out']> }) {
  const { tenders, life } = useWords()
  return <p className="measure mt-4">{out.at === 'close' ? life.award.ownExcluded : life.award.ownPassedOver}{out.reasons.map((reason) => tenders.ineligible[reason]).join(' ')}</p>
}

/** What became of a drawn place, in a word. */
export function PlaceOutcomeWord({ outcome, isBound }: { outcome: PlaceOutcome; isBound: boolean }) {
  const { life, credit } = useWords()
  const words = { ...life.award.outcomes, ...credit.outcomes }
  const tones: Record<typeof outcome, Tone> = { awarded: isBound ? 'kept' : 'open', declined: 'refused', 'passed-over': 'refused', reserve: 'plain', listed: 'open', unlisted: 'plain' }
  return <Status tone={tones[outcome]}>{outcome === 'awarded' && !isBound ? words.provisional : words[outcome]}</Status>
}

/** Who declined, with the public reason. */
export function Declines({ shown }: { shown: ShownTender }) {
  const { life, tenders } = useWords()
  const words = life.declining
  const rows = shown.awards.flatMap(({ name, place, declined }) => (declined ? [{ name, place, ...declined }] : []))
  if (!rows.length) return null
  return (
    <Section title={words.listTitle} id="declines">
      <DataTable
        caption={words.listTitle}
        rows={rows}
        keyOf={({ at }) => at}
        empty={{ title: words.listTitle }}
        columns={[
          { key: 'agency', label: tenders.agency, main: true, cell: ({ name, place }) => words.by(name, place) },
          { key: 'reason', label: words.reason, cell: ({ reason }) => words.reasons[reason] },
          { key: 'words', label: words.words, cell: (row) => <span className="whitespace-pre-line break-words">{row.words}</span> },
          { key: 'at', label: words.at, cell: ({ at }) => <Instant at={at} seconds={shown.demo} bare /> },
        ]}
      />
    </Section>
  )
}
