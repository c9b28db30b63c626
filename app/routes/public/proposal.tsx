import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { networkOf, throttle } from '#app/domain/accounts/throttle.server.ts'
import { commentOnProposal } from '#app/domain/governance/comment-on-proposal.server.ts'
import { CommentForm } from '#app/domain/governance/proposal-form.ts'
import { OPINIONS } from '#app/domain/governance/proposal.ts'
import { showProposal } from '#app/domain/governance/show-proposal.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { enter } from '#app/http/enter.server.ts'
import { keysetOf } from '#app/http/keyset.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { ListChanges } from '#app/ui/list-changes.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { ProposalComments, ProposalOpinions } from '#app/ui/proposal-parts.tsx'
import { ProposalStatus } from '#app/ui/proposal-state.tsx'
import { ProposalTimeline } from '#app/ui/proposal-timeline.tsx'
import { Remaining } from '#app/ui/remaining.tsx'
import { dayText, Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled<typeof loader>((words, data) => data?.proposal.title ?? words.governance.proposals)

export async function loader(arrived: LoaderFunctionArgs) {
  const asked = new URL(arrived.request.url).searchParams
  const after = keysetOf(asked.get('after'))
  const context = await enter(arrived)
  const shown = await orPage(arrived.request, showProposal(context, { number: arrived.params.number ?? '', after }))
  return { ...shown, isMember: context.actor.kind === 'member', after: after ?? null, commented: asked.get('done') === 'commented' }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enter(arrived)
  const number = arrived.params.number ?? ''
  return submit(arrived.request, CommentForm, async ({ as, ...form }) => {
    if (as === 'member' && context.actor.kind === 'visitor') throw new Refusal('unauthenticated', 'accounts.sign-in-first')
    await throttle(context.db, 'comment-address', context.actor.kind === 'member' ? context.actor.accountId : networkOf(arrived.context.ip))
    await commentOnProposal(context, { number, ...form })
    return redirect(paths.proposal(number, { done: 'commented' }))
  })
}

export default function Proposal() {
  const words = useWords().governance
  const locale = useLocale()
  const { proposal, state, entries, counts, opinions, comments, next, after, at, divisionName, governs, commented } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const { page } = words
  const number = proposal.number!
  return (
    <Page
      title={proposal.title}
      kicker={<>{divisionName} · <CodeText>{number}</CodeText></>}
      lead={<><ProposalStatus state={state} /> {page.lead[state]}{state === 'comment' ? <> <Remaining at={at} until={proposal.period!.endsAt} /></> : null}</>}
      back={{ href: paths.proposals(), label: page.back }}
      action={governs ? <ButtonLink kind="main" href={paths.governProposal(number)}>{page.govern}</ButtonLink> : null}
      aside={
        <>
          <Section title={page.steps}><ProposalTimeline proposal={proposal} state={state} given={opinions.length} asked={OPINIONS.length} /></Section>
          <Section title={page.files}>
            <p className="actions no-print">
              <ButtonLink small href={paths.proposalFile(number, 'proposal.xlsx')} download>{words.files.xlsx}</ButtonLink>
              <ButtonLink small href={paths.proposalFile(number, 'proposal.json')} download>{words.files.json}</ButtonLink>
            </p>
            <p className="small"><a href={paths.ledgerStory(number)}>{page.story}</a></p>
          </Section>
        </>
      }
    >
      {commented ? <Notice tone="kept" title={page.commented.title}>{page.commented.text}</Notice> : null}
      {proposal.withdrawal ? <Notice tone="refused" title={page.withdrawnBecause}>{proposal.withdrawal.reason}</Notice> : null}
      {proposal.adoption ? (
        <Notice tone="kept" title={`${page.version(proposal.adoption.version)} · ${page.effective(dayText(proposal.adoption.effectiveOn, locale, false))}`} next={{ href: paths.differences({ to: proposal.adoption.effectiveOn }), label: page.seeDifferences }}>
          {proposal.adoption.note}
        </Notice>
      ) : null}
      {proposal.urgentReason ? <Notice tone="open" title={page.urgentTitle}>{page.urgentLead} {proposal.urgentReason}</Notice> : null}
      <Facts
        items={[
          { label: page.reason, value: <span className="whitespace-pre-line break-words">{proposal.reason}</span> },
          { label: page.basis, value: <span className="whitespace-pre-line break-words">{proposal.basis}</span> },
          { label: page.by, value: proposal.organisationName },
          { label: page.proposedAt, value: <Instant at={proposal.proposedAt!} /> },
          proposal.period && { label: page.until, value: <Instant at={proposal.period.endsAt} />, note: proposal.period.source === 'default' ? page.ourDefault : page.sourceOf(proposal.period.source) },
        ]}
      />
      <Section title={page.entries} lead={words.counted(counts)}><ListChanges entries={entries} /></Section>
      <Section title={page.opinions} lead={page.opinionsLead}><ProposalOpinions opinions={opinions} /></Section>
      {proposal.urgentReason ? null : (
        <Section title={page.comments} id="comments">
          <ProposalComments comments={comments} counts={proposal.comments} none={state === 'comment' ? page.noComments.during : proposal.period ? page.noComments.after : page.noComments.before} />
          <Pager first={after ? `${paths.proposal(number)}#comments` : null} next={next ? `${paths.proposal(number, { after: next })}#comments` : null} />
        </Section>
      )}
      {state === 'comment' || rejected ? <CommentHere rejected={rejected} /> : null}
    </Page>
  )
}

/** Also where the period has ended meanwhile: what was typed is not lost, and it is said why it is not taken. */
function CommentHere({ rejected }: { rejected: Rejected | undefined }) {
  const words = useWords().governance.page
  const { isMember } = useLoaderData<typeof loader>()
  return (
    <Section title={words.commentTitle} lead={words.commentLead} id="comment">
      <PostForm rejected={rejected} labels={{ words: words.commentWords, contact: words.contact }}>
        <input type="hidden" name="as" value={isMember ? 'member' : 'visitor'} />
        <Field kind="textarea" name="words" label={words.commentWords} hint={words.commentHint} rows={6} maxLength={2000} {...kept(rejected, 'words')} />
        <Field kind="text" name="contact" label={words.contact} hint={words.contactHint} optional maxLength={100} {...kept(rejected, 'contact')} />
        <div className="actions"><Button kind="main">{words.commentButton}</Button></div>
      </PostForm>
    </Section>
  )
}
