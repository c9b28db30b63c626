import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DeclineForm } from '#app/domain/awards/award.ts'
import { declineAward } from '#app/domain/awards/decline-award.server.ts'
import { DECLINE_REASONS } from '#app/domain/tenders/decline-reason.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from '#app/ui/code-text.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { Remaining } from '#app/ui/remaining.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.life.declining.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'decline:award')
  const number = arrived.params.number!
  const { tender, state, at, demo, awards, isWinner, named } = await orPage(arrived.request, showTender(context, { number }))
  const own = awards.findLast(({ label }) => label === context.actor.uscc)
  const why = own?.declined ? 'declined' : !isWinner || !own ? 'not-winner' : tender.suspension ? 'suspended' : at >= new Date(own.declineUntil) ? 'late' : null
  return { number, title: tender.title, state, at, demo, award: own ?? null, why, isDirect: named !== null } as const
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'decline:award')
  const number = arrived.params.number!
  return submit(arrived.request, DeclineForm, async ({ reason, words }) => {
    await declineAward(context, { number, reason, words })
    return redirect(`${paths.tender(number)}?done=declined`)
  })
}

export default function Decline() {
  const { life } = useWords()
  const words = life.declining
  const { number, title, state, at, demo, award, why, isDirect } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  return (
    <Page back={{ href: paths.tender(number), label: title }} kicker={<CodeText>{number}</CodeText>} title={words.title} lead={<><TenderStatus state={state} isDirect={isDirect} /> {isDirect ? words.direct.lead : words.lead}</>}>
      {rejected ? <ErrorSummary errors={rejected.errors} labels={{ reason: words.reason, words: words.words, confirmed: words.confirmed }} /> : null}
      {why || !award ? (
        <Notice tone="refused" title={words.not.title}>{words.not[why ?? 'not-winner']}</Notice>
      ) : (
        <>
          <Facts
            items={[
              { label: life.award.declineUntil, value: <><Instant at={award.declineUntil} seconds={demo} /> <Remaining at={at} until={award.declineUntil} /></> },
              { label: life.award.publicityEnds, value: <Instant at={award.publicityEndsAt} seconds={demo} /> },
            ]}
          />
          <Confirm title={words.button} consequences={isDirect ? words.direct.consequences : words.consequences} open>
            <Field kind="radio" name="reason" label={words.reason} options={DECLINE_REASONS.map((value) => ({ value, label: words.reasons[value] }))} {...kept(rejected, 'reason')} />
            <Field kind="textarea" name="words" label={words.words} hint={words.wordsHint} maxLength={500} {...kept(rejected, 'words')} />
            <Field kind="checkbox" name="confirmed" label={words.confirmed} text={words.confirm} errors={rejected?.errors.confirmed} value={kept(rejected, 'confirmed').value === 'yes'} />
          </Confirm>
        </>
      )}
    </Page>
  )
}
