import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { dayOf } from '#app/domain/calendar.ts'
import { approveOutage } from '#app/domain/oversight/approve-outage.server.ts'
import { ApprovalForm, gapOf, OutageForm } from '#app/domain/oversight/outage-claim.ts'
import { proposeOutage } from '#app/domain/oversight/propose-outage.server.ts'
import { showAvailability } from '#app/domain/oversight/show-availability.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

const DONE = ['proposed', 'approved'] as const

export const meta = titled((words) => words.changes.outages.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'claim:outage')
  const { claims, at } = await showAvailability(context)
  const done = new URL(arrived.request.url).searchParams.get('done')
  return { waiting: claims.filter(({ approvedAt }) => !approvedAt), today: dayOf(at), done: DONE.find((each) => each === done) ?? null }
}

const Act = z.discriminatedUnion('act', [OutageForm.extend({ act: z.literal('propose') }), ApprovalForm.extend({ act: z.literal('approve') })], 'forms.custom')

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'claim:outage')
  return submit(arrived.request, Act, async (form) => {
    if (form.act === 'approve') await approveOutage(context, { id: form.id })
    else await proposeOutage(context, { gap: gapOf(form), reason: form.reason })
    return redirect(paths.outages({ done: form.act === 'approve' ? 'approved' : 'proposed' }))
  })
}

export default function Outages() {
  const { changes } = useWords()
  const words = changes.outages
  const { waiting, today, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const proposal = rejected?.values.act === 'approve' ? undefined : rejected
  const labels = { day: words.day, from: words.from, until: words.until, reason: changes.reason }
  return (
    <Page title={words.title} lead={words.lead}>
      {done ? <Notice tone="kept" title={changes.done[done].title}>{changes.done[done].text}</Notice> : null}
      {rejected && !proposal ? <ErrorSummary errors={rejected.errors} /> : null}
      <Section title={words.waiting} action={<a href={paths.availability()}>{words.public}</a>}>
        {waiting.length === 0 ? <p className="muted">{words.none}</p> : (
          <ol className="stack-told">
            {waiting.map(({ id, gap, reason, proposedAt, isMine }) => (
              <li key={id}>
                <Facts
                  items={[
                    { label: changes.section.gap, value: <><Instant at={gap.from} seconds /> – <Instant at={gap.until} seconds /></> },
                    { label: changes.reason, value: reason },
                    { label: words.proposedAt, value: <Instant at={proposedAt} /> },
                  ]}
                />
                <div className="mt-4">{isMine ? <p className="small muted">{words.own}</p> : <Confirm title={words.approve} consequences={words.consequences} action={paths.outages()} values={{ act: 'approve', id }} begins />}</div>
              </li>
            ))}
          </ol>
        )}
      </Section>
      <Section title={words.propose}>
        <PostForm action={paths.outages()} rejected={proposal} labels={labels}>
          <input type="hidden" name="act" value="propose" />
          <Field name="day" label={words.day} type="date" short {...kept(proposal, 'day', today)} />
          <Field name="from" label={words.from} hint={words.timeHint} short {...kept(proposal, 'from')} />
          <Field name="until" label={words.until} short {...kept(proposal, 'until')} />
          <Field kind="textarea" name="reason" label={changes.reason} hint={changes.reasonHint} maxLength={500} rows={3} {...kept(proposal, 'reason')} />
          <div className="actions"><Button kind="main">{words.button}</Button></div>
        </PostForm>
      </Section>
    </Page>
  )
}
