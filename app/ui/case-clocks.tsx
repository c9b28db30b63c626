import type { Remark } from '#app/domain/cases/acceptance.ts'
import { isUnasked, type Milestone } from '#app/domain/cases/milestone.ts'
import { paths } from '#app/paths.ts'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { Section } from './page.tsx'
import { OfficeLimits } from './project-cases.tsx'
import { Deadline, Instant } from './time.tsx'
import { Status } from './status.tsx'
import { SupplementDays } from './supplement-days.tsx'
import { ServiceClockBar, type ShownClock, type ShownLimit } from './service-clock.tsx'

type Service = { material: string; listing: { name: string }; tender: { number: string | null } | null; milestone: Milestone; clock: ShownClock | null; limits: readonly ShownLimit[] }
type Office = { used: number; promised: number | null; statutory: number | null; limits: readonly ShownLimit[]; acceptance: { at: Date | string; deemed: boolean } | null; answerBy: Date | string | null; answerUncovered: readonly number[]; remarks: readonly { what: Remark['what']; at: Date | string }[]; supplement: ShownSupplement | null }
type ShownSupplement = { since: Date | string; used: number; round: number; overdueFrom: Date | string; isOverdue: boolean }

/** Whose time a case takes: its office's with promise and law, and that of each service that it waits for. */
export function CaseClocks({ clock, office, services, isOver, project }: { clock: ShownClock; office: Office; services: readonly Service[]; isOver: boolean; project: string }) {
  const { clock: words, cases } = useWords()
  return (
    <Section id="clock" title={words.title} lead={words.caseLead} action={<a href={paths.approvals(project)}>{words.seeProject}</a>}>
      <div className="case-clock">
        <h3>{words.ofCase}</h3>
        <Acceptance of={office} />
        <Remarks of={office.remarks} />
        <SupplementNow of={office.supplement} late={office.acceptance?.deemed ?? false} />
        <p><strong>{words.project.used} {cases.page.days(office.used)}</strong></p>
        <OfficeLimits of={{ ...office, isOver }} />
        <ServiceClockBar clock={clock} limits={office.limits} />
      </div>
      {services.filter(({ milestone }) => milestone !== 'by-itself' && milestone !== 'on-file' && !isUnasked(milestone)).map(({ material, listing, tender, milestone, clock: own, limits }) => (
        <details key={material} className="fold fold-wide case-clock" open={own !== null && own.running !== null}>
          <summary>{words.ofService(listing.name)}<span className="row-note"> {own ? cases.page.days(own.whole) : cases.milestones[milestone]}</span></summary>
          {own ? <ServiceClockBar clock={own} limits={limits} also /> : <p className="muted">{words.notYet(cases.milestones[milestone])}</p>}
          {tender?.number ? <p><a href={paths.contract(tender.number)}>{words.seeContract}</a></p> : null}
        </details>
      ))}
    </Section>
  )
}

/** What was recorded though article 32 leaves no room for it. */
function Remarks({ of }: { of: Office['remarks'] }) {
  const words = useWords().clock.remarks
  return of.map(({ what, at }, place) => <Notice key={place} tone="refused" title={words[what].title}><p><Instant at={at} /></p><p>{words[what].text}</p></Notice>)
}

/** Since when the office's days are counted, or until when it may still say nothing. */
function Acceptance({ of: { acceptance, answerBy, answerUncovered } }: { of: Pick<Office, 'acceptance' | 'answerBy' | 'answerUncovered'> }) {
  const { acceptance: words, limitUncovered } = useWords().clock
  if (acceptance) return <p>{acceptance.deemed ? <Status tone="open">{words.deemed}</Status> : words.recorded} <Instant at={acceptance.at} />{acceptance.deemed ? <span className="row-note measure block">{words.deemedNote}</span> : null}</p>
  return answerBy ? <p>{words.before} · {words.beforeUntil} <Deadline at={answerBy} /><span className="row-note measure block">{words.beforeNote}</span>{answerUncovered.length ? <span className="row-note measure block">{limitUncovered(answerUncovered.join(', '))}</span> : null}</p> : null
}

/** Since when the case waits for its applicant, and until when without a reminder; a late one stops no clock, as the remark on it says. */
function SupplementNow({ of, late }: { of: ShownSupplement | null; late: boolean }) {
  const words = useWords().clock.supplement
  if (!of) return null
  return (
    <p>
      {words.since} <Instant at={of.since} />{of.round > 1 ? <> · {words.round(of.round)}</> : null} · <SupplementDays of={of} />
      {of.isOverdue ? null : <> · {words.reminder} <Instant at={of.overdueFrom} bare /></>}
      {late ? null : <span className="row-note measure block">{words.note}</span>}
    </p>
  )
}
