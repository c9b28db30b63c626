import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { adoptListing } from '#app/domain/catalogue/adopt-listing.server.ts'
import { NATURES, type Nature } from '#app/domain/catalogue/listing.ts'
import { rehearseAdoption } from '#app/domain/catalogue/rehearse-adoption.server.ts'
import { prepareWording } from '#app/domain/catalogue/show-governance.server.ts'
import { formOf, WordingForm } from '#app/domain/catalogue/wording-form.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, readForm, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Field, kept } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'
import type { Words } from '#app/words/words.ts'

export const meta = titled((words) => words.catalogue.adopt.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const code = new URL(arrived.request.url).searchParams.get('code') ?? undefined
  const { categories, before, today } = await orPage(arrived.request, enterAs(arrived, 'adopt:listing').then((context) => prepareWording(context, { code })))
  return { categories, given: before ? formOf(before) : {}, today }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'adopt:listing')
  const values = await readForm(arrived.request.clone())
  if (values.act === 'edit') return { errors: {}, values }
  return submit(arrived.request, WordingForm, async (form) => {
    if (values.act !== 'adopt') {
      await rehearseAdoption(context, form)
      return { asked: values }
    }
    await adoptListing(context, form)
    return redirect(paths.listing(form.code, { on: form.from, done: 'listed' }))
  })
}

const TEXTS = ['department', 'timeLimit', 'feeBasis', 'qualification'] as const
const ASKED = ['code', 'name', 'category', 'nature', 'bases', 'items', 'material', 'selfPrepare', 'aliases', ...TEXTS, 'from', 'note'] as const

export default function AdoptListing() {
  const all = useWords().catalogue
  const words = all.adopt
  const { categories, given, today } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (answer && 'asked' in answer) return <Check asked={answer.asked} />
  const result = answer
  const was = given as Record<string, string>
  const value = (name: string, otherwise = '') => kept(result, name, was[name] ?? otherwise)
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.governance(), label: all.governance.title }}>
      <PostForm rejected={result ?? null} labels={labelsOf(words)}>
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

function labelsOf(words: Words['catalogue']['adopt']): Record<string, string> {
  return Object.fromEntries(ASKED.map((name) => [name, words[name]]))
}

/** The answers once more, before they become the list that offices are held to. */
function Check({ asked }: { asked: Record<string, string | string[]> }) {
  const all = useWords().catalogue
  const words = all.adopt
  const given: Record<string, string> = Object.fromEntries(ASKED.map((name) => [name, [asked[name] ?? ''].flat()[0]!]))
  const shown: Record<string, string> = { ...given, nature: all.naturesLong[given.nature as Nature], selfPrepare: words.selfPrepares[(given.selfPrepare || 'unsaid') as 'yes' | 'no' | 'unsaid'] }
  return (
    <Page title={words.checkTitle} lead={words.checkLead} back={{ href: paths.governance(), label: all.governance.title }}>
      <Facts items={ASKED.map((name) => ({ label: words[name], value: shown[name] && <span className="whitespace-pre-line">{shown[name]}</span> }))} />
      <Confirm open begins title={words.check} consequences={words.consequences} values={{ ...given, act: 'adopt' }} />
      <PostForm>
        {Object.entries({ ...given, act: 'edit' }).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="actions">
          <Button>{words.edit}</Button>
        </div>
      </PostForm>
    </Page>
  )
}
