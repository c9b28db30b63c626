import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { nameListings } from '#app/domain/catalogue/name-listings.server.ts'
import { answerQuestion } from '#app/domain/guard/answer-question.server.ts'
import { demandOf, QuestionForm } from '#app/domain/guard/demand-form.ts'
import { DEMANDED_ITEM } from '#app/domain/guard/guard.ts'
import { prepareQuestion } from '#app/domain/guard/prepare-question.server.ts'
import { showFrame } from '#app/domain/divisions/show-frame.server.ts'
import { FACT_KEYS, type FactKey } from '#app/domain/projects/project-facts.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { enter } from '#app/http/enter.server.ts'
import { qrOf } from '#app/http/qr.server.ts'
import { readQuery } from '#app/http/query.server.ts'
import { theServices } from '#app/http/services.server.ts'
import { orPage, sentenceAt } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { DemandQuestions } from '#app/ui/demand-questions.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { GuardAnswer } from '#app/ui/guard-answer.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { NearestListings } from '#app/ui/nearest-listings.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { ProjectFactQuestion } from '#app/ui/project-facts.tsx'
import { Qr } from '#app/ui/qr.tsx'
import { dayText } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled<typeof loader>((words, data) => (data?.answer?.listing ? `${data.answer.listing.name} · ${words.guard.ask.title}` : words.guard.ask.title))

const NO_MARKETPLACE = '000000'

export async function loader(arrived: LoaderFunctionArgs) {
  const { request } = arrived
  const context = await enter(arrived)
  const [{ today, items }, { marketplace }] = await Promise.all([prepareQuestion(context), showFrame(context)])
  const query = readQuery(request, QuestionForm)
  const asking = query.values.service !== undefined
  const form: Rejected = { values: query.values, errors: asking ? query.errors : {} }
  if (!asking || !query.data) return { today, items, form, on: today, answer: null, qr: null, named: {} }
  const question = demandOf(query.data, today)
  const on = question.demandedOn
  try {
    const answer = await answerQuestion(context, { question, divisionCode: marketplace?.divisionCode ?? NO_MARKETPLACE, ip: arrived.context.ip })
    const named = await nameListings(context.db, { codes: answer.nearest.map(({ item }) => item), divisionCode: marketplace?.divisionCode ?? NO_MARKETPLACE, on })
    return { today, items, form, on, answer, named, qr: qrOf(addressOf(request, on)) }
  } catch (error) {
    if (!isRefusal(error) || !error.field) return orPage<never>(request, Promise.reject(error))
    return { today, items, form: { ...form, errors: { on: [sentenceAt(request, error)] } }, on, answer: null, qr: null, named: {} }
  }
}

/** The answer's own address: the same words on the same day, so that whoever scans it computes the same. */
function addressOf(request: Request, on: string): string {
  const search = new URL(request.url).searchParams
  search.set('on', on)
  for (const [name, value] of [...search]) if (value === '') search.delete(name)
  return `${theServices().config.publicUrl}${paths.ask()}?${search}`
}

export default function Ask() {
  const words = useWords().guard.ask
  const { answer, named, form } = useLoaderData<typeof loader>()
  const asksForFacts = answer?.verdict === 'needs-facts'
  return (
    <Page title={words.title} lead={words.lead}>
      {answer ? <Answer /> : null}
      {answer && (!answer.listing || answer.facts.includes(DEMANDED_ITEM)) && answer.nearest.length ? <NearestListings nearest={answer.nearest} named={named} approvalItem={String(form.values.item ?? '')} /> : null}
      {answer ? (
        <>
          {asksForFacts ? null : <Keep />}
          <div className="no-print">
            <Section title={asksForFacts ? words.tellFacts : words.again}>
              <Form />
            </Section>
          </div>
          {asksForFacts ? <Keep /> : null}
        </>
      ) : (
        <>
          {Object.keys(form.errors).length ? <ErrorSummary errors={form.errors} labels={{ service: words.service, item: words.item, on: words.on, project: words.project, agency: words.agency }} /> : null}
          <Form />
        </>
      )}
    </Page>
  )
}

function Answer() {
  const words = useWords().guard.ask
  const locale = useLocale()
  const { answer, form, on } = useLoaderData<typeof loader>()
  if (!answer) return null
  const { listing, match, catalogueVersion } = answer
  return (
    <GuardAnswer answer={answer} listing={listing} question={words.question({ service: listing?.name ?? String(form.values.service), day: dayText(on, locale) })}>
      <Facts
        items={[
          { label: words.asked, value: String(form.values.service) },
          listing
            ? { label: words.listing, value: <><a href={paths.listing(listing.code, { on })}>{listing.name}</a> <CodeText copy={false}>{listing.code}</CodeText></>, note: match ? words.matched[match.by] : undefined }
            : { label: words.listing, value: answer.verdict === 'needs-facts' ? words.severalListings : words.noListing },
          { label: words.basis, value: catalogueVersion ? words.version(catalogueVersion) : words.noVersion, note: dayText(on, locale) },
        ]}
      />
    </GuardAnswer>
  )
}

/** The answer to keep and to hand on, and what to do where it is not heeded. */
function Keep() {
  const { guard: { ask: words }, reports } = useWords()
  const { qr, answer, form } = useLoaderData<typeof loader>()
  return (
    <div className="two">
      <div className="stack">
        <p>{words.print}</p>
        {qr ? <Qr code={qr} label={words.qrAlt} /> : null}
      </div>
      <div className="stack no-print">
        <p>
          <strong>{words.report}</strong>
        </p>
        <p>{words.reportText}</p>
        <p>
          <ButtonLink href={paths.report({ service: answer?.listing?.name ?? String(form.values.service ?? ''), project: String(form.values.project ?? '') })}>{reports.report.link}</ButtonLink>
        </p>
      </div>
    </div>
  )
}

function Form() {
  const words = useWords().guard.ask
  const { form, items, today, answer } = useLoaderData<typeof loader>()
  const asks = (answer?.asks ?? []).filter((key): key is FactKey => (FACT_KEYS as string[]).includes(key))
  const questions = <DemandQuestions rejected={form} items={items} today={today} openItem labels={{ ...words, what: words.service, whatHint: words.serviceHint }} />
  const factsFirst = answer?.verdict === 'needs-facts'
  return (
    <form method="get" action={paths.ask()} className="form no-print" noValidate>
      {factsFirst ? null : questions}
      {asks.length ? (
        <fieldset className="field">
          <legend>{words.factsTitle}</legend>
          <div className="hint">{words.factsLead}</div>
          {asks.map((fact) => (
            <ProjectFactQuestion key={fact} fact={fact} rejected={form} />
          ))}
        </fieldset>
      ) : null}
      {factsFirst ? questions : null}
      <div className="actions">
        <Button kind="main">{words.button}</Button>
      </div>
    </form>
  )
}
