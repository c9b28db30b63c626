import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { can } from '#app/domain/accounts/actor.ts'
import { prepareTender } from '#app/domain/tenders/prepare-tender.server.ts'
import { publishAgain } from '#app/domain/tenders/publish-again.server.ts'
import { showOwnTender } from '#app/domain/tenders/show-tender.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { TenderFacts } from '#app/ui/tender-facts.tsx'
import { Outcome } from '#app/ui/tender-now.tsx'
import { TenderRoute } from '#app/ui/tender-route.tsx'
import { titled } from '#app/ui/titled.ts'
import { z } from 'zod'

export const meta = titled((words) => words.life.again.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'draft:tender')
  const shown = await orPage(arrived.request, showOwnTender(context, { number: arrived.params.number! }))
  const { tender, listing, state } = shown
  const mayAgain = state === 'failed' && !shown.republishedAs && !shown.republishedDraft
  const { forecast } = mayAgain ? await prepareTender(context, { projectCode: tender.projectCode, listingCode: listing.code, ceilingFen: tender.ceilingFen }) : { forecast: null }
  return { shown, forecast, mayAgain, mayPublish: can(context.actor, 'publish:tender') }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'publish:tender')
  return submit(arrived.request, z.object({}), async () => {
    const { publication } = await publishAgain(context, { number: arrived.params.number! })
    return redirect(`${paths.tender(publication!.number)}?done=published`)
  })
}

export default function PublishAgain() {
  const { life, tenders } = useWords()
  const words = life.again
  const { shown, forecast, mayAgain, mayPublish } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const { tender, state } = shown
  const { number } = tender.publication!
  return (
    <Page back={{ href: paths.tender(number), label: tender.title }} kicker={<CodeText>{number}</CodeText>} title={words.title} lead={words.lead} aside={forecast ? <TenderRoute forecast={forecast} /> : undefined}>
      {rejected ? <ErrorSummary errors={rejected.errors} /> : null}
      {shown.republishedAs ? <Notice next={{ href: paths.tender(shown.republishedAs), label: shown.republishedAs }}>{words.done}</Notice> : null}
      {shown.republishedDraft ? <Notice next={{ href: paths.draft(shown.republishedDraft), label: words.toDraft }}>{words.draftWaits}</Notice> : null}
      {state === 'failed' ? <Section title={words.failed}><Outcome shown={shown} /></Section> : <Notice tone="refused">{words.not}</Notice>}
      {mayAgain ? (
        <Section title={tenders.now}>
          <div className="stack">
            {mayPublish ? <Confirm title={words.button} consequences={words.consequences} begins open /> : <Notice>{words.managerOnly}</Notice>}
            <form method="post" action={paths.draft(tender.id)}>
              <input type="hidden" name="act" value="republish" />
              <Button>{words.change}</Button>
            </form>
          </div>
        </Section>
      ) : null}
      <TenderFacts shown={shown} title={words.former} />
    </Page>
  )
}
