import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { decideWords } from '#app/domain/guard/decide-words.server.ts'
import { showWords } from '#app/domain/guard/find-words.server.ts'
import { WordsForm } from '#app/domain/guard/report.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { sayingIn } from '#app/http/say-reason.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Left } from '#app/ui/agenda.tsx'
import { Button } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Deadline } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.reports.words.formTitle)

export async function loader(arrived: LoaderFunctionArgs) {
  return { waiting: await orPage(arrived.request, showWords(await enterAs(arrived, 'decide:words'), arrived.params.id ?? '')) }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'decide:words')
  return submit(arrived.request, WordsForm, async ({ meaning, listing }) => {
    const { id } = await decideWords(context, { decision: arrived.params.id ?? '', listing: meaning === 'listing' ? listing.trim().toUpperCase() : null, say: sayingIn(localeOf(arrived.request)) })
    return redirect(paths.decision(id))
  })
}

export default function DecideWords() {
  const words = useWords().reports.words
  const { waiting } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const { id, nearest } = waiting
  return (
    <Page title={words.formTitle} lead={words.formLead} back={{ href: paths.words(), label: words.title }}>
      <Facts
        items={[
          { label: words.said, value: waiting.words },
          { label: words.authority, value: waiting.authority },
          { label: words.item, value: waiting.approvalItem },
          { label: words.until, value: <><Deadline at={waiting.until} /> <Left left={waiting.left} /></> },
          { label: words.nearest, value: nearest.length ? <ul>{nearest.map(({ item, name, score }) => <li key={item}><a href={paths.listing(item)}>{name}</a> <CodeText copy={false}>{item}</CodeText> <span className="small muted">{words.likeness(score)}</span></li>)}</ul> : words.none },
          { label: words.old, value: <a href={paths.decision(id)}>{id.slice(0, 8)}</a> },
        ]}
      />
      <Section title={words.meaning}>
        <PostForm action={paths.decideWords(id)} rejected={rejected} labels={{ meaning: words.meaning, listing: words.listing }}>
          <Field kind="radio" name="meaning" label={words.meaning} options={[{ value: 'listing', label: words.asListing }, { value: 'off-list', label: words.offList }]} {...kept(rejected, 'meaning')} />
          <Field name="listing" label={words.listing} hint={words.listingHint} short maxLength={64} list="nearest-listings" {...kept(rejected, 'listing', nearest[0]?.item)} />
          <datalist id="nearest-listings">{nearest.map(({ item, name }) => <option key={item} value={item}>{name}</option>)}</datalist>
          <div className="actions"><Button kind="main">{words.button}</Button></div>
        </PostForm>
      </Section>
    </Page>
  )
}
