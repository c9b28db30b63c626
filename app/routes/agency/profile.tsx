import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { AnswerForm } from '#app/domain/agencies/agency-check.ts'
import { answerCheck } from '#app/domain/agencies/answer-check.server.ts'
import { correctAgency } from '#app/domain/agencies/correct-agency.server.ts'
import { changedBetween, CorrectionForm, type Correctable } from '#app/domain/agencies/correction.ts'
import { DOCUMENT_KINDS } from '#app/domain/agencies/document.ts'
import { addDocument, changeProfile, commitAgency, dropDocument } from '#app/domain/agencies/keep-profile.server.ts'
import { CommitmentStep, IntroductionStep } from '#app/domain/agencies/registration.ts'
import { showMyAgency } from '#app/domain/agencies/show-my-agency.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, readForm, submit } from '#app/http/submit.server.ts'
import { openUpload } from '#app/http/upload.server.ts'
import { paths } from '#app/paths.ts'
import { AgencyStanding, CheckHistory, DocumentList, doneOf } from '#app/ui/agency-standing.tsx'
import { DocumentQuestions } from '#app/ui/agency-record.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { CommitmentQuestion, IntroductionQuestions, PeopleQuestions, useStepLabels } from '#app/ui/registration-steps.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.registration.profile.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'keep:agency')
  return { ...(await orPage(arrived.request, showMyAgency(context))), done: new URL(arrived.request.url).searchParams.get('done') }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'keep:agency')
  const { request } = arrived
  const { intent } = await readForm(request.clone())
  const saved = (done: string) => redirect(paths.agencyProfile({ done }))
  switch (intent) {
    case 'answer':
      return submit(request, AnswerForm, async (input) => (await answerCheck(context, input), saved('answered')))
    case 'commit':
      return submit(request, CommitmentStep, async () => (await commitAgency(context), saved('committed')))
    case 'correct':
      return submit(request, CorrectionForm, async ({ confirmed, ...now }) => {
        if (!confirmed) return { toConfirm: now }
        await correctAgency(context, now)
        return saved('corrected')
      })
    case 'remove':
      return submit(request, z.object({ id: z.uuid('forms.invalid_value') }), async ({ id }) => (await dropDocument(context, { documentId: id }), saved('removed')))
    case 'document': {
      const body = request.clone()
      return submit(request, z.object({ kind: z.enum(DOCUMENT_KINDS, 'forms.invalid_value') }), async ({ kind }) => {
        const upload = await openUpload(body, 'file')
        if (!upload) throw new Refusal('invalid', 'agencies.file-none', { field: 'file' })
        await addDocument(context, { ...(await upload.store()), kind })
        return saved('added')
      })
    }
    default:
      return submit(request, IntroductionStep, async (input) => (await changeProfile(context, input), saved('saved')))
  }
}

export default function Profile() {
  const { registration, accounts, agencies } = useWords()
  const words = registration.profile
  const { agency, inner, state, checkState, documents, checks, places, done } = useLoaderData<typeof loader>()
  const answered = useActionData<Rejected | { toConfirm: Correctable }>()
  const rejected = answered && 'errors' in answered ? answered : undefined
  const toConfirm = answered && 'toConfirm' in answered ? answered.toConfirm : null
  const recorded = { ...inner, phone: agency.phone, address: agency.address }
  const changed = toConfirm ? changedBetween(recorded, toConfirm) : []
  const of = (intent: string) => (rejected && (rejected.values.intent ?? 'profile') === intent ? rejected : undefined)
  const labels = useStepLabels('documents')
  const said = doneOf(done, words.done)
  return (
    <Page title={words.title} kicker={agency.name} lead={words.lead} back={{ href: paths.agencyDesk(), label: agencies.desk.title }} action={<ButtonLink href={paths.agency(agency.uscc)}>{agencies.desk.publicPage}</ButtonLink>}>
      {of('remove') ? <ErrorSummary errors={rejected!.errors} /> : null}
      {said ? <Notice tone="kept">{said}</Notice> : null}
      {toConfirm && changed.length === 0 ? <Notice>{agencies.refusals['nothing-corrected']}</Notice> : null}
      {toConfirm && changed.length > 0 ? (
        <Section title={words.corrected}>
          <Facts items={changed.map((field) => ({ label: labels[field]!, value: words.correctedFrom(recorded[field] ?? registration.none, toConfirm[field] ?? registration.none) }))} />
          <Confirm
            open
            begins
            repeatable
            title={words.confirmCorrection}
            action={paths.agencyProfile()}
            consequences={changed.includes('legalRepresentative') ? [...words.correctionWhy, words.representativeWhy] : words.correctionWhy}
            values={{ ...toConfirm, agentName: toConfirm.agentName ?? '', intent: 'correct', confirmed: 'yes' }}
          />
        </Section>
      ) : null}
      <Section title={words.standing}>
        <AgencyStanding state={state} checkState={checkState} noticeEndsAt={agency.noticeEndsAt} />
        <CheckHistory checks={checks} />
        {checkState === 'returned' ? (
          <PostForm action={paths.agencyProfile()} rejected={of('answer')} labels={{ answer: words.answer }}>
            <input type="hidden" name="intent" value="answer" />
            <Field kind="textarea" name="answer" label={words.answer} hint={words.answerHint} {...kept(of('answer'), 'answer')} />
            <div className="actions"><Button kind="main">{words.answerButton}</Button></div>
          </PostForm>
        ) : null}
        {agency.committedAt ? null : (
          <PostForm action={paths.agencyProfile()} rejected={of('commit')} labels={labels}>
            <input type="hidden" name="intent" value="commit" />
            <CommitmentQuestion given={false} rejected={of('commit')} />
            <div className="actions"><Button kind="main">{words.commitButton}</Button></div>
          </PostForm>
        )}
      </Section>
      <Section title={words.documents} lead={words.documentsLead}>
        <DocumentList documents={documents} action={paths.agencyProfile()} />
        <PostForm action={paths.agencyProfile()} rejected={of('document')} labels={labels} upload>
          <input type="hidden" name="intent" value="document" />
          <DocumentQuestions rejected={of('document')} kinds={DOCUMENT_KINDS} />
          <div className="actions"><Button>{registration.add.documents}</Button></div>
        </PostForm>
      </Section>
      <Section title={words.about}>
        <PostForm action={paths.agencyProfile()} rejected={of('profile')} labels={labels}>
          <input type="hidden" name="intent" value="profile" />
          <IntroductionQuestions introduction={agency.introduction} serviceDivisions={agency.areaCodes.length ? agency.areaCodes : undefined} rejected={of('profile')} places={places} />
          <div className="actions"><Button>{words.save}</Button></div>
        </PostForm>
      </Section>
      <Section title={words.correct} lead={words.correctLead}>
        <PostForm action={paths.agencyProfile()} rejected={of('correct')} labels={labels}>
          <input type="hidden" name="intent" value="correct" />
          <Field name="phone" type="tel" label={accounts.register.phone} autoComplete="tel" short {...kept(of('correct'), 'phone', toConfirm?.phone ?? agency.phone ?? '')} />
          <Field name="address" label={accounts.register.address} autoComplete="street-address" {...kept(of('correct'), 'address', toConfirm?.address ?? agency.address ?? '')} />
          <PeopleQuestions answers={{ people: toConfirm ?? { ...inner, legalRepresentative: inner.legalRepresentative ?? '', contactName: inner.contactName ?? '', contactPhone: inner.contactPhone ?? '' } }} rejected={of('correct')} />
          <div className="actions"><Button>{words.correctButton}</Button></div>
        </PostForm>
      </Section>
    </Page>
  )
}
