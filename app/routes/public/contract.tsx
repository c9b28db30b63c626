import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { can } from '#app/domain/accounts/actor.ts'
import { confirmContract, refuseContract } from '#app/domain/contracts/answer-contract.server.ts'
import { ConfirmationForm, ContractForm, RefusalForm } from '#app/domain/contracts/contract.ts'
import { fileContract } from '#app/domain/contracts/file-contract.server.ts'
import { showAfterAward } from '#app/domain/contracts/show-after-award.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { enter, enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { openUpload } from '#app/http/upload.server.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from '#app/ui/code-text.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { ContractFacts } from '#app/ui/contract-facts.tsx'
import { ContractNow } from '#app/ui/contract-now.tsx'
import { ContractQuestions } from '#app/ui/contract-questions.tsx'
import { Empty } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { ServiceClockBar } from '#app/ui/service-clock.tsx'
import { titled } from '#app/ui/titled.ts'

const DONE = ['filed', 'confirmed', 'refused'] as const

export const meta = titled<typeof loader>((words, data) => (data ? words.contracts.of(data.title) : words.contracts.title))

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enter(arrived)
  const number = arrived.params.number!
  const shown = await orPage(arrived.request, showAfterAward(context, { number }))
  const done = new URL(arrived.request.url).searchParams.get('done')
  return { ...shown, number, mayFile: can(context.actor, 'file:contract'), mayConfirm: can(context.actor, 'confirm:contract'), done: DONE.find((each) => each === done) ?? null }
}

const Act = z.discriminatedUnion('act', [ContractForm.extend({ act: z.literal('file') }), ConfirmationForm.extend({ act: z.literal('confirm') }), RefusalForm.extend({ act: z.literal('refuse') })], 'forms.custom')

export async function action(arrived: ActionFunctionArgs) {
  // Whose session has ended signs in first, before anything is said of a file.
  const context = await enterAs(arrived, 'file:contract')
  const { request } = arrived
  const number = arrived.params.number!
  const body = request.clone()
  const gone = (done: (typeof DONE)[number]) => redirect(paths.contract(number, { done }))
  return submit(request, Act, async (form) => {
    if (form.act === 'confirm') {
      await confirmContract(context, { number, id: form.id })
      return gone('confirmed')
    }
    if (form.act === 'refuse') {
      await refuseContract(context, { number, id: form.id, reason: form.reason })
      return gone('refused')
    }
    const { amount, days, signedOn } = form
    const upload = await openUpload(body, 'file')
    if (!upload) throw new Refusal('invalid', 'contracts.file-none', { field: 'file' })
    await fileContract(context, { number, amountFen: amount, serviceDays: days, signedOn, document: await upload.store() })
    return gone('filed')
  })
}

export default function Contract() {
  const { contracts: words, clock } = useWords()
  const { title, number, award, mayFile, mayConfirm, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const head = { back: { href: paths.tender(number), label: title }, kicker: <CodeText>{number}</CodeText>, title: words.title, lead: words.lead }
  if (!award) return <Page {...head}><Empty {...words.none} action={{ href: paths.tender(number), label: words.back }} /></Page>
  const { sign, signAtMost, contractFiled, contractConfirmed } = award.numbers
  const contract = award.contracts.find(({ id }) => id === award.standing) ?? null
  const former = award.contracts.filter(({ refusedAt }) => refusedAt)
  const isSide = award.reader === 'owner' || award.reader === 'agency'
  const answers = isSide && contract && !contract.confirmedAt && contract.filedBy !== award.reader
  const files = !contract && isSide && mayFile
  const act = rejected?.values.act
  return (
    <Page {...head}>
      {done ? <Notice tone="kept" title={words.done[done].title}>{words.done[done].text}</Notice> : null}
      {rejected && !(act === 'file' && files) ? <ErrorSummary errors={rejected.errors} labels={answers ? { reason: words.answer.reason } : {}} /> : null}
      <ContractNow award={award} contract={contract} number={number} />
      {answers ? (
        <Section title={words.answer.title}>
          {mayConfirm ? (
            <div className="stack">
              <Confirm title={words.answer.confirm} begins consequences={words.answer.confirmText} action={paths.contract(number)} values={{ act: 'confirm', id: contract.id }} />
              <Confirm title={words.answer.refuse} consequences={words.answer.refuseText} action={paths.contract(number)} values={{ act: 'refuse', id: contract.id }} open={act === 'refuse'}>
                <Field kind="textarea" name="reason" label={words.answer.reason} hint={words.answer.reasonHint} rows={4} maxLength={1000} {...(act === 'refuse' ? kept(rejected, 'reason') : {})} />
              </Confirm>
            </div>
          ) : <p className="measure">{words.answer.managerOnly}</p>}
        </Section>
      ) : null}
      {files ? <ContractQuestions terms={award.terms} rejected={act === 'file' ? rejected : undefined} action={paths.contract(number)} /> : null}
      <Section title={words.facts.title}>
        <ContractFacts award={award} contract={contract} />
        {former.length ? (
          <details className="fold fold-wide mt-4">
            <summary>{words.facts.former(former.length)}</summary>
            {former.map((one) => <ContractFacts key={one.id} award={award} contract={one} />)}
          </details>
        ) : null}
      </Section>
      <Section title={clock.title} id="clock">
        <ServiceClockBar clock={award.clock} limits={award.limits} />
      </Section>
      <p className="small muted measure">{words.rules({ sign: sign.value, atMost: signAtMost.value, filed: contractFiled.value, confirmed: contractConfirmed.value })}</p>
    </Page>
  )
}
