import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { formatYuan } from '#app/domain/money.ts'
import { formatPercent } from '#app/domain/percent.ts'
import { conditionValues } from '#app/domain/tenders/conditions.ts'
import { meritFields } from '#app/domain/tenders/draft-merit.ts'
import { TenderDraft, UnfinishedDraft } from '#app/domain/tenders/draft.ts'
import { prepareNaming } from '#app/domain/tenders/prepare-naming.server.ts'
import { prepareTender } from '#app/domain/tenders/prepare-tender.server.ts'
import { reviseDraft } from '#app/domain/tenders/revise-draft.server.ts'
import { showDraft } from '#app/domain/tenders/show-tender.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { DraftFields, useDraftLabels, useMethodOptions } from '#app/ui/draft-fields.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { TenderRoute } from '#app/ui/tender-route.tsx'
import { instantText } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.drafts.editTitle)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'draft:tender')
  const id = arrived.params.id!
  const { tender, listing, named, state } = await orPage(arrived.request, showDraft(context, { id }))
  // What is out, thrown away, or published again as it was, is not changed any more; a form that was open meanwhile still shows what was typed.
  const why = state !== 'draft' ? 'over' : tender.republishesId ? 'republication' : null
  const { projectCode } = tender
  const [{ projects, services, forecast, askable }, agencies] = await Promise.all([
    prepareTender(context, { projectCode, listingCode: listing.code, ceilingFen: tender.ceilingFen }),
    prepareNaming(context, { projectCode, listingCode: listing.code }),
  ])
  const values = {
    projectCode,
    listingCode: listing.code,
    title: tender.title,
    method: tender.method,
    requirements: tender.requirements,
    deliverables: tender.deliverables,
    contact: tender.contact,
    serviceDays: tender.serviceDays ? String(tender.serviceDays) : '',
    ceiling: formatYuan(tender.ceilingFen),
    namedAgency: named ? `${named.name} ${named.uscc}` : '',
    directReason: tender.directReason,
    ...conditionValues(tender.conditions),
    ...meritFields(tender.merit),
    quoteKind: tender.quote.kind,
    discountLeast: tender.quote.kind === 'discount' ? formatPercent(tender.quote.least) : '',
    bigList: tender.sizes ? String(tender.sizes.big) : '',
    smallList: tender.sizes ? String(tender.sizes.small) : '',
    discountMost: tender.quote.kind === 'discount' ? formatPercent(tender.quote.most) : '',
    tie: tender.tie,
    twoKeys: tender.twoKeys ? 'yes' : '',
    auctionRounds: tender.auctionRule?.rounds?.toString() ?? '',
    auctionMinutes: tender.auctionRule?.minutes?.toString() ?? '',
    auctionStep: tender.auctionRule?.stepFen ? formatYuan(tender.auctionRule.stepFen) : '',
  }
  return { id, why, values, version: tender.version, changedAt: tender.changedAt, projects, services, forecast, askable, agencies, saved: new URL(arrived.request.url).searchParams.get('done') === 'saved' }
}

const Started = z.object({ version: z.coerce.number().int().min(1).max(2_000_000_000).catch(1), act: z.enum(['save', 'check']).catch('check') })

const Form = z.unknown().transform((given, context) => {
  const read = (Started.parse(given).act === 'save' ? UnfinishedDraft : TenderDraft).safeParse(given)
  if (read.success) return { ...Started.parse(given), draft: read.data as TenderDraft }
  for (const issue of read.error.issues) context.issues.push({ ...issue, input: given } as never)
  return z.NEVER
})

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'draft:tender')
  const id = arrived.params.id!
  return submit(arrived.request, Form, async ({ act, version, draft }) => {
    await reviseDraft(context, { id, version, draft })
    return redirect(act === 'save' ? paths.editDraft(id, { done: 'saved' }) : paths.draft(id))
  })
}

export default function EditDraft() {
  const { tenders, drafts } = useWords()
  const locale = useLocale()
  const { id, why, values, version, changedAt, projects, services, forecast, askable, agencies, saved } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const methods = useMethodOptions((forecast ?? NO_FORECAST) as never)
  const labels = { projectCode: tenders.fields.project, listingCode: tenders.fields.service, ...useDraftLabels() }
  const typed = rejected ?? { errors: {}, values }
  if (why && !rejected) {
    return (
      <Page back={{ href: paths.draft(id), label: drafts.previewBack }} title={drafts.editTitle}>
        <Notice>{why === 'over' ? tenders.refusals['not-a-draft'] : drafts.republication}</Notice>
      </Page>
    )
  }
  const isStale = !why && rejected !== undefined && Number(rejected.values.version) !== version
  // The notice says it with the way to compare; a second box would only repeat it.
  const saysMore = rejected && Object.keys(rejected.errors).some((name) => name !== 'form')
  return (
    <Page back={{ href: paths.draft(id), label: drafts.previewBack }} title={drafts.editTitle} lead={drafts.editLead} aside={forecast ? <TenderRoute forecast={forecast} method={values.method} /> : undefined}>
      {saved && !rejected ? <Notice tone="kept" title={drafts.saved.title} next={{ href: paths.draft(id), label: tenders.draftTitle }}>{drafts.saved.text}</Notice> : null}
      {isStale ? <Notice tone="refused" alert takesFocus title={drafts.staleTitle} next={{ href: paths.draft(id), label: drafts.seeSaved }}>{drafts.staleText(instantText(changedAt, locale))}</Notice> : null}
      <PostForm rejected={isStale && !saysMore ? undefined : rejected} labels={labels} action={paths.editDraft(id)}>
        {/* Whoever was told of the other saving and saves again means it. */}
        <input type="hidden" name="version" value={version} />
        <Field kind="select" name="projectCode" label={tenders.fields.project} options={projects.map(({ code, name }) => ({ value: code, label: `${name} · ${code}` }))} {...kept(typed, 'projectCode')} />
        <Field kind="select" name="listingCode" label={tenders.fields.service} options={services.map(({ code, name }) => ({ value: code, label: `${name} · ${code}` }))} {...kept(typed, 'listingCode')} />
        <DraftFields sizes={forecast?.sizes} rejected={typed} methods={methods} agencies={agencies} askable={askable} />
        <div className="actions">
          <Button kind="main" name="act" value="check">{drafts.saveAndCheck}</Button>
          <Button name="act" value="save">{drafts.save}</Button>
        </div>
      </PostForm>
    </Page>
  )
}

/** A service that has left the list has no forecast; every method may be tried, and saving says what is wrong. */
const NO_FORECAST = { methods: [], direct: { fault: null } }
