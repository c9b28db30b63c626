import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { previewTender } from '#app/domain/tenders/preview-tender.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { TenderEligibility } from '#app/ui/tender-eligibility.tsx'
import { TenderFacts } from '#app/ui/tender-facts.tsx'
import { stateNow, TenderStatus } from '#app/ui/tender-state.tsx'
import { TenderTimeline } from '#app/ui/tender-timeline.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.drafts.previewTitle)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'draft:tender')
  return { shown: await orPage(arrived.request, previewTender(context, { id: arrived.params.id! })) }
}

/** The public page of a tender that is none yet, from the same parts, under a banner that says so. */
export default function PreviewDraft() {
  const words = useWords()
  const { drafts } = words
  const { shown } = useLoaderData<typeof loader>()
  const { tender, state } = shown
  return (
    <Page
      back={{ href: paths.draft(tender.id), label: drafts.previewBack }}
      kicker={drafts.previewNumber}
      title={tender.title || drafts.previewTitleKept}
      lead={
        <>
          <TenderStatus state={state} isDirect={shown.named !== null} /> {stateNow(shown, words)}
        </>
      }
      aside={<TenderTimeline shown={shown} />}
    >
      <Notice tone="open" title={drafts.previewTitle} next={{ href: paths.draft(tender.id), label: drafts.previewBack }}>{drafts.previewText}</Notice>
      <Section title={words.tenders.now}>
        <Button kind="main" type="button" disabled>{words.tenders.signInToBid}</Button>
      </Section>
      <TenderEligibility standing={null} listingCode={shown.listing.code} isDirect={shown.named !== null} />
      <TenderFacts shown={shown} />
    </Page>
  )
}
