import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { can } from '#app/domain/accounts/actor.ts'
import { answerContest, contestFinding } from '#app/domain/oversight/contest-finding.server.ts'
import { decideInquiry } from '#app/domain/oversight/decide-inquiry.server.ts'
import { ContestAnswerForm, ContestForm, FindingForm, RectificationForm, RectificationVerdictForm, ReplyForm } from '#app/domain/oversight/inquiry.ts'
import { judgeRectification, submitRectification } from '#app/domain/oversight/rectify.server.ts'
import { replyToInquiry } from '#app/domain/oversight/reply-to-inquiry.server.ts'
import { showInquiry } from '#app/domain/oversight/show-inquiry.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, readForm, submit } from '#app/http/submit.server.ts'
import { keepUploads } from '#app/http/uploads.server.ts'
import { paths } from '#app/paths.ts'
import { Left } from '#app/ui/agenda.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { actsOf, InquiryAct, PROOFS } from '#app/ui/inquiry-acts.tsx'
import { InquiryBehind, Papers } from '#app/ui/inquiry-behind.tsx'
import { InquiryStatus } from '#app/ui/inquiry-status.tsx'
import { InquiryTimeline } from '#app/ui/inquiry-timeline.tsx'
import { sentenceOf, type LeadLine } from '#app/ui/lead-list.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Deadline, Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

const DONE = ['opened', 'replied', 'decided', 'contested', 'contest-answered', 'rectified', 'judged'] as const

export const meta = titled<typeof loader>((words, data) => `${data?.number ?? ''} · ${words.inquiries.title}`)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'read:inquiries')
  const inquiry = await orPage(arrived.request, showInquiry(context, { number: arrived.params.number! }))
  const done = new URL(arrived.request.url).searchParams.get('done')
  return { ...inquiry, mayDecide: can(context.actor, 'decide:inquiry'), done: DONE.find((each) => each === done) ?? null }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'read:inquiries')
  const { request } = arrived
  const number = arrived.params.number!
  const body = request.clone()
  const { act } = await readForm(request.clone())
  const files = () => keepUploads(body, PROOFS)
  const to = (done: (typeof DONE)[number]) => redirect(paths.inquiry(number, { done }))
  // Whose file it is not gets no form of it read.
  await orPage(request, showInquiry(context, { number }))
  switch (act) {
    case 'reply':
      return submit(request, ReplyForm, async ({ words }) => (await replyToInquiry(context, { number, words, files: await files() }), to('replied')))
    case 'decide':
      return submit(request, FindingForm, async (finding) => (await decideInquiry(context, { number, ...finding }), to('decided')))
    case 'contest':
      return submit(request, ContestForm, async ({ contest }) => (await contestFinding(context, { number, words: contest }), to('contested')))
    case 'answer':
      return submit(request, ContestAnswerForm, async ({ review, reviewReason }) => (await answerContest(context, { number, outcome: review, reason: reviewReason }), to('contest-answered')))
    case 'rectify':
      return submit(request, RectificationForm, async ({ proof }) => (await submitRectification(context, { number, words: proof, files: await files() }), to('rectified')))
    case 'judge':
      return submit(request, RectificationVerdictForm, async ({ accepted, verdictReason }) => (await judgeRectification(context, { number, accepted: accepted === 'yes', reason: verdictReason }), to('judged')))
    default:
      return submit(request, z.object({ act: z.never('forms.custom') }), async () => to('opened'))
  }
}

export default function InquiryFile() {
  const all = useWords()
  const { inquiries: words, leads } = all
  const shown = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const { number, side, state, rectification, facts, behind, listing, done } = shown
  const acts = actsOf({ side, state, contested: facts.contest !== null, rectification: rectification?.state ?? null, mayDecide: shown.mayDecide })
  const isLost = rejected && !acts.some((act) => act === rejected.values.act)
  const text = (value: string) => <span className="whitespace-pre-line break-words">{value}</span>
  const { reply, findingSaid, contestSaid, rounds } = shown
  // Putting right and asking for a review go side by side: what came first is read first.
  const later = [
    ...(contestSaid ? [{
      at: new Date(facts.contest!.contestedAt).getTime(),
      said: (
        <Section key="contest" title={words.steps.contested} lead={<Instant at={facts.contest!.contestedAt} />}>
          <Facts items={[{ label: words.contest.words, value: text(contestSaid.words) }, facts.contestAnswer !== null && { label: words.steps.contestAnswered, value: words.contest[facts.contestAnswer.outcome], note: contestSaid.reason }]} />
        </Section>
      ),
    }] : []),
    ...rounds.map((round, place) => ({
      at: new Date(facts.rectifications[place]!.submittedAt).getTime(),
      said: (
        <Section key={round.id} title={words.steps.rectified(place + 1)} lead={<Instant at={facts.rectifications[place]!.submittedAt} />}>
          <p className="measure">{text(round.words)}</p>
          {shown.files.rounds[place]?.length ? <Papers files={shown.files.rounds[place]} /> : null}
          {round.reason === null ? null : <Facts items={[{ label: words.rectify.accepted, value: facts.rectifications[place]!.verdict!.accepted ? words.rectify.yes : words.rectify.no, note: round.reason }]} />}
        </Section>
      ),
    })),
  ]
  return (
    <Page
      back={{ href: paths.inquiries(), label: words.file.back }}
      kicker={<CodeText>{number}</CodeText>}
      title={side === 'regulator' ? shown.respondent : words.steps.letter}
      lead={<><InquiryStatus state={state} rectification={rectification?.state ?? null} />{state === 'awaiting-reply' ? <> {words.steps.replyDue} <Deadline at={shown.replyBy} /> {shown.left ? <Left left={shown.left} /> : null}</> : null}</>}
      aside={
        <>
          <InquiryTimeline openedAt={shown.openedAt} state={state} rectification={rectification} facts={facts} />
          <p className="small"><a href={paths.ledgerStory(number)}>{words.file.story}</a></p>
          <p className="small muted">{words.file.storyNote}</p>
          <p className="small muted no-print">{words.file.print}</p>
        </>
      }
    >
      {done ? <Notice tone="kept">{words.done[done]}</Notice> : null}
      {isLost ? <ErrorSummary errors={rejected.errors} /> : null}
      <Section title={words.file.what}>
        <Facts
          items={[
            { label: words.respondent, value: shown.respondent },
            { label: words.source, value: leads.kinds[shown.leadKind], note: shown.leadParams ? sentenceOf({ kind: shown.leadKind, params: shown.leadParams } as LeadLine, all) : undefined },
            { label: words.listing, value: listing ? <a href={paths.listing(listing.code)}>{listing.name}</a> : words.noListing },
            { label: words.file.allegation, value: text(shown.allegation) },
            { label: words.opened, value: <Instant at={shown.openedAt} /> },
          ]}
        />
        <InquiryBehind behind={behind} decisionId={shown.decisionId} />
      </Section>
      {reply ? <Section title={words.reply.title} lead={<Instant at={facts.repliedAt!} />}><p className="measure">{text(reply.words)}</p>{shown.files.reply.length ? <Papers files={shown.files.reply} /> : null}</Section> : null}
      {findingSaid && facts.finding ? (
        <Section title={words.steps.decided} lead={<Instant at={facts.finding.foundAt} />}>
          <Facts
            items={[
              { label: words.finding.outcome, value: words.finding.outcomes[facts.finding.outcome] },
              findingSaid.bases.length > 0 && { label: words.finding.bases, value: <ul>{findingSaid.bases.map((basis) => <li key={basis}>{words.bases[basis]}</li>)}</ul> },
              findingSaid.referredTo !== null && { label: words.finding.referredTo, value: findingSaid.referredTo },
              { label: words.finding.reason, value: text(findingSaid.reason) },
              facts.finding.contestBy !== null && { label: words.steps.contestBy, value: <Deadline at={facts.finding.contestBy} /> },
              rectification !== null && rectification.until !== null && { label: words.rectifications[rectification.state], value: <><Deadline at={rectification.until} /> {rectification.left ? <Left left={rectification.left} /> : null}</> },
              facts.finding.rectifyBy !== null && { label: words.steps.rectifyBy, value: <Deadline at={facts.finding.rectifyBy} /> },
            ]}
          />
        </Section>
      ) : null}
      {later.toSorted((one, other) => one.at - other.at).map(({ said }) => said)}
      {side === 'regulator' && state === 'awaiting-reply' ? <Notice tone="open">{words.finding.wait}</Notice> : null}
      <div className="no-print stack">{acts.map((act) => <InquiryAct key={act} act={act} number={number} rejected={rejected} />)}</div>
    </Page>
  )
}
