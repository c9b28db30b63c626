import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { adoptProposal } from '#app/domain/governance/adopt-proposal.server.ts'
import { answerComments } from '#app/domain/governance/answer-comments.server.ts'
import { giveOpinion } from '#app/domain/governance/give-opinion.server.ts'
import { openComment } from '#app/domain/governance/open-comment.server.ts'
import { AdoptionForm, AnswerForm, OpinionForm, WithdrawalForm } from '#app/domain/governance/proposal-form.ts'
import { isOver, OPINIONS } from '#app/domain/governance/proposal.ts'
import { showGoverned } from '#app/domain/governance/show-proposal.server.ts'
import { withdrawProposal } from '#app/domain/governance/withdraw-proposal.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { keysetOf } from '#app/http/keyset.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { Empty } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { ListsBelow } from '#app/ui/lists-below.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { AnswerSection, OpinionSection } from '#app/ui/proposal-forms.tsx'
import { ProposalOpinions } from '#app/ui/proposal-parts.tsx'
import { ProposalStatus } from '#app/ui/proposal-state.tsx'
import { ProposalTimeline } from '#app/ui/proposal-timeline.tsx'
import { dayText } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'
import { TwinWarning } from '#app/ui/twin-warning.tsx'

export const meta = titled<typeof loader>((words, data) => words.governance.govern.title(data?.proposal.number ?? ''))

const DONE = ['proposed', 'opinion', 'opened', 'answered', 'adopted', 'withdrawn'] as const

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'propose:listing')
  const asked = new URL(arrived.request.url).searchParams
  const after = keysetOf(asked.get('after'))
  const shown = await orPage(arrived.request, showGoverned(context, { number: arrived.params.number ?? '', after }))
  return { ...shown, done: DONE.find((one) => one === asked.get('done')) ?? null }
}

const Act = z.discriminatedUnion('act', [
  OpinionForm.extend({ act: z.literal('opinion') }),
  z.object({ act: z.literal('open') }),
  AnswerForm.extend({ act: z.literal('answer') }),
  AdoptionForm.extend({ act: z.literal('adopt') }),
  WithdrawalForm.extend({ act: z.literal('withdraw') }),
], 'forms.custom')

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'propose:listing')
  const number = arrived.params.number ?? ''
  return submit(arrived.request, Act, async ({ act, ...form }) => {
    if (act === 'opinion') await giveOpinion(context, { number, ...(form as z.output<typeof OpinionForm>) })
    if (act === 'open') await openComment(context, { number })
    if (act === 'answer') await answerComments(context, { number, ...(form as z.output<typeof AnswerForm>) })
    if (act === 'adopt') await adoptProposal(context, { number, ...(form as z.output<typeof AdoptionForm>) })
    if (act === 'withdraw') await withdrawProposal(context, { number, ...(form as z.output<typeof WithdrawalForm>) })
    return redirect(paths.governProposal(number, { done: { opinion: 'opinion', open: 'opened', answer: 'answered', adopt: 'adopted', withdraw: 'withdrawn' }[act] }))
  })
}

export default function GovernProposal() {
  const words = useWords().governance
  const locale = useLocale()
  const { proposal, state, opinions, comments, next, mayGive, mayDecide, earliest, below, twins, done } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as Rejected | undefined
  const rejectedOf = (act: string) => (answer?.values.act === act ? answer : undefined)
  const { govern } = words
  const number = proposal.number!
  const answers = (state === 'comment' || state === 'answering') && comments.length > 0
  const idle = !isOver(state) && state !== 'blocked' && !mayGive.length && !answers && !(mayDecide && (state === 'to-open' || state === 'to-adopt'))
  // The forms of their own sections say their faults there; what has none says them above.
  const inPlace = (mayGive.length > 0 && rejectedOf('opinion')) || (answers && rejectedOf('answer'))
  const elsewhere = inPlace ? undefined : answer
  return (
    <Page
      title={proposal.title}
      kicker={<CodeText>{number}</CodeText>}
      lead={<><ProposalStatus state={state} /> {words.page.lead[state]}</>}
      back={{ href: paths.governance(), label: words.proposals }}
      action={<ButtonLink href={paths.proposal(number)}>{govern.publicPage}</ButtonLink>}
      aside={<Section title={words.page.steps}><ProposalTimeline proposal={proposal} state={state} given={opinions.length} asked={OPINIONS.length} /></Section>}
    >
      {elsewhere ? <ErrorSummary errors={elsewhere.errors} labels={{ from: govern.from, note: govern.note, reason: govern.withdrawReason }} /> : null}
      {done ? <Notice tone={done === 'withdrawn' ? 'plain' : 'kept'}>{govern.done[done]}</Notice> : null}
      {idle ? <Empty {...govern.nothing} /> : null}
      {twins.map(({ twins: near, ...entry }) => <TwinWarning key={entry.code} of={entry} twins={near} text={govern.twinsText} />)}
      {mayGive.length ? <OpinionSection kinds={mayGive} rejected={rejectedOf('opinion')} /> : null}
      {mayDecide && state === 'to-open' ? (
        <Section title={govern.open}><Confirm open begins title={govern.open} consequences={govern.openConsequences} values={{ act: 'open' }} /></Section>
      ) : null}
      {answers ? <AnswerSection comments={comments} rejected={rejectedOf('answer')} next={next ? paths.governProposal(number, { after: next }) : null} /> : null}
      <ListsBelow below={below} />
      {mayDecide && state === 'to-adopt' ? (
        <Section title={govern.adopt} lead={govern.adoptLead}>
          <Confirm open begins title={govern.adopt} consequences={govern.adoptConsequences} values={{ act: 'adopt' }}>
            <Field kind="text" type="date" name="from" label={govern.from} hint={govern.fromHint(dayText(earliest, locale, false))} short {...kept(rejectedOf('adopt'), 'from', earliest)} />
            <Field kind="textarea" name="note" label={govern.note} hint={govern.noteHint} maxLength={500} {...kept(rejectedOf('adopt'), 'note')} />
          </Confirm>
        </Section>
      ) : null}
      <Section title={words.page.opinions} lead={words.page.opinionsLead}><ProposalOpinions opinions={opinions} /></Section>
      {mayDecide && !isOver(state) ? (
        <Confirm title={govern.withdraw} consequences={govern.withdrawConsequences} values={{ act: 'withdraw' }} open={rejectedOf('withdraw') ? true : undefined}>
          <Field kind="textarea" name="reason" label={govern.withdrawReason} maxLength={500} {...kept(rejectedOf('withdraw'), 'reason')} />
        </Confirm>
      ) : null}
    </Page>
  )
}
