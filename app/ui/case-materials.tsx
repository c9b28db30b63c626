import type { Case, MaterialState } from '#app/domain/cases/case.ts'
import type { Milestone } from '#app/domain/cases/milestone.ts'
import { isAwaited } from '#app/domain/cases/newly-asked.ts'
import { isUndemandable, type MaterialAnswer } from '#app/domain/guard/asked-service.ts'
import { paths } from '#app/paths.ts'
import { DataTable, type Nothing } from './data-table.tsx'
import { useReasons } from './guard-answer.tsx'
import { useLocale, useWords } from './locale.tsx'
import { Status, type Tone } from './status.tsx'
import { dayText, Instant } from './time.tsx'

type Service = { material: string; listing: { code: string; name: string }; tender: { id: string; number: string | null } | null; agency: { uscc: string; name: string } | null; onFile: { number: string; validUntil: string | null; service: { code: string; name: string } } | null; milestone: Milestone }
/** `caseId` only where the reader may see the other case. */
type Held = { material: string; caseId: string | null; landed: { name: string; tender: string } | null }
type Step = { step: MaterialState | 'bought' | 'landed'; at: Date | string; reason: string }
type Material = Pick<Case['materials'][number], 'code' | 'name' | 'source' | 'sharedFrom' | 'state' | 'reason'>

const TONES: Partial<Record<string, Tone>> = { lacking: 'open', accepted: 'kept', submitted: 'kept', 'turned-away': 'refused' }

/** Says the list that the document may not be asked of the applicant, and is it still asked for? Of what the market has, the milestone knows. */
export function mayNotBeAsked({ code, state }: Pick<Material, 'code' | 'state'>, { answers, services }: { answers: readonly MaterialAnswer[]; services: readonly Pick<Service, 'material' | 'milestone'>[] }): boolean {
  const service = services.find(({ material }) => material === code)
  if (service) return service.milestone === 'not-demandable'
  const answer = answers.find(({ material }) => material === code)?.answer
  return isAwaited({ state }) && !!answer && isUndemandable(answer)
}

/** The documents of a case: where each comes from, whether it is there, and what the market does about those that a listed service yields. */
export function CaseMaterials({ of, services, answers, held, steps, mayBuy, isApplicant, isKeeper, empty }: { of: { id: string; projectCode: string; materials: Material[] }; services: readonly Service[]; answers: readonly MaterialAnswer[]; held: readonly Held[]; steps: Record<string, readonly Step[]>; mayBuy: boolean; isApplicant: boolean; isKeeper: boolean; empty: Nothing }) {
  const { cases, reports } = useWords()
  const words = cases.page
  const locale = useLocale()
  const { textOf } = useReasons()
  const heldOf = ({ code }: Material) => held.find(({ material }) => material === code)
  const serviceOf = ({ code }: Material) => services.find(({ material }) => material === code)
  const saidOf = ({ code }: Material) => answers.find(({ material }) => material === code)
  // What the office has not said of its document yet, and the marketplace knows.
  const stateOf = (row: Material): { text: string; tone: Tone | undefined } => {
    const milestone = row.state === 'lacking' ? serviceOf(row)?.milestone : undefined
    if (row.state === 'lacking' && heldOf(row)) return { text: words.heldThere, tone: 'kept' }
    if (row.state === 'lacking' && mayNotBeAsked(row, { answers, services })) return { text: cases.milestones['not-demandable'], tone: 'refused' }
    if (milestone === 'on-file') return { text: cases.milestones['on-file'], tone: 'kept' }
    return { text: milestone === 'landed' ? words.toRegister : cases.materialStates[row.state], tone: TONES[row.state] }
  }
  return (
    <DataTable
      caption={words.materials}
      rows={of.materials}
      keyOf={({ code }) => code}
      empty={empty}
      columns={[
        { key: 'name', label: words.material, main: true, cell: ({ name, code }) => <>{name}{isKeeper ? <div className="small font-normal"><a href={`${paths.editCase(of.id, { material: code })}#material`}>{cases.edit.change}<span className="sr-only">{name}</span></a></div> : null}</> },
        {
          key: 'source',
          label: words.source,
          cell: (row) => {
            const service = serviceOf(row)
            const means = saidOf(row)?.means
            if (service) return <>{words.resultOf}<a href={paths.listing(service.listing.code)}>{service.listing.name}</a>{means ? <div className="small"><Status tone="refused">{words.misnamed}</Status> {words.misnamedAs} <a href={paths.listing(means.code)}>{means.name}</a></div> : null}</>
            if (!row.sharedFrom) return <>{cases.sources[row.source]}{means ? <div className="small">{words.meansService} <a href={paths.listing(means.code)}>{means.name}</a></div> : null}{isAwaited(row) ? <div className="small muted">{words.ownPaper}</div> : null}</>
            const lies = heldOf(row)
            return (
              <>
                {lies?.caseId ? <a href={paths.case(lies.caseId)}>{words.shared(row.sharedFrom)}</a> : words.shared(row.sharedFrom)}
                {lies?.landed ? <div className="small"><a href={paths.deliverable(lies.landed.tender)}>{words.heldResult(lies.landed.name)}</a></div> : null}
              </>
            )
          },
        },
        { key: 'state', label: words.state, cell: (row) => <><Status tone={stateOf(row).tone}>{stateOf(row).text}</Status>{row.reason ? <div className="small muted">{row.reason}</div> : null}{row.state === 'turned-away' && row.source !== 'shared' && isApplicant ? <div className="small"><a href={paths.turnedAway({ project: of.projectCode, case: of.id, material: row.code })}>{reports.turnedAway.link}</a></div> : null}<Steps of={steps[row.code] ?? []} name={row.name} /></> },
        {
          key: 'milestone',
          label: words.milestone,
          cell: (row) => {
            const [service, guard] = [serviceOf(row), saidOf(row)?.answer]
            const answered = guard && !guard.withdrawn && isAwaited(row) && guard.verdict !== 'allowed' && service?.milestone !== 'on-file' ? <Answered text={guard.verdict === 'needs-facts' ? [words.needsFacts] : guard.reasons.map(textOf)} decision={guard.decision} see={words.seeAnswer} /> : null
            if (!service) return guard?.withdrawn && isAwaited(row) ? cases.milestones.withdrawn : answered
            const { tender, agency, onFile, milestone } = service
            return (
              <>
                {milestone === 'on-file' || milestone === 'not-demandable' ? null : cases.milestones[milestone]}
                {answered}
                {agency ? <div className="small">{agency.name}</div> : null}
                {tender?.number ? <div className="small"><a href={paths.tender(tender.number)}>{words.seeTender}</a></div> : null}
                {tender && !tender.number && isApplicant ? <div className="small"><a href={paths.draft(tender.id)}>{words.seeDraft}</a></div> : null}
                {onFile && milestone === 'on-file' ? <div className="small"><a href={paths.deliverable(onFile.number)}>{words.heldAs({ ...onFile.service, until: onFile.validUntil && dayText(onFile.validUntil, locale, false) })}</a></div> : null}
                {mayBuy && milestone === 'to-open' ? <div className="small"><a href={paths.newTender({ project: of.projectCode, service: service.listing.code, case: of.id, material: row.code })}>{words.openTender}</a></div> : null}
              </>
            )
          },
        },
      ]}
    />
  )
}

/** What the guard said of a document that is asked for, beside it. */
function Answered({ text, decision, see }: { text: readonly string[]; decision: string; see: string }) {
  return <div className="small">{text.map((each) => <p key={each}>{each}</p>)}<a href={paths.decision(decision)}>{see}</a></div>
}

/** When a document came into which state, folded; what is told in the row already is no history. */
function Steps({ of, name }: { of: readonly Step[]; name: string }) {
  const { cases } = useWords()
  const words = cases.page.steps
  const nameOf = (step: Step['step']) => (step === 'bought' || step === 'landed' ? words[step] : cases.materialStates[step])
  if (!of.length) return null
  return (
    <details className="small">
      <summary>{words.title}<span className="sr-only">{words.of(name)}</span></summary>
      <ol>{of.map(({ step, at, reason }, place) => <li key={place}><Instant at={at} bare /> {nameOf(step)}{reason ? <span className="muted"> · {reason}</span> : null}</li>)}</ol>
    </details>
  )
}
