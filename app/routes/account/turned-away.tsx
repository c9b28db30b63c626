import { randomUUID } from 'node:crypto'
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import type { Member } from '#app/domain/accounts/actor.ts'
import { showCase } from '#app/domain/cases/show-case.server.ts'
import type { Context } from '#app/domain/context.ts'
import { prepareReport } from '#app/domain/guard/prepare-report.server.ts'
import { TurnedAwayForm, TurnedAwayOfOwnerForm } from '#app/domain/guard/report.ts'
import { recordTurnedAway } from '#app/domain/guard/turn-away.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { normalise } from '#app/http/normalise.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.reports.turnedAway.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'tell:turned-away')
  const asked = new URL(arrived.request.url).searchParams
  const { authorities, today } = await prepareReport(context, { decision: null })
  return { authorities, today, known: await knownOf(context, asked), id: randomUUID(), isOffice: context.actor.role === 'authority', project: normalise(asked.get('project') ?? '').slice(0, 40), done: asked.get('done') === 'told' }
}

/** What a case says of a document that its office turned away, for whoever may read the case. */
async function knownOf(context: Context & { actor: Member }, asked: URLSearchParams): Promise<{ authority: string; service: string; material: string; reason: string }> {
  const nothing = { authority: '', service: '', material: '', reason: '' }
  const shown = await showCase(context, asked.get('case') ?? '').catch((error: unknown) => (isRefusal(error) ? null : Promise.reject(error)))
  const material = shown?.case.materials.find(({ code }) => code === asked.get('material'))
  if (!shown || !material) return nothing
  const service = shown.services.find((one) => one.material === material.code)?.listing.name
  return { authority: shown.names.authority, service: service ?? material.name, material: material.name, reason: material.reason }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'tell:turned-away')
  return submit(arrived.request, context.actor.role === 'authority' ? TurnedAwayForm : TurnedAwayOfOwnerForm, async (fields) => {
    await recordTurnedAway(context, fields)
    return redirect(paths.turnedAway({ done: 'told' }))
  })
}

export default function TurnedAway() {
  const { reports, guard, drafts } = useWords()
  const words = reports.turnedAway
  const { authorities, today, id, isOffice, project, known, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  const labels = { authority: words.authority, service: words.service, material: words.material, reason: words.reason, on: words.on, project: words.project }
  return (
    <Page title={words.title} lead={isOffice ? words.leadOfficer : words.lead} back={isOffice ? { href: paths.authorityDesk(), label: guard.authority.title } : { href: paths.projects(), label: drafts.projects.title }}>
      {done ? <Notice tone="kept" title={words.done.title}>{words.done.text}</Notice> : null}
      <PostForm action={paths.turnedAway()} rejected={rejected} labels={labels}>
        <input type="hidden" name="id" value={kept(rejected, 'id', id).value || id} />
        {isOffice ? null : (
          <>
            <Field name="authority" label={words.authority} hint={words.authorityHint} maxLength={100} list="known-authorities" {...kept(rejected, 'authority', known.authority)} />
            <datalist id="known-authorities">{authorities.map((office) => <option key={office} value={office} />)}</datalist>
          </>
        )}
        <Field name="service" label={words.service} hint={words.serviceHint} maxLength={200} {...kept(rejected, 'service', known.service)} />
        <Field name="material" label={words.material} maxLength={200} {...kept(rejected, 'material', known.material)} />
        <Field kind="textarea" name="reason" label={words.reason} hint={words.reasonHint} rows={4} maxLength={2000} {...kept(rejected, 'reason', known.reason)} />
        <Field name="on" type="date" label={words.on} hint={words.onHint} optional short {...kept(rejected, 'on', today)} />
        <Field name="project" label={words.project} optional maxLength={40} {...kept(rejected, 'project', project)} />
        <div className="actions"><Button kind="main">{words.button}</Button></div>
      </PostForm>
    </Page>
  )
}
