import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { partyKey, SettlementForm, STAYS } from '#app/domain/projects/dispute.ts'
import { showDispute } from '#app/domain/projects/find-disputes.server.ts'
import { settleDispute } from '#app/domain/projects/settle-dispute.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { keptCode } from '#app/http/kept-code.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from '#app/ui/code-text.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.disputes.title)

export async function loader(arrived: LoaderFunctionArgs) {
  return orPage(arrived.request, showDispute(await enterAs(arrived, 'settle:project'), { code: keptCode(arrived.request, arrived.params.code) }))
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'settle:project')
  return submit(arrived.request, SettlementForm, async (form) => {
    await settleDispute(context, { code: arrived.params.code ?? '', ...form })
    return redirect(paths.disputes({ done: 'settled' }))
  })
}

/** One project of which offices name another than its registrant, and whose it shall be. */
export default function Dispute() {
  const words = useWords().disputes
  const shown = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  const { code, project, registrant, others } = shown
  const labels = { goesTo: words.goesTo, reason: words.reason }
  return (
    <Page title={project} kicker={<CodeText>{code}</CodeText>} lead={words.lead} back={{ href: paths.disputes(), label: words.title }}>
      {rejected ? <ErrorSummary errors={rejected.errors} labels={labels} /> : null}
      <Section title={words.said}>
        <Facts
          items={[
            { label: words.registrant, value: registrant.name, note: registrant.uscc },
            { label: words.registeredAt, value: <Instant at={shown.registeredAt} /> },
            ...shown.said.map(({ office, uscc, name, as, item, at }, place) => ({ key: String(place), label: words.saidAs[as], value: name, note: <>{uscc ? <><CodeText>{uscc}</CodeText> </> : null}{office}{item ? ` · ${item}` : ''} <Instant at={at} /></> })),
            { label: words.tenders, value: words.tendersOf({ count: shown.tenders }) },
            { label: words.since, value: <Instant at={shown.raisedAt} /> },
          ]}
        />
      </Section>
      {shown.settledAt ? <Notice tone="kept" title={words.outcomes[shown.outcome!]}>{shown.reason} <Instant at={shown.settledAt} /></Notice> : (
        <Section title={words.decide}>
          <Confirm title={words.settle} consequences={words.consequences} action={paths.dispute(code)} open>
            <Field
              kind="radio"
              name="goesTo"
              label={words.goesTo}
              options={[{ value: STAYS, label: words.staysWith(registrant.name), hint: words.staysHint }, ...others.map((one) => ({ value: partyKey(one), label: one.name, hint: words.goesHint }))]}
              {...kept(rejected, 'goesTo')}
            />
            <Field kind="textarea" name="reason" label={words.reason} hint={words.reasonHint} maxLength={500} rows={3} {...kept(rejected, 'reason')} />
          </Confirm>
        </Section>
      )}
    </Page>
  )
}
