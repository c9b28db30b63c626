import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { can } from '#app/domain/accounts/actor.ts'
import { PickForm } from '#app/domain/awards/pick.ts'
import { pickFromShortlist } from '#app/domain/awards/pick-from-shortlist.server.ts'
import { showOwnTender } from '#app/domain/tenders/show-tender.server.ts'
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
import { useCreditOf } from '#app/ui/tender-pick.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.credit.pick.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'draft:tender')
  const shown = await orPage(arrived.request, showOwnTender(context, { number: arrived.params.number! }))
  const late = shown.tender.shortlist !== null && shown.at >= shown.tender.shortlist.pickBy
  const why = shown.state !== 'shortlisted' ? 'state' : late ? 'late' : can(context.actor, 'pick:shortlist') ? null : 'delegate'
  return { shown, why } as const
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'pick:shortlist')
  const number = arrived.params.number!
  return submit(arrived.request, PickForm, async ({ label, reason }) => {
    await pickFromShortlist(context, { number, label, reason })
    return redirect(paths.tender(number))
  })
}

export default function Pick() {
  const { credit } = useWords()
  const words = credit.pick
  const { shown, why } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const creditOf = useCreditOf(shown)
  const { tender, state, at, demo } = shown
  const { number } = tender.publication!
  const listed = shown.draw?.order.filter(({ outcome }) => outcome === 'listed') ?? []
  return (
    <Page back={{ href: paths.tender(number), label: tender.title }} kicker={<CodeText>{number}</CodeText>} title={words.title} lead={<><TenderStatus state={state} /> {words.lead}</>}>
      {rejected ? <ErrorSummary errors={rejected.errors} labels={{ label: words.who, reason: words.reason, confirmed: words.confirmed }} /> : null}
      {why ? (
        <Notice tone="refused" title={words.not.title}>{words.not[why]}</Notice>
      ) : (
        <>
          <Facts items={[{ label: credit.now.until, value: <><Instant at={tender.shortlist!.pickBy} seconds={demo} /> <Remaining at={at} until={tender.shortlist!.pickBy} /></> }]} />
          <Confirm title={words.button} consequences={words.consequences} open>
            <Field kind="radio" name="label" label={words.who} options={listed.map(({ label, name, place }) => ({ value: label, label: name, hint: [credit.now.place(place), creditOf?.(label), label].filter(Boolean).join(' · ') }))} {...kept(rejected, 'label')} />
            <Field kind="textarea" name="reason" label={words.reason} hint={words.reasonHint} maxLength={1000} {...kept(rejected, 'reason')} />
            <Field kind="checkbox" name="confirmed" label={words.confirmed} text={words.confirm} errors={rejected?.errors.confirmed} value={kept(rejected, 'confirmed').value === 'yes'} />
          </Confirm>
        </>
      )}
    </Page>
  )
}
