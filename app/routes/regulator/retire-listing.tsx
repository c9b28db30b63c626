import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { retireListing } from '#app/domain/catalogue/retire-listing.server.ts'
import { prepareRetirement } from '#app/domain/catalogue/show-governance.server.ts'
import { RetireForm } from '#app/domain/catalogue/wording-form.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Confirm } from '#app/ui/confirm.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled<typeof loader>((words, data) => words.catalogue.retire.title(data?.listing.name ?? ''))

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'retire:listing')
  return orPage(arrived.request, prepareRetirement(context, arrived.params.code ?? ''))
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'retire:listing')
  const code = arrived.params.code ?? ''
  return submit(arrived.request, RetireForm, async ({ from, note }) => {
    await retireListing(context, { divisionCode: context.actor.divisionCode, code, from, note })
    return redirect(paths.listing(code, { on: from, done: 'retired' }))
  })
}

export default function RetireListing() {
  const all = useWords().catalogue
  const words = all.retire
  const { listing, today } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  return (
    <Page title={words.title(listing.name)} lead={words.lead} back={{ href: paths.listing(listing.code), label: listing.name }}>
      {result ? <ErrorSummary errors={result.errors} labels={{ from: words.from, note: words.note }} /> : null}
      <Confirm open title={words.button} consequences={[words.consequences.ends, words.consequences.demands, words.consequences.ledger]}>
        <Field kind="text" type="date" name="from" label={words.from} hint={words.fromHint} short {...kept(result, 'from', today)} />
        <Field kind="textarea" name="note" label={words.note} hint={words.noteHint} {...kept(result, 'note')} />
      </Confirm>
    </Page>
  )
}
