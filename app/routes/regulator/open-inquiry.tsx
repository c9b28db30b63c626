import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { showBehindLead } from '#app/domain/oversight/show-inquiry.server.ts'
import { openInquiry, showLeadToOpen } from '#app/domain/oversight/open-inquiry.server.ts'
import { OpenForm } from '#app/domain/oversight/inquiry.ts'
import { LEAD_KINDS } from '#app/domain/oversight/lead.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/data-table.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { InquiryBehind } from '#app/ui/inquiry-behind.tsx'
import { sentenceOf, type LeadLine } from '#app/ui/lead-list.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.inquiries.open.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'open:inquiry')
  const asked = new URL(arrived.request.url).searchParams
  const kind = LEAD_KINDS.find((one) => one === asked.get('kind'))
  const key = (asked.get('key') ?? '').slice(0, 120)
  if (!kind || !key) return { found: null, key }
  const found = await orPage(arrived.request, showLeadToOpen(context, { kind, key }))
  return { found: { ...found, behind: await showBehindLead(context, found) }, key }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'open:inquiry')
  return submit(arrived.request, OpenForm, async (form) => {
    const { number } = await openInquiry(context, form)
    return redirect(paths.inquiry(number, { done: 'opened' }))
  })
}

export default function OpenInquiry() {
  const all = useWords()
  const words = all.inquiries.open
  const { found, key } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const back = { href: paths.leads(), label: all.leads.title }
  if (!found) return <Page title={words.title} back={back}><Empty title={words.noSuch} action={{ href: paths.leads(), label: all.leads.all }} /></Page>
  const { lead, respondents, replyDays, behind } = found
  return (
    <Page title={words.title} kicker={all.leads.kinds[lead.kind]} lead={words.lead(replyDays)} back={back}>
      <Section title={words.behind}>
        <p className="measure mb-4">{sentenceOf(lead as unknown as LeadLine, all)}</p>
        <InquiryBehind behind={behind} decisionId={respondents[0]?.decisionId ?? null} />
      </Section>
      <Section title={words.title}>
        <PostForm action={paths.openInquiry({ kind: lead.kind, key })} rejected={rejected} labels={{ respondent: words.respondent, allegation: words.allegation }}>
          <input type="hidden" name="kind" value={lead.kind} />
          <input type="hidden" name="key" value={key} />
          <Field kind="select" name="respondent" label={words.respondent} placeholder={words.respondentEmpty} options={respondents.map(({ id, name }) => ({ value: id, label: name ?? all.inquiries.person }))} {...kept(rejected, 'respondent', respondents.length === 1 ? respondents[0]!.id : '')} />
          <Field kind="textarea" name="allegation" label={words.allegation} hint={words.allegationHint} rows={5} maxLength={2000} {...kept(rejected, 'allegation')} />
          <div className="actions"><Button kind="main">{words.title}</Button></div>
        </PostForm>
      </Section>
    </Page>
  )
}
