import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ListingCode, NATURES } from '#app/domain/catalogue/listing.ts'
import { formOf } from '#app/domain/catalogue/wording-form.ts'
import { putWording } from '#app/domain/governance/draft-proposal.server.ts'
import { EntryForm } from '#app/domain/governance/proposal-form.ts'
import { prepareWording } from '#app/domain/governance/show-governance.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, kept } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'
import type { Words } from '#app/words/words.ts'

export const meta = titled((words) => words.catalogue.wording.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const code = ListingCode.safeParse(new URL(arrived.request.url).searchParams.get('code')).data
  const id = arrived.params.id ?? ''
  const { draft, categories, before, reason } = await orPage(arrived.request, enterAs(arrived, 'propose:listing').then((context) => prepareWording(context, { id, code })))
  return { categories, given: before ? { ...formOf(before), reason: reason ?? '' } : {}, draft: { id: draft.id, title: draft.title } }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'propose:listing')
  const id = arrived.params.id ?? ''
  return submit(arrived.request, EntryForm, async (form) => {
    await putWording(context, { id, form })
    return redirect(`${paths.draftProposal(id, { done: 'saved' })}#${form.code}`)
  })
}

const TEXTS = ['department', 'timeLimit', 'feeBasis', 'qualification'] as const
const ASKED = ['code', 'name', 'category', 'nature', 'bases', 'items', 'material', 'selfPrepare', 'aliases', ...TEXTS, 'reason'] as const

export default function ProposedWording() {
  const all = useWords().catalogue
  const words = all.wording
  const { categories, given, draft } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const was = given as Record<string, string>
  const value = (name: string, otherwise = '') => kept(result, name, was[name] ?? otherwise)
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.draftProposal(draft.id), label: draft.title }}>
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
        <Field kind="textarea" name="reason" label={words.reason} hint={words.reasonHint} maxLength={500} {...value('reason')} />
        <div className="actions">
          <Button kind="main">{words.button}</Button>
        </div>
      </PostForm>
    </Page>
  )
}

function labelsOf(words: Words['catalogue']['wording']): Record<string, string> {
  return Object.fromEntries(ASKED.map((name) => [name, words[name]]))
}
