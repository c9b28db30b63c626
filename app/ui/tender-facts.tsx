import { formatYuan } from '#app/domain/money.ts'
import { isByPrice, namesPrice } from '#app/domain/tenders/priced.ts'
import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { HOLDERS } from '#app/domain/tenders/two-keys-rule.ts'
import { paths } from '#app/paths.ts'
import { useLengthOf } from './auction-length.ts'
import { CodeText } from './code-text.tsx'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Money } from './money.tsx'
import { Section } from './page.tsx'
import { isHeldOpen } from './tender-state.tsx'
import { AwaitedValue } from './tender-beacon.tsx'
import { Deadline, Instant } from './time.tsx'

/** What is bought, for whom, under which rules. The same before and after publication. */
export function TenderFacts({ shown, title }: { shown: ShownTender; /** What the facts are of, where it is not the tender of the page. */ title?: string }) {
  const { tenders: words, drafts, life, sealing, beacon, changes, keys, auction: auctioned, credit, lots, merit, disputes } = useWords()
  const { tender, listing, project, division, owner, named } = shown
  const { publication, closing } = tender
  const { facts } = words
  const { quote, conditions: { need, of, practitioners } } = tender
  const sealed = namesPrice(tender.method)
  const priced = sealed || isByPrice(tender.method)
  const auction = publication?.procedure.method === 'live-auction' ? publication.procedure.auction : null
  const shared = publication && 'sealing' in publication.procedure ? publication.procedure.sealing : undefined
  const shortlist = publication?.procedure.method === 'credit-shortlist' ? publication.procedure : null
  const lengthOf = useLengthOf()
  const heldOpen = isHeldOpen(shown)
  return (
    <>
      <Section title={title ?? words.columns.title} id="facts">
        <Facts
          items={[
            { label: facts.service, value: <a href={paths.listing(listing.code)}>{listing.name}</a>, note: listing.sample ? words.sample : undefined },
            { label: facts.project, value: project.name ?? project.code, note: project.name === null ? undefined : project.code },
            project.dispute && { label: disputes.registered, value: owner ?? words.naturalPerson, note: disputes.onTender[project.dispute] },
            { label: facts.owner, value: owner ?? words.naturalPerson },
            { label: facts.division, value: division },
            { label: facts.ceiling, value: <Money fen={tender.ceilingFen} /> },
            { label: facts.days, value: tender.serviceDays ? facts.daysOf(tender.serviceDays) : null },
            { label: facts.method, value: drafts.methods[tender.method].name },
            of.length > 0 && { label: drafts.conditions.fact, value: <ul>{of.map((one) => <li key={one.kind + one.gradeAtLeast}>{one.name}{one.gradeAtLeast ? ` · ${one.grades[0] === one.gradeAtLeast ? one.gradeAtLeast : drafts.conditions.gradeAtLeast(one.gradeAtLeast)}` : ''}</li>)}</ul>, note: of.length > 1 ? drafts.conditions.needs[need] : drafts.conditions.factNote },
            practitioners && { label: drafts.conditions.factPeople, value: drafts.conditions.peopleOf(practitioners.licence, practitioners.least), note: drafts.conditions.factNote },
            auction && { label: auctioned.rounds, value: auctioned.roundsOf(auction.rounds, lengthOf(auction.round)) },
            auction && { label: auctioned.step, value: auctioned.stepOf(formatYuan(auction.stepFen)) },
            sealed && { label: sealing.facts.quote, value: quote.kind === 'money' ? sealing.facts.quotes.money : sealing.facts.quotes.discount(quote.least / 100, quote.most / 100) },
            sealed && { label: keys.facts.sealing, value: shared ? keys.facts.together(shared.threshold, HOLDERS.length) : tender.twoKeys ? keys.fields.text : keys.facts.alone, note: shared ? keys.facts.before : undefined },
            shared && publication?.sealing && { label: keys.facts.holders, value: <ul>{publication.sealing.holders.map(({ id, publicKey }) => <li key={id}>{keys.holders[id] ?? id} <CodeText short={16}>{publicKey}</CodeText></li>)}</ul> },
            tender.merit && {
              label: merit.facts.criteria,
              value: (
                <ul>
                  {tender.merit.criteria.map(({ code, name, weight, kind }) => (
                    <li key={code}>{merit.facts.line(kind === 'price' ? merit.price : name, weight)}</li>
                  ))}
                </ul>
              ),
              note: merit.priceWeightHint,
            },
            tender.merit && { label: merit.facts.judges, value: merit.facts.judgesOf(tender.merit.judges) },
            publication?.procedure.method === 'merit' && { label: merit.facts.plans, value: publication.procedure.plans === 'opened' ? merit.planOpened : merit.planSealed },
            priced && { label: sealing.facts.tie, value: tender.tie === 'electronic-lot' ? lots.fact : sealing.facts.tieOf, note: tender.tie === 'electronic-lot' ? lots.factNote : undefined },
            priced && { label: sealing.facts.explanation, value: sealing.facts.explanationOf },
            tender.sizes && { label: credit.facts.lists, value: credit.facts.listsOf(tender.sizes.big, tender.sizes.small) },
            shortlist && { label: credit.facts.balls, value: shortlist.credit.balls.map(({ grade, balls }) => credit.columns.creditOf(grade, balls)).join(' · '), note: credit.facts.unrated(shortlist.credit.unrated) },
            tender.sizes && { label: credit.facts.pick, value: credit.facts.pickOf },
            named && { label: drafts.facts.named, value: <a href={paths.agency(named.uscc)}>{named.name}</a>, note: named.uscc },
            tender.directReason !== '' && { label: drafts.facts.reason, value: tender.directReason, note: drafts.facts.reasonPublic },
            publication && { label: facts.published, value: <Instant at={publication.publishedAt} seconds={shown.demo} /> },
            publication && { label: named ? drafts.facts.acceptBy : facts.closes, value: <Deadline at={publication.closesAt} seconds={shown.demo} />, note: heldOpen ? changes.section.moves : shown.demo && publication.procedure.application.unit === 's' ? words.demoClock : undefined },
            publication?.questionsUntil && { label: life.questions.until, value: <Deadline at={publication.questionsUntil} seconds={shown.demo} /> },
            publication?.drawsAfter && { label: priced ? sealing.facts.decides : facts.draws, value: <Instant at={publication.drawsAfter} seconds={shown.demo} />, note: heldOpen ? changes.section.moves : undefined },
            publication && !named && { label: facts.minimum, value: facts.minimumOf(publication.procedure.minimumBidders) },
            publication && !named && (closing || shown.state !== 'cancelled') && { label: facts.bidders, value: closing ? facts.biddersOf(closing.eligible, closing.excluded) : facts.biddersLater },
            publication?.drawSource && { label: facts.source, value: words.sources[publication.drawSource], note: words.sourceHonest[publication.drawSource] },
            shown.awaited && { label: beacon.awaited, value: <AwaitedValue awaited={shown.awaited} /> },
            publication && publication.procedure.method === 'random' && publication.procedure.randomness.rules === 'rfc3797' && { label: beacon.evidence.algorithm, value: beacon.algorithms.rfc3797 },
          ]}
        />
      </Section>
      <Section title={facts.requirements}>
        {tender.requirements ? <p className="measure whitespace-pre-line">{tender.requirements}</p> : <p className="muted">{drafts.facts.notYet}</p>}
      </Section>
      {tender.deliverables ? (
        <Section title={drafts.fields.deliverables}>
          <p className="measure whitespace-pre-line">{tender.deliverables}</p>
        </Section>
      ) : null}
      {tender.contact ? (
        <Section title={drafts.fields.contact}>
          <p className="measure">{tender.contact}</p>
        </Section>
      ) : null}
    </>
  )
}
