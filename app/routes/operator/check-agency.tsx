import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { InvitationForm } from '#app/domain/accounts/invitation.ts'
import { CHECK_REASONS, CheckForm } from '#app/domain/agencies/agency-check.ts'
import { checkAgency } from '#app/domain/agencies/check-agency.server.ts'
import { inviteAgencyManager } from '#app/domain/agencies/invite-agency-manager.server.ts'
import { showCheck } from '#app/domain/agencies/show-check.server.ts'
import { can } from '#app/domain/accounts/actor.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, readForm, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { usePractitionerNote } from '#app/ui/agency-record.tsx'
import { AgencyStanding, CheckHistory, DocumentList } from '#app/ui/agency-standing.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Empty } from '#app/ui/data-table.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Field, kept, keptAll, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { QualificationFacts } from '#app/ui/qualification-facts.tsx'
import { useStepLabels } from '#app/ui/registration-steps.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled<typeof loader>((words, data) => data?.agency.name ?? words.registration.queue.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'check:agency')
  const shown = await orPage(arrived.request, showCheck(context, { uscc: arrived.params.uscc ?? '' }))
  return { ...shown, mayInvite: can(context.actor, 'import:agencies') && !shown.inner.managed }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'check:agency')
  const { request } = arrived
  const uscc = arrived.params.uscc ?? ''
  const { intent } = await readForm(request.clone())
  if (intent === 'invite') return submit(request, InvitationForm, async ({ displayName }) => inviteAgencyManager(context, { uscc, displayName }))
  return submit(request, CheckForm, async (input) => {
    await checkAgency(context, { ...input, uscc })
    return redirect(paths.agencyQueue({ done: input.verdict }))
  })
}

type Done = Rejected | { invitation: string; expiresAt: Date }

export default function CheckAgency() {
  const { registration, agencies, accounts } = useWords()
  const words = registration.check
  const { agency, state, checkState, inner, documents, practitioners, qualifications, checks, corrections, mayInvite } = useLoaderData<typeof loader>()
  const answered = useActionData<Done>()
  const note = usePractitionerNote()
  const labels = useStepLabels()
  const invited = answered && 'invitation' in answered ? answered : null
  const rejected = answered && 'errors' in answered ? answered : undefined
  const isOpen = state !== 'ended' && (checkState === 'unchecked' || checkState === 'answered')
  const own = (intent: string) => ((rejected?.values.intent ?? 'check') === intent ? rejected : undefined)
  return (
    <Page title={agency.name} kicker={words.title} lead={words.lead} back={{ href: paths.agencyQueue(), label: registration.queue.title }} action={<ButtonLink href={paths.agency(agency.uscc)}>{words.publicPage}</ButtonLink>} aside={<Section title={words.standing}><AgencyStanding narrow state={state} checkState={checkState} noticeEndsAt={agency.noticeEndsAt} /></Section>}>
      {invited ? (
        <Notice tone="kept" title={registration.claim.made}>
          <p><CodeText>{invited.invitation}</CodeText></p>
          <p>{registration.claim.how}</p>
          <p>{accounts.sessions.openUntil} <Instant at={invited.expiresAt} /></p>
        </Notice>
      ) : null}
      <Section title={agencies.page.factsTitle}>
        <Facts
          items={[
            { label: agencies.page.uscc, value: <CodeText>{agency.uscc}</CodeText> },
            { label: agencies.page.seat, value: agency.seat },
            { label: agencies.page.address, value: agency.address },
            { label: agencies.page.phone, value: agency.phone },
            { label: accounts.register.legalRepresentative, value: inner.legalRepresentative },
            { label: registration.people.agentName, value: inner.agentName ?? registration.none },
            { label: registration.people.contactName, value: inner.contactName ?? registration.none },
            { label: registration.people.contactPhone, value: inner.contactPhone ?? registration.none },
            { label: agencies.page.admitted, value: <Instant at={agency.admittedAt} /> },
          ]}
        />
      </Section>
      <Section title={registration.profile.documents}><DocumentList documents={documents} /></Section>
      <Section title={registration.qualification.title}>
        {qualifications.length ? qualifications.map((one) => <section key={one.id}><QualificationFacts qualification={one} /></section>) : <Empty title={registration.qualification.empty.title} />}
      </Section>
      <Section title={registration.practitioner.title}>
        {practitioners.length ? <Facts items={practitioners.map((one) => ({ label: one.name, value: note(one) }))} /> : <Empty title={registration.practitioner.empty.title} />}
      </Section>
      {corrections.length ? (
        <Section title={registration.profile.corrections}>
          <Facts
            items={corrections.flatMap(({ changed, before, at }, index) =>
              changed.map((field) => ({ key: `${index} ${field}`, label: labels[field]!, value: registration.profile.formerly(before[field] ?? registration.none), note: <Instant at={at} /> })),
            )}
          />
        </Section>
      ) : null}
      {checks.length ? <Section title={words.history}><CheckHistory checks={checks} /></Section> : null}
      {isOpen ? (
        <Section title={words.decide} lead={words.decideLead}>
          <PostForm action={paths.checkAgency(agency.uscc)} rejected={own('check')} labels={{ verdict: words.verdict, reasons: words.reasonsLabel, note: words.note }}>
            <Field kind="radio" name="verdict" label={words.verdict} options={(['passed', 'returned'] as const).map((one) => ({ value: one, label: words.verdicts[one], hint: words.verdictHints[one] }))} {...kept(own('check'), 'verdict')} />
            <Field kind="checkboxes" name="reasons" label={words.reasonsLabel} hint={words.reasonsHint} optional options={CHECK_REASONS.map((one) => ({ value: one, label: words.reasons[one] }))} {...keptAll(own('check'), 'reasons')} />
            <Field kind="textarea" name="note" label={words.note} hint={words.noteHint} optional {...kept(own('check'), 'note')} />
            <div className="actions"><Button kind="main">{words.button}</Button></div>
          </PostForm>
        </Section>
      ) : null}
      {mayInvite ? (
        <Section title={registration.claim.title} lead={registration.claim.lead}>
          <PostForm action={paths.checkAgency(agency.uscc)} rejected={own('invite')} labels={{ displayName: registration.claim.name }}>
            <input type="hidden" name="intent" value="invite" />
            <Field name="displayName" label={registration.claim.name} {...kept(own('invite'), 'displayName')} />
            <div className="actions"><Button>{registration.claim.button}</Button></div>
          </PostForm>
        </Section>
      ) : null}
    </Page>
  )
}
