import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { CASE_STATES, currentState, isOver } from '#app/domain/cases/case-state.ts'
import { registerStatedProject } from '#app/domain/cases/register-stated-project.server.ts'
import { showTimedCase } from '#app/domain/contracts/show-timed-case.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { otherSide } from '#app/http/other-side.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { CaseMaterials, mayNotBeAsked } from '#app/ui/case-materials.tsx'
import { CaseClocks } from '#app/ui/case-clocks.tsx'
import { CaseStatus } from '#app/ui/case-status.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { DemandTable } from '#app/ui/demand-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { SaidInWords } from '#app/ui/said-in-words.tsx'
import { Instant } from '#app/ui/time.tsx'
import { Timeline } from '#app/ui/timeline.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled<typeof loader>((words, data) => data?.case.number ?? words.cases.page.kicker)

const DONE = ['opened', 'state', 'material', 'removed', 'registered'] as const

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'see:case')
  const asked = new URL(arrived.request.url).searchParams
  const shown = await orPage(arrived.request, showTimedCase(context, arrived.params.id ?? ''))
  return { ...shown, done: DONE.find((each) => each === asked.get('done')) ?? null, otherSide: shown.isKeeper ? otherSide(`/cases/${encodeURIComponent(shown.case.number)}`) : null }
}

/** The project that a case system described becomes the owner's own, by one click. */
export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'see:case')
  const caseId = arrived.params.id ?? ''
  return submit(arrived.request, z.object({ act: z.literal('register', 'forms.custom') }), async () => {
    await registerStatedProject(context, { caseId })
    return redirect(paths.case(caseId, { done: 'registered' }))
  })
}

/** One approval case: where it stands, what it needs, and what the market does about it. */
export default function CasePage() {
  const { cases, projects, disputes, clock: { acceptance: deemed } } = useWords()
  const words = cases.page
  const { case: shown, services, answers, held, said, steps, names, clock, office, demands, isKeeper, isApplicant, done, otherSide } = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  const { id, states, number } = shown
  const state = currentState(states)
  const toRegister = isApplicant && !names.isRegistered && !names.isDisputed && names.isStated
  const flowTypes: Record<string, string> = projects.flowTypes
  const undemandable = shown.materials.filter((one) => mayNotBeAsked(one, { answers, services })).length
  const days = (n: number | null) => (n === null ? null : words.days(n))
  const ofItem = (own: number | null, counted: number | null) => (own === null && counted !== null ? words.ofItem : undefined)
  return (
    <Page
      title={names.item}
      kicker={<>{words.kicker} {number}</>}
      lead={<CaseStatus state={state} />}
      back={{ href: paths.cases(), label: cases.list.title }}
      action={isKeeper ? <ButtonLink kind="main" href={paths.editCase(id)}>{cases.edit.stateTitle}</ButtonLink> : undefined}
      aside={
        <Section title={words.facts}>
          <Facts
            narrow
            items={[
              { label: words.authority, value: names.authority },
              { label: words.applicant, value: shown.applicant.name, note: shown.applicant.uscc },
              { label: cases.list.project, value: <CodeText>{shown.projectCode}</CodeText>, note: names.projectName },
              { label: words.lane, value: cases.lanes[shown.lane] },
              { label: cases.edit.flowType, value: flowTypes[shown.flowType] },
              { label: words.codes, value: shown.nationalCode, note: shown.implementationCode },
              { label: words.statutory, value: days(office.statutory), note: ofItem(shown.statutoryDays, office.statutory) },
              { label: words.promised, value: days(office.promised), note: ofItem(shown.promisedDays, office.promised) },
              { label: cases.list.received, value: <Instant at={shown.receivedAt} /> },
            ]}
          />
          {otherSide ? <p className="mt-4"><a href={otherSide} data-no-prefetch>{words.otherSide}</a></p> : null}
        </Section>
      }
    >
      {rejected && !toRegister ? <ErrorSummary errors={rejected.errors} /> : null}
      {done ? <Notice tone="kept" title={cases.edit.done[done]} /> : null}
      {names.isDisputed ? <Notice tone="open" title={disputes.title}>{disputes.onCase}</Notice> : null}
      {toRegister ? (
        <Section title={words.registerFirst} lead={words.registerText}>
          <PostForm action={paths.case(id)} rejected={rejected} labels={{}}>
            <div className="actions"><Button kind="main" name="act" value="register">{words.register}</Button></div>
          </PostForm>
        </Section>
      ) : null}
      <Section id="materials" title={words.materials} lead={words.materialsLead} action={isKeeper ? <a href={`${paths.editCase(id)}#material`}>{cases.edit.add}</a> : null}>
        {undemandable && (isApplicant || isKeeper) && !isOver(state) ? <Notice tone="refused" title={isApplicant ? words.undemandable.owner(undemandable) : words.undemandable.office(undemandable)}>{isApplicant ? words.undemandable.ownerText : words.undemandable.officeText}</Notice> : null}
        <SaidInWords said={said} authority={names.authority} projectCode={shown.projectCode} as={isApplicant ? 'applicant' : isKeeper ? 'keeper' : 'regulator'} />
        <CaseMaterials of={shown} services={services} answers={answers} held={held} steps={steps} mayBuy={isApplicant && names.isRegistered && !isOver(state)} isApplicant={isApplicant} isKeeper={isKeeper} empty={isKeeper ? { ...words.materialsEmpty, action: { href: paths.editCase(id), label: cases.edit.materialTitle } } : words.materialsEmpty} />
      </Section>
      <CaseClocks clock={clock} office={office} services={services} isOver={isOver(state)} project={shown.projectCode} />
      <Section id="history" title={words.history}>
        {states.length || office.acceptance?.deemed ? (
          <Timeline
            label={words.history}
            items={[...(office.acceptance?.deemed ? [{ key: 'deemed', title: deemed.deemedMark, when: <Instant at={office.acceptance.at} />, state: 'done' as const }] : []), ...states.map((each, place) => ({ key: String(place), title: cases.states[CASE_STATES[each.state]], when: <Instant at={each.at} />, text: each.note || undefined, state: place < states.length - 1 ? ('done' as const) : isOver(each.state) ? ('done' as const) : ('now' as const) }))]}
          />
        ) : (
          <p className="muted">{words.historyEmpty}</p>
        )}
      </Section>
      <Section id="demands" title={words.demands} action={isKeeper && !isOver(state) ? <a href={paths.newDemand({ caseNumber: number, project: shown.projectCode, item: names.item })}>{words.newDemand}</a> : null}>
        <DemandTable reports={isApplicant} rows={demands} caption={words.demands} empty={words.demandsEmpty} />
      </Section>
    </Page>
  )
}
