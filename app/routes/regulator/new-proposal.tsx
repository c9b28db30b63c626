import { randomUUID } from 'node:crypto'
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { ListingCode } from '#app/domain/catalogue/listing.ts'
import { beginProposal, putRetirement } from '#app/domain/governance/draft-proposal.server.ts'
import { ProposalForm } from '#app/domain/governance/proposal-form.ts'
import { prepareProposal } from '#app/domain/governance/show-governance.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { ProposalFields, proposalLabels } from '#app/ui/proposal-fields.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.governance.draft.newTitle)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'propose:listing')
  const code = ListingCode.safeParse(new URL(arrived.request.url).searchParams.get('code')).data
  return { ...(await orPage(arrived.request, prepareProposal(context, { code }))), draftId: randomUUID() }
}

/** With a code the proposal begins with it: to be reworded next, or put down to leave the list for the proposal's own reason. */
const BeginForm = ProposalForm.extend({ draftId: z.uuid('forms.invalid_value'), code: ListingCode.or(z.literal('')).default(''), what: z.enum(['change', 'retire'], 'forms.invalid_value').default('change') })

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'propose:listing')
  return submit(arrived.request, BeginForm, async ({ code, what, ...form }) => {
    const { id } = await beginProposal(context, form)
    if (code && what === 'change') return redirect(paths.proposedWording(id, { code }))
    if (code) await putRetirement(context, { id, code, reason: form.reason.slice(0, 500) })
    return redirect(paths.draftProposal(id, { done: 'began' }))
  })
}

export default function NewProposal() {
  const { governance: all, catalogue } = useWords()
  const words = all.draft
  const { listing, draftId } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  return (
    <Page title={words.newTitle} lead={words.newLead} back={{ href: paths.governance(), label: catalogue.governance.title }}>
      <PostForm rejected={rejected} labels={{ ...proposalLabels(words), what: words.what }}>
        <input type="hidden" name="draftId" value={kept(rejected, 'draftId', draftId).value} />
        {listing ? (
          <>
            <input type="hidden" name="code" value={listing.code} />
            <p className="measure"><strong>{words.startWith(listing.name)}</strong> <code className="code">{listing.code}</code></p>
            <Field kind="radio" name="what" label={words.what} {...kept(rejected, 'what', 'change')} options={(['change', 'retire'] as const).map((value) => ({ value, label: words.whats[value] }))} />
          </>
        ) : null}
        <ProposalFields rejected={rejected} />
        <div className="actions"><Button kind="main">{words.begin}</Button></div>
      </PostForm>
    </Page>
  )
}
