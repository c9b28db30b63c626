import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { adoptListing } from '#app/domain/catalogue/adopt-listing.server.ts'
import { NATURES } from '#app/domain/catalogue/listing.ts'
import { prepareWording } from '#app/domain/catalogue/show-governance.server.ts'
import { formOf, WordingForm } from '#app/domain/catalogue/wording-form.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, kept } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.catalogue.adopt.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const code = new URL(arrived.request.url).searchParams.get('code') ?? undefined
  const { categories, before, today } = await orPage(arrived.request, enterAs(arrived, 'adopt:listing').then((context) => prepareWording(context, { code })))
  return { categories, given: before ? formOf(before) : {}, today }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'adopt:listing')
  return submit(arrived.request, WordingForm, async (form) => {
    await adoptListing(context, form)
    return redirect(paths.listing(form.code, { on: form.from, done: 'listed' }))
  })
}

const TEXTS = ['department', 'timeLimit', 'feeBasis', 'qualification'] as const

export default function AdoptListing() {
  const all = useWords().catalogue
  const words = all.adopt
  const { categories, given, today } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const was = given as Record<string, string>
  const value = (name: string, otherwise = '') => kept(result, name, was[name] ?? otherwise)
  const labels = { code: words.code, name: words.name, nature: words.nature, items: words.items, bases: words.bases, from: words.from, note: words.note, category: words.category }
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.governance(), label: all.governance.title }}>
      <PostForm rejected={result ?? null} labels={labels}>
        <Field kind="text" name="code" label={words.code} hint={words.codeHint} short {...value('code')} />
        <Field kind="text" name="name" label={words.name} {...value('name')} />
        <Field kind="select" name="category" label={words.category} optional {...value('category')} options={categories.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))} />
        <Field kind="radio" name="nature" label={words.nature} {...value('nature')} options={NATURES.map((nature) => ({ value: nature, label: all.naturesLong[nature] }))} />
        <Field kind="textarea" name="bases" label={words.bases} hint={words.basesHint} optional {...value('bases')} />
        <Field kind="text" name="items" label={words.items} hint={words.itemsHint} optional {...value('items')} />
        <Field kind="text" name="material" label={words.material} hint={words.materialHint} optional {...value('material')} />
        <Field kind="radio" name="selfPrepare" label={words.selfPrepare} {...value('selfPrepare', 'unsaid')} options={(['yes', 'no', 'unsaid'] as const).map((one) => ({ value: one, label: words.selfPrepares[one] }))} />
        <Field kind="textarea" name="aliases" label={words.aliases} optional {...value('aliases')} />
        {TEXTS.map((name) => (
          <Field key={name} kind="text" name={name} label={words[name]} optional {...value(name)} />
        ))}
        <Field kind="text" type="date" name="from" label={words.from} hint={words.fromHint} short {...value('from', today)} />
        <Field kind="textarea" name="note" label={words.note} hint={words.noteHint} {...value('note')} />
        <div className="actions">
          <Button kind="main">{words.button}</Button>
        </div>
      </PostForm>
    </Page>
  )
}
