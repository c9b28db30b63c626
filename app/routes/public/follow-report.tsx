import type { ActionFunctionArgs } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { FollowForm } from '#app/domain/guard/report.ts'
import { followReport, type Followed } from '#app/domain/oversight/follow-report.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { InquiryStatus } from '#app/ui/inquiry-status.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Status } from '#app/ui/status.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.reports.follow.title)

export async function action(arrived: ActionFunctionArgs) {
  const context = await enter(arrived)
  return submit(arrived.request, FollowForm, async ({ receipt }) => ({ followed: await followReport(context, { receipt, ip: arrived.context.ip }) }))
}

export default function FollowReport() {
  const words = useWords().reports.follow
  const answered = useActionData<Rejected | { followed: Omit<Followed, 'reportedAt'> & { reportedAt: string } }>()
  const followed = answered && 'followed' in answered ? answered.followed : null
  const rejected = answered && 'errors' in answered ? answered : undefined
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.report(), label: useWords().reports.report.title }}>
      {followed ? (
        <Facts
          items={[
            { label: words.authority, value: followed.authority },
            { label: words.asked, value: followed.asked },
            { label: words.at, value: <Instant at={followed.reportedAt} /> },
            { label: words.state, value: followed.state ? <InquiryStatus state={followed.state} rectification={followed.rectification} /> : <Status tone="open">{words.waiting}</Status> },
          ]}
        />
      ) : null}
      <Section title={followed ? words.another : words.receipt}>
        <PostForm action={paths.followReport()} rejected={rejected} labels={{ receipt: words.receipt }}>
          <Field name="receipt" label={words.receipt} hint={words.receiptHint} maxLength={40} autoComplete="off" {...kept(rejected, 'receipt')} />
          <div className="actions"><Button kind="main">{words.button}</Button></div>
        </PostForm>
      </Section>
    </Page>
  )
}
