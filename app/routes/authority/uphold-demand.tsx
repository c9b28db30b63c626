import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { UpholdForm, WithdrawForm } from '#app/domain/guard/report.ts'
import { showToUphold } from '#app/domain/guard/show-standing.server.ts'
import { upholdDemand, withdrawDemand } from '#app/domain/guard/uphold-demand.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Confirm } from '#app/ui/confirm.tsx'
import { VerdictStatus } from '#app/ui/demand-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { useReasons } from '#app/ui/guard-answer.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.reports.uphold.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'uphold:demand')
  const { decision, standing } = await orPage(arrived.request, showToUphold(context, arrived.params.id ?? ''))
  const { id, verdict, reasons, listing, demand } = decision
  return { id, verdict, reasons, title: listing?.name ?? ('text' in demand.demanded ? demand.demanded.text : null), standing }
}

const Act = z.discriminatedUnion('act', [UpholdForm.extend({ act: z.literal('uphold') }), WithdrawForm.extend({ act: z.literal('withdraw') })], 'forms.custom')

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'uphold:demand')
  const decision = arrived.params.id ?? ''
  return submit(arrived.request, Act, async (form) => {
    if (form.act === 'uphold') await upholdDemand(context, { decision, reason: form.reason })
    else await withdrawDemand(context, { decision, reason: form.withdrawal })
    return redirect(paths.decision(decision, { done: form.act === 'uphold' ? 'upheld' : 'withdrawn' }))
  })
}

export default function UpholdDemand() {
  const { reports, guard } = useWords()
  const words = reports.uphold
  const { textOf, lawOf } = useReasons()
  const { id, verdict, reasons, title, standing } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const mayWithdraw = verdict === 'refused' && !standing.withdrawn
  const mayUphold = mayWithdraw && !standing.upheld && !standing.answeredBy
  return (
    <Page back={{ href: paths.decision(id), label: guard.decision.title }} title={words.title} kicker={title ?? guard.decision.unlisted} lead={<><VerdictStatus verdict={verdict} /> {words.lead}</>}>
      {rejected ? <ErrorSummary errors={rejected.errors} labels={{ ...(mayUphold && { reason: words.reason }), ...(mayWithdraw && { withdrawal: words.withdrawReason }) }} /> : null}
      {standing.answeredBy ? <Notice title={words.answeredTitle} next={{ href: paths.decision(standing.answeredBy.id), label: words.answered }}>{words.readInstead}</Notice> : null}
      <Section title={guard.demands.reasons}>
        <ul className="reasons">
          {reasons.map((reason) => (
            <li key={reason.code}>{textOf(reason)}<div className="small muted">{lawOf(reason.code)}</div></li>
          ))}
        </ul>
      </Section>
      {mayUphold ? (
        <Section title={words.button}>
          <Confirm title={words.button} consequences={words.consequences} action={paths.upholdDemand(id)} values={{ act: 'uphold' }} open>
            <Field kind="textarea" name="reason" label={words.reason} hint={words.reasonHint} rows={5} maxLength={2000} {...kept(rejected, 'reason')} />
          </Confirm>
        </Section>
      ) : null}
      {mayWithdraw ? (
        <Section title={words.withdraw}>
          <Confirm title={words.withdraw} consequences={words.withdrawConsequences} action={paths.upholdDemand(id)} values={{ act: 'withdraw' }} open={!mayUphold || rejected?.values.act === 'withdraw'}>
            <Field kind="textarea" name="withdrawal" label={words.withdrawReason} hint={words.withdrawHint} rows={3} maxLength={500} {...kept(rejected, 'withdrawal')} />
          </Confirm>
        </Section>
      ) : null}
      {mayWithdraw ? null : <Notice>{words.not}</Notice>}
    </Page>
  )
}
