import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { can } from '#app/domain/accounts/actor.ts'
import { copyTender } from '#app/domain/tenders/copy-tender.server.ts'
import { discardTender } from '#app/domain/tenders/discard-tender.server.ts'
import { missingIn } from '#app/domain/tenders/draft.ts'
import { handOverDraft } from '#app/domain/tenders/hand-over-draft.server.ts'
import { prepareTender } from '#app/domain/tenders/prepare-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { republishTender } from '#app/domain/tenders/republish-tender.server.ts'
import { showDraft } from '#app/domain/tenders/show-tender.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Status } from '#app/ui/status.tsx'
import { TenderFacts } from '#app/ui/tender-facts.tsx'
import { TenderRoute } from '#app/ui/tender-route.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled<typeof loader>((words, data) => data?.shown.tender.title ?? words.tenders.draftTitle)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'draft:tender')
  const shown = await orPage(arrived.request, showDraft(context, { id: arrived.params.id! }))
  // A published tender has one page for its whole life, its owner's visits included.
  if (shown.tender.publication) throw redirect(paths.tender(shown.tender.publication.number))
  const { tender, listing, state } = shown
  const { forecast } = state === 'draft' ? await prepareTender(context, { projectCode: tender.projectCode, listingCode: listing.code, ceilingFen: tender.ceilingFen }) : { forecast: null }
  const missing = state === 'draft' ? missingIn({ ...tender, namedAgency: shown.named?.uscc ?? '' }) : []
  return { shown, forecast, missing, mayPublish: can(context.actor, 'publish:tender'), done: new URL(arrived.request.url).searchParams.get('done') }
}

const Act = z.object({ act: z.enum(['publish', 'discard', 'republish', 'copy', 'hand-over']) })

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'draft:tender')
  const id = arrived.params.id!
  return submit(arrived.request, Act, async ({ act }) => {
    if (act === 'discard') return redirect(paths.draft((await discardTender(context, { id })).id))
    if (act === 'copy') return redirect(paths.draft((await copyTender(context, { id })).id, { done: 'copied' }))
    if (act === 'hand-over') return redirect(paths.draft((await handOverDraft(context, { id })).id))
    if (act === 'republish') return redirect(paths.draft((await republishTender(context, { id })).id))
    const { publication } = await publishTender(context, { id })
    return redirect(`${paths.tender(publication!.number)}?done=published`)
  })
}

export default function Draft() {
  const { tenders: words, drafts, sanctions } = useWords()
  const { shown, forecast, missing, mayPublish, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const { state, tender } = shown
  const isDraft = state === 'draft'
  const mayEdit = isDraft && !shown.republishes
  // What belongs elsewhere is refused at the publication; so it is said where the button would be.
  const elsewhere = forecast && forecast.route !== 'marketplace' && forecast.route !== 'free' ? forecast.route : null
  return (
    <Page
      back={{ href: paths.ownTenders(), label: drafts.list.title }}
      kicker={words.draftTitle}
      title={tender.title || drafts.list.untitled}
      lead={
        <>
          <TenderStatus state={state} /> {tender.handedOverAt && isDraft ? <Status tone="open">{drafts.handedOver}</Status> : null} {words.stateNow[state]}
        </>
      }
      action={
        isDraft ? (
          <>
            <ButtonLink href={paths.previewDraft(tender.id)}>{drafts.preview}</ButtonLink>
            {mayEdit ? <ButtonLink href={paths.editDraft(tender.id)}>{drafts.fix}</ButtonLink> : null}
          </>
        ) : undefined
      }
      aside={forecast ? <TenderRoute forecast={forecast as never} method={tender.method} /> : undefined}
    >
      {rejected ? <ErrorSummary errors={rejected.errors} /> : null}
      {done === 'copied' ? <Notice tone="kept" title={drafts.copied.title}>{drafts.copied.text}</Notice> : null}
      {isDraft && tender.handedOverAt ? <Notice tone="open" title={drafts.handedOver}>{mayPublish ? drafts.handedOverNotice.manager : drafts.handedOverNotice.delegate}</Notice> : null}
      {shown.republishes ? <Notice next={{ href: paths.tender(shown.republishes), label: shown.republishes }}>{words.republishes}</Notice> : null}
      {missing.length ? (
        <Notice title={drafts.incomplete.title} next={{ href: paths.editDraft(tender.id), label: drafts.incomplete.go }}>
          {drafts.incomplete.text}
          <ul>
            {missing.map(({ field }) => (
              <li key={field}>{drafts.missing[field]}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <TenderFacts shown={shown} />
      {isDraft ? (
        <Section title={words.now} lead={words.draftLead}>
          <Facts items={[{ label: drafts.lastChanged, value: <Instant at={tender.changedAt} /> }, tender.handedOverAt && { label: drafts.handedOverAt, value: <Instant at={tender.handedOverAt} /> }]} />
          <div className="stack mt-4">
            {elsewhere || missing.length || !mayPublish ? null : <p className="small muted measure">{sanctions.device.publish}</p>}
            {elsewhere ? <Notice tone="refused" title={words.route[elsewhere]}>{words.route.text[elsewhere]}</Notice> : missing.length ? null : mayPublish ? <Confirm title={words.publish} consequences={tender.method === 'direct' ? drafts.publishDirect : words.publishConsequences} values={{ act: 'publish' }} begins open /> : <HandOver handedOverAt={tender.handedOverAt} />}
            <Confirm title={words.discard} consequences={words.discardConsequences} values={{ act: 'discard' }} />
          </div>
        </Section>
      ) : null}
      <form method="post" className="actions">
        <input type="hidden" name="act" value="copy" />
        <Button>{drafts.copy}</Button>
      </form>
    </Page>
  )
}

/** What a delegate does instead of publishing: once, until the draft is changed again. */
function HandOver({ handedOverAt }: { handedOverAt: Date | null }) {
  const { tenders, drafts } = useWords()
  if (handedOverAt) return <Notice>{tenders.managerOnly}</Notice>
  return (
    <form method="post" className="form">
      <p className="measure">{drafts.handOverText}</p>
      <input type="hidden" name="act" value="hand-over" />
      <div className="actions">
        <Button kind="main">{drafts.handOver}</Button>
      </div>
    </form>
  )
}
