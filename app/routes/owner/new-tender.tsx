import { randomUUID } from 'node:crypto'
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { can, type Member } from '#app/domain/accounts/actor.ts'
import { showCase } from '#app/domain/cases/show-case.server.ts'
import type { Context } from '#app/domain/context.ts'
import { EXEMPTIONS } from '#app/domain/guard/route.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { formatYuan, parseYuan } from '#app/domain/money.ts'
import { TenderDraft, UnfinishedDraft } from '#app/domain/tenders/draft.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { ExemptionForm } from '#app/domain/tenders/exemption.ts'
import { prepareNaming } from '#app/domain/tenders/prepare-naming.server.ts'
import { prepareTender } from '#app/domain/tenders/prepare-tender.server.ts'
import { recordExemption } from '#app/domain/tenders/record-exemption.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/data-table.tsx'
import { DraftFields, useDraftLabels, useMethodOptions } from '#app/ui/draft-fields.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { OnFile } from '#app/ui/on-file.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { RouteAnswer } from '#app/ui/route-answer.tsx'
import { Steps } from '#app/ui/steps.tsx'
import { TenderRoute } from '#app/ui/tender-route.tsx'
import { titled } from '#app/ui/titled.ts'
import type { Words } from '#app/words/words.ts'

export const meta = titled((words) => words.drafts.ask.title)

const LONGEST = 64

export async function loader(arrived: LoaderFunctionArgs) {
  const asked = new URL(arrived.request.url).searchParams
  const [projectCode, listingCode, sum] = ['project', 'service', 'sum'].map((name) => (asked.get(name) ?? '').slice(0, LONGEST)) as [string, string, string]
  const context = await enterAs(arrived, 'draft:tender')
  const forCase = await caseAsked(context, asked)
  const read = parseYuan(sum)
  const ceilingFen = 'fen' in read && read.fen > 0 ? read.fen : null
  const [prepared, agencies] = await Promise.all([
    prepareTender(context, { projectCode, listingCode, ceilingFen: ceilingFen ?? 0 }),
    projectCode && listingCode ? prepareNaming(context, { projectCode, listingCode }) : [],
  ])
  const isAnswered = prepared.chosen !== null && ceilingFen !== null
  const fault = sum === '' || ceilingFen !== null ? null : 'fault' in read ? read.fault : 'tenders.ceiling-zero'
  return { ...prepared, agencies, projectCode, listingCode, sum, ceilingFen, isAnswered, fault, draftId: randomUUID(), forCase: forCase?.listingCode === listingCode && forCase.projectCode === projectCode ? forCase : null, mayExempt: can(context.actor, 'publish:tender') }
}

/** The document of an own case that the purchase is for, with what the case says of it already. An address that names none, or another's, fills in nothing. */
async function caseAsked(context: Context & { actor: Member }, asked: URLSearchParams) {
  const [id, code] = [asked.get('case') ?? '', asked.get('material') ?? '']
  if (!id) return null
  try {
    const { case: found, names, isApplicant } = await showCase(context, id)
    const material = found.materials.find((one) => one.code === code)
    return isApplicant && material ? { id, material: code, number: found.number, item: names.item, name: material.name, listingCode: material.listingCode, projectCode: found.projectCode, projectName: names.projectName ?? '' } : null
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}

const Started = z.object({ caseId: z.string().max(64).optional(), material: z.string().max(64).optional(), draftId: z.uuid().optional().catch(undefined), act: z.enum(['save', 'check', 'exempt']).default('check').catch('check') })

/** Three buttons, three readings of one form: a draft to go on with, one to be checked, and a purchase that needs neither. */
const Form = z.preprocess((given) => given, z.unknown()).transform((given, context) => {
  const { act, draftId, caseId, material } = Started.parse(given)
  const read = (act === 'exempt' ? ExemptionForm : act === 'save' ? UnfinishedDraft : TenderDraft).safeParse(given)
  if (read.success) return act === 'exempt' ? ({ act, exemption: read.data as ExemptionForm } as const) : ({ act, draftId, draft: read.data as TenderDraft, forCase: caseId && material ? { caseId, material } : null } as const)
  for (const issue of read.error.issues) context.issues.push({ ...issue, input: given } as never)
  return z.NEVER
})

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'draft:tender')
  return submit(arrived.request, Form, async (form) => {
    if (form.act === 'exempt') {
      await recordExemption(context, form.exemption)
      return redirect(paths.project(form.exemption.projectCode, { done: 'exempted' }))
    }
    const { id } = await draftTender(context, form.draft, { id: form.draftId, forCase: form.forCase })
    return redirect(form.act === 'save' ? paths.editDraft(id, { done: 'saved' }) : paths.draft(id))
  })
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>

export default function NewTender() {
  const { tenders, drafts, cases } = useWords()
  const shown = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const { projects, chosen, forecast } = shown
  const back = { href: paths.ownerDesk(), label: tenders.backToDesk }
  if (!projects.length && !rejected) {
    return (
      <Page title={drafts.ask.title} lead={drafts.ask.lead} back={back}>
        <Empty title={tenders.noProjects.title} text={tenders.noProjects.text} action={{ href: paths.newProject(), label: tenders.noProjects.action }} />
      </Page>
    )
  }
  const isOpen = forecast?.route === 'marketplace' || forecast?.route === 'free'
  // A form that came back from the server is shown again, whatever the question above it said.
  const isAnswered = shown.isAnswered || (rejected !== undefined && forecast !== null)
  return (
    <Page title={drafts.ask.title} lead={drafts.ask.lead} back={back} aside={isAnswered && isOpen && forecast ? <TenderRoute forecast={forecast} dates /> : undefined}>
      <Steps steps={Object.entries({ route: drafts.steps.route, write: drafts.steps.write, check: drafts.steps.check }).map(([key, label]) => ({ key, label }))} current={isAnswered && isOpen ? 'write' : 'route'} />
      <OnFile results={shown.onFile} />
      {shown.forCase ? <Notice title={cases.forCase(shown.forCase.number)} next={{ href: paths.case(shown.forCase.id), label: cases.seeCase }}>{shown.forCase.name}</Notice> : null}
      {isAnswered && forecast && chosen ? <RouteAnswer forecast={forecast} what={`${chosen.listing.name} · ${chosen.project.name}`} /> : null}
      {isAnswered ? (
        <details className="fold fold-wide">
          <summary>{drafts.ask.again}</summary>
          <Question {...shown} isAnswered />
        </details>
      ) : (
        <Section title={tenders.choose.title} lead={drafts.ask.notYet}>
          <Question {...shown} isAnswered={false} />
        </Section>
      )}
      {isAnswered && chosen && forecast && isOpen ? <Draft {...shown} forecast={forecast} chosen={chosen} rejected={rejected} /> : null}
      {isAnswered && chosen && (forecast?.route !== 'free' || rejected?.values.act === 'exempt') && shown.mayExempt ? <Exempt chosen={chosen} rejected={rejected} sum={shown.sum} /> : null}
    </Page>
  )
}

function Question({ projects, services, projectCode, listingCode, sum, fault, forCase, isAnswered }: Shown) {
  const words = useWords()
  const { tenders, drafts } = words
  return (
    <form method="get" action={paths.newTender()} className="form">
      {forCase ? <input type="hidden" name="case" value={forCase.id} /> : null}
      {forCase ? <input type="hidden" name="material" value={forCase.material} /> : null}
      <Field kind="select" name="project" label={tenders.fields.project} value={projectCode || (projects.length === 1 ? projects[0]!.code : '')} options={projects.map(({ code, name }) => ({ value: code, label: `${name} · ${code}` }))} />
      <Field kind="select" name="service" label={tenders.fields.service} value={listingCode} options={services.map(({ code, name, nature }) => ({ value: code, label: `${name} · ${code} · ${tenders.natures[nature]}` }))} />
      <Field name="sum" label={drafts.ask.sum} hint={drafts.ask.sumHint} short inputMode="decimal" unit={tenders.fields.yuan} value={sum} errors={fault ? [faultOf(words, fault)] : undefined} />
      <div className="actions">
        <Button kind={isAnswered ? 'plain' : 'main'}>{drafts.ask.apply}</Button>
      </div>
    </form>
  )
}

function faultOf({ forms, tenders }: Words, code: string): string {
  const sentences: Record<string, unknown> = { ...forms.refusals, ...tenders.refusals }
  return String(sentences[code.split('.')[1]!] ?? forms.refusals.money)
}

function Draft({ chosen, forecast, agencies, askable, draftId, ceilingFen, forCase, rejected }: Shown & { chosen: NonNullable<Shown['chosen']>; forecast: NonNullable<Shown['forecast']>; rejected: Rejected | undefined }) {
  const { tenders, drafts, cases } = useWords()
  const labels = useDraftLabels()
  const methods = useMethodOptions(forecast as never)
  const isMine = rejected?.values.act !== 'exempt'
  const filled = rejected && isMine ? rejected : ceilingFen === null ? undefined : { errors: {}, values: { ceiling: formatYuan(ceilingFen), method: methods.find(({ open }) => open)?.value ?? '', ...(forCase && { title: cases.prefilledTitle({ ...forCase, project: forCase.projectName }), requirements: cases.prefilledRequirements({ ...forCase, project: forCase.projectName }), deliverables: forCase.name }) } }
  return (
    <Section title={drafts.newTitle} id="draft" lead={drafts.editLead}>
      <PostForm rejected={isMine ? rejected : undefined} labels={labels}>
        <input type="hidden" name="projectCode" value={chosen.project.code} />
        <input type="hidden" name="listingCode" value={chosen.listing.code} />
        <input type="hidden" name="caseId" value={kept(rejected, 'caseId', forCase?.id).value} />
        <input type="hidden" name="material" value={kept(rejected, 'material', forCase?.material).value} />
        <input type="hidden" name="draftId" value={kept(rejected, 'draftId', draftId).value || draftId} />
        <DraftFields sizes={forecast.sizes} rejected={filled} methods={methods} agencies={agencies} askable={askable} />
        <div className="actions">
          <Button kind="main" name="act" value="check">{tenders.saveDraft}</Button>
          <Button name="act" value="save">{drafts.save}</Button>
        </div>
      </PostForm>
    </Section>
  )
}

function Exempt({ chosen, rejected, sum }: { chosen: NonNullable<Shown['chosen']>; rejected: Rejected | undefined; sum: string }) {
  const { drafts } = useWords()
  const words = drafts.route
  const mine = rejected?.values.act === 'exempt' ? rejected : undefined
  return (
    <details className="fold fold-wide" open={mine !== undefined}>
      <summary>{words.exemptTitle}</summary>
      <p className="measure">{words.exemptLead}</p>
      <p className="small muted measure">{words.law.exempt}</p>
      <PostForm rejected={mine} labels={{ exemption: words.exemption, reason: words.reason }}>
        <input type="hidden" name="act" value="exempt" />
        <input type="hidden" name="projectCode" value={chosen.project.code} />
        <input type="hidden" name="listingCode" value={chosen.listing.code} />
        <input type="hidden" name="ceiling" value={kept(mine, 'ceiling', sum).value} />
        <Field kind="radio" name="exemption" label={words.exemption} options={EXEMPTIONS.map((value) => ({ value, label: words.exemptions[value] }))} {...kept(mine, 'exemption')} />
        <Field kind="textarea" name="reason" label={words.reason} hint={words.reasonHint} rows={3} maxLength={1000} {...kept(mine, 'reason')} />
        <div className="actions">
          <Button>{words.record}</Button>
        </div>
      </PostForm>
    </details>
  )
}
