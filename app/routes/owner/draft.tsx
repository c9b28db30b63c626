import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { can } from '#app/domain/accounts/actor.ts'
import { discardTender } from '#app/domain/tenders/discard-tender.server.ts'
import { prepareTender } from '#app/domain/tenders/prepare-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { republishTender } from '#app/domain/tenders/republish-tender.server.ts'
import { showDraft } from '#app/domain/tenders/show-tender.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Confirm } from '#app/ui/confirm.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { TenderFacts } from '#app/ui/tender-facts.tsx'
import { TenderRoute } from '#app/ui/tender-route.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled<typeof loader>((words, data) => data?.shown.tender.title ?? words.tenders.draftTitle)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'draft:tender')
  const shown = await orPage(arrived.request, showDraft(context, { id: arrived.params.id! }))
  // A published tender has one page for its whole life, its owner's visits included.
  if (shown.tender.publication) throw redirect(paths.tender(shown.tender.publication.number))
  const { tender, listing, state } = shown
  const { forecast } = state === 'draft' ? await prepareTender(context, { projectCode: tender.projectCode, listingCode: listing.code, ceilingFen: tender.ceilingFen }) : { forecast: null }
  return { shown, forecast, mayPublish: can(context.actor, 'publish:tender') }
}

const Act = z.object({ act: z.enum(['publish', 'discard', 'republish']) })

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'draft:tender')
  const id = arrived.params.id!
  return submit(arrived.request, Act, async ({ act }) => {
    if (act === 'discard') return redirect(paths.draft((await discardTender(context, { id })).id))
    if (act === 'republish') return redirect(paths.draft((await republishTender(context, { id })).id))
    const { publication } = await publishTender(context, { id })
    return redirect(`${paths.tender(publication!.number)}?done=published`)
  })
}

export default function Draft() {
  const words = useWords().tenders
  const { shown, forecast, mayPublish } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const { state, tender } = shown
  return (
    <Page
      back={{ href: paths.ownerDesk(), label: words.backToDesk }}
      kicker={words.draftTitle}
      title={tender.title}
      lead={
        <>
          <TenderStatus state={state} /> {words.stateNow[state]}
        </>
      }
      aside={forecast ? <TenderRoute forecast={forecast} /> : undefined}
    >
      {rejected ? <ErrorSummary errors={rejected.errors} /> : null}
      {shown.republishes ? <Notice next={{ href: paths.tender(shown.republishes), label: shown.republishes }}>{words.republishes}</Notice> : null}
      <TenderFacts shown={shown} />
      {state === 'draft' ? (
        <Section title={words.now} lead={words.draftLead}>
          <div className="stack">
            {mayPublish ? <Confirm title={words.publish} consequences={words.publishConsequences} values={{ act: 'publish' }} begins open /> : <Notice>{words.managerOnly}</Notice>}
            <Confirm title={words.discard} consequences={words.discardConsequences} values={{ act: 'discard' }} />
          </div>
        </Section>
      ) : null}
    </Page>
  )
}
