import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { prepareReport } from '#app/domain/guard/prepare-report.server.ts'
import { reportDemand } from '#app/domain/guard/report-demand.server.ts'
import { ReportForm } from '#app/domain/guard/report.ts'
import { enter } from '#app/http/enter.server.ts'
import { normalise } from '#app/http/normalise.ts'
import { submit } from '#app/http/submit.server.ts'
import { keepUploads } from '#app/http/uploads.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { dayText } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'
import { Upload } from '#app/ui/upload.tsx'

const FILES = ['evidence1', 'evidence2', 'evidence3'] as const
const ACCEPT = '.pdf,.png,.jpg,.jpeg'

export const meta = titled((words) => words.reports.report.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const asked = new URL(arrived.request.url).searchParams
  const given = (name: string) => normalise(asked.get(name) ?? '').slice(0, 200)
  const prepared = await prepareReport(await enter(arrived), { decision: asked.get('decision') })
  return { ...prepared, authority: prepared.from?.authority ?? given('authority'), asked: prepared.from?.asked ?? given('service'), project: prepared.from?.project || given('project') }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enter(arrived)
  const body = arrived.request.clone()
  // The answer is shown and not redirected to: an address that holds a receipt would stand in histories and logs.
  return submit(arrived.request, ReportForm, async (fields) => ({ sent: await reportDemand(context, { fields, files: await keepUploads(body, FILES), ip: arrived.context.ip }) }))
}

export default function Report() {
  const words = useWords().reports.report
  const locale = useLocale()
  const { receipt, authorities, name, from, ...given } = useLoaderData<typeof loader>()
  const answered = useActionData<Rejected | { sent: { receipt: string; isNamed: boolean } }>()
  if (answered && 'sent' in answered) return <Sent receipt={answered.sent.receipt} />
  const rejected = answered
  const story = from?.refusedOn ? words.story({ day: dayText(from.refusedOn, locale), authority: from.authority, asked: from.asked || words.storyUnsaid }) : ''
  const labels = { authority: words.authority, asked: words.asked, words: words.words, as: words.as, project: words.project, ...Object.fromEntries(FILES.map((field, place) => [field, words.file(place + 1)])) }
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.supervision(), label: useWords().guard.supervision.title }} action={<ButtonLink href={paths.followReport()}>{words.follow}</ButtonLink>}>
      <PostForm action={paths.report()} rejected={rejected} labels={labels} upload>
        <input type="hidden" name="receipt" value={kept(rejected, 'receipt', receipt).value || receipt} />
        <input type="hidden" name="decision" value={kept(rejected, 'decision', from?.decision ?? '').value} />
        <Field name="authority" label={words.authority} maxLength={100} list="known-authorities" {...kept(rejected, 'authority', given.authority)} />
        <datalist id="known-authorities">{authorities.map((office) => <option key={office} value={office} />)}</datalist>
        <Field name="asked" label={words.asked} hint={words.askedHint} maxLength={200} {...kept(rejected, 'asked', given.asked)} />
        <Field kind="textarea" name="words" label={words.words} hint={words.wordsHint} rows={5} maxLength={2000} {...kept(rejected, 'words', story)} />
        {name ? (
          <>
            <Field kind="radio" name="as" label={words.as} options={[{ value: 'named', label: words.named(name), hint: words.namedHint }, { value: 'anonymous', label: words.anonymous, hint: words.anonymousHint }]} {...kept(rejected, 'as', 'named')} />
            <Field name="project" label={words.project} hint={words.projectHint} optional maxLength={40} {...kept(rejected, 'project', given.project)} />
          </>
        ) : (
          <Notice>{words.visitor}</Notice>
        )}
        <fieldset className="field">
          <legend>{words.files}</legend>
          <div className="hint">{words.filesHint}{rejected ? ` ${words.filesLeft}` : ''}</div>
          {FILES.map((field, place) => (
            <Upload key={field} name={field} label={words.file(place + 1)} accept={ACCEPT} optional errors={rejected?.errors[field]} />
          ))}
        </fieldset>
        <div className="actions">
          <Button kind="main">{words.button}</Button>
        </div>
      </PostForm>
    </Page>
  )
}

function Sent({ receipt }: { receipt: string }) {
  const words = useWords().reports.report
  return (
    <Page title={words.sentTitle} back={{ href: paths.supervision(), label: useWords().guard.supervision.title }}>
      <Notice tone="kept" takesFocus title={words.receipt}>
        <p><CodeText>{receipt}</CodeText></p>
        <p>{words.sentText}</p>
      </Notice>
      <p><a href={paths.followReport()}>{words.follow}</a></p>
    </Page>
  )
}
