import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { changeOffering } from '#app/domain/agencies/change-offering.server.ts'
import { findMyOfferings } from '#app/domain/agencies/find-my-offerings.server.ts'
import { OfferingForm } from '#app/domain/agencies/offering.ts'
import { findServicePlaces } from '#app/domain/agencies/show-my-agency.server.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { enter, enterAs } from '#app/http/enter.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { OfferingQuestions, useOfferingLabels } from '#app/ui/offering-questions.tsx'
import { Page } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled<typeof loader>((words, data) => data?.offering.listingName ?? words.agencies.offerings.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'offer:service')
  const [offerings, divisions] = await Promise.all([findMyOfferings(context, { all: true }), findServicePlaces(context)])
  const offering = offerings.find(({ id }) => id === arrived.params.id)
  if (!offering) throw new Response(null, { status: 404 })
  return { offering, divisions }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enter(arrived)
  const offeringId = arrived.params.id ?? ''
  if (!isUuid(offeringId)) throw new Response(null, { status: 404 })
  return submit(arrived.request, OfferingForm.omit({ listingCode: true }), async (input) => {
    await changeOffering(context, { ...input, offeringId })
    return redirect(paths.offerings({ done: 'changed' }))
  })
}

export default function EditOffering() {
  const { agencies } = useWords()
  const words = agencies.offerings
  const { offering, divisions } = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  // A form that was open while another tab was first still shows what was typed into it.
  const isOver = offering.state !== 'standing'
  const over = isOver ? <Notice tone="refused" next={{ href: paths.offerings(), label: words.title }}>{agencies.refusals['offering-unknown']}</Notice> : null
  if (isOver && !rejected) return <Page title={offering.listingName} back={{ href: paths.offerings(), label: words.title }}>{over}</Page>
  return (
    <Page title={words.editOf(offering.listingName)} lead={words.editLead} back={{ href: paths.offerings(), label: words.title }}>
      {over}
      <PostForm action={paths.offering(offering.id)} rejected={rejected} labels={useOfferingLabels()}>
        <OfferingQuestions rejected={rejected} divisions={divisions} terms={offering} />
        <div className="actions">
          <Button kind="main">{words.editButton}</Button>
          <a href={paths.offerings()}>{words.cancel}</a>
        </div>
      </PostForm>
    </Page>
  )
}
