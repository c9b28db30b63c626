import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { offerService } from '#app/domain/agencies/offer-service.server.ts'
import { OfferingForm } from '#app/domain/agencies/offering.ts'
import { prepareOffering } from '#app/domain/agencies/prepare-offering.server.ts'
import { enter, enterAs } from '#app/http/enter.server.ts'
import { normalise } from '#app/http/normalise.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { OfferingQuestions, useOfferingLabels } from '#app/ui/offering-questions.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Rows } from '#app/ui/rows.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.agencies.new.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'offer:service')
  const asked = new URL(arrived.request.url).searchParams
  const [code, words] = [asked.get('service'), asked.get('q')].map((given) => normalise(given ?? '').slice(0, 60)) as [string, string]
  return { ...(await prepareOffering(context, { code, words })), words }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enter(arrived)
  return submit(arrived.request, OfferingForm, async (input) => {
    await offerService(context, input)
    return redirect(paths.offerings({ done: 'offered' }))
  })
}

export default function NewOffering() {
  const { agencies, catalogue } = useWords()
  const words = agencies.new
  const { chosen, found, divisions, words: asked } = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  const labels = useOfferingLabels()
  const code = chosen?.code ?? kept(rejected, 'listingCode').value
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.agencyDesk(), label: agencies.desk.title }}>
      {chosen || rejected ? (
        <PostForm
          action={paths.newOffering(chosen ? { service: chosen.code } : {})}
          rejected={rejected}
          labels={labels}
        >
          {chosen ? (
            <Section title={words.chosen(chosen.name)} action={<a href={paths.newOffering()}>{words.change}</a>}>
              <p className="muted">
                <code className="code">{chosen.code}</code> · {catalogue.natures[chosen.nature]}
              </p>
              <input type="hidden" name="listingCode" value={code} />
            </Section>
          ) : (
            <Field name="listingCode" label={words.service} hint={words.serviceHint} short {...kept(rejected, 'listingCode')} />
          )}
          {rejected?.errors.listingCode && chosen ? <p className="error">{rejected.errors.listingCode.join(' ')}</p> : null}
          <OfferingQuestions rejected={rejected} divisions={divisions} />
          <div className="actions">
            <Button kind="main">{words.button}</Button>
          </div>
        </PostForm>
      ) : (
        <Section title={words.search} lead={words.searchLead}>
          <Filter action={paths.newOffering()} label={words.searchLabel} fields={[{ kind: 'search', name: 'q', label: words.searchLabel, value: asked }]} />
          <Rows
            items={found.map((one) => ({ key: one.code, href: paths.newOffering({ service: one.code }), title: words.pick(one.name), note: `${one.code} · ${catalogue.natures[one.nature]}` }))}
            empty={{ ...words.none, action: { href: paths.catalogue(), label: words.none.action } }}
          />
        </Section>
      )}
    </Page>
  )
}
