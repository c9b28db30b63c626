import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { can } from '#app/domain/accounts/actor.ts'
import { acceptResult, returnResult } from '#app/domain/contracts/answer-result.server.ts'
import { AcceptanceForm, DeliveryForm, mustBeOneForm, ReturnForm } from '#app/domain/contracts/deliverable.ts'
import { deliverResult } from '#app/domain/contracts/deliver-result.server.ts'
import { showAfterAward } from '#app/domain/contracts/show-after-award.server.ts'
import { enter, enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { openUpload } from '#app/http/upload.server.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from '#app/ui/code-text.tsx'
import { Empty } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Remaining } from '#app/ui/remaining.tsx'
import { ResultAnswer, ResultQuestions } from '#app/ui/result-questions.tsx'
import { ResultRounds } from '#app/ui/result-rounds.tsx'
import { ServiceClockBar } from '#app/ui/service-clock.tsx'
import { Deadline } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

const DONE = ['delivered', 'accepted', 'returned'] as const

export const meta = titled<typeof loader>((words, data) => (data ? words.contracts.results.of(data.title) : words.contracts.results.title))

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enter(arrived)
  const number = arrived.params.number!
  const shown = await orPage(arrived.request, showAfterAward(context, { number }))
  const done = new URL(arrived.request.url).searchParams.get('done')
  return { ...shown, number, mayDeliver: can(context.actor, 'deliver:result'), mayAccept: can(context.actor, 'accept:result'), done: DONE.find((each) => each === done) ?? null }
}

const Act = z.discriminatedUnion('act', [DeliveryForm.extend({ act: z.literal('deliver') }), AcceptanceForm.extend({ act: z.literal('accept') }), ReturnForm.extend({ act: z.literal('return') })], 'forms.custom')

export async function action(arrived: ActionFunctionArgs) {
  // Whose session has ended signs in first, before anything is said of a file.
  const context = await enterAs(arrived, 'file:contract')
  const { request } = arrived
  const number = arrived.params.number!
  const body = request.clone()
  const gone = (done: (typeof DONE)[number]) => redirect(paths.deliverable(number, { done }))
  return submit(request, Act, async (given) => {
    if (given.act === 'accept') {
      await acceptResult(context, { number, id: given.id })
      return gone('accepted')
    }
    if (given.act === 'return') {
      await returnResult(context, { number, id: given.id, reasons: given.reasons, unmet: given.unmet })
      return gone('returned')
    }
    const { name, form, handover } = given
    const upload = await openUpload(body, 'file')
    mustBeOneForm({ form, hasFile: upload !== null, handover })
    await deliverResult(context, { number, name, document: upload ? await upload.store() : null, handover: upload ? null : handover })
    return gone('delivered')
  })
}

export default function Deliverable() {
  const { contracts, clock } = useWords()
  const words = contracts.results
  const { title, number, award, mayDeliver, mayAccept, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const head = { back: { href: paths.tender(number), label: title }, kicker: <CodeText>{number}</CodeText>, title: words.title, lead: words.lead }
  if (!award?.state) return <Page {...head}><Empty {...words.notYet} action={{ href: paths.contract(number), label: words.toContract }} /></Page>
  const { acceptance, rework } = award.numbers
  const last = award.deliverables.at(-1) ?? null
  const due = award.limits.find(({ party }) => party !== 'authority')?.due
  const returned = award.deliverables.filter(({ returnedAt }) => returnedAt).length
  const delivers = award.state === 'due' && award.reader === 'agency' && mayDeliver
  const answers = award.state === 'waiting' && award.reader === 'owner' && last
  const act = rejected?.values.act
  return (
    <Page {...head}>
      {done ? <Notice tone="kept" title={contracts.done[done].title}>{contracts.done[done].text}</Notice> : null}
      {rejected && !(act === 'deliver' && delivers) ? <ErrorSummary errors={rejected.errors} labels={answers ? { reasons: words.return.reasons, unmet: words.return.unmet } : {}} /> : null}
      <Notice tone={award.state === 'accepted' ? 'kept' : 'open'} title={award.state === 'due' && last ? words.state.mend : words.state[award.state]} next={{ href: paths.contract(number), label: words.toContract }}>
        {due ? <p className="small">{contracts.now.until} <Deadline at={due} /> <Remaining at={award.at} until={due} /></p> : null}
      </Notice>
      {delivers ? <ResultQuestions round={(last?.round ?? 0) + 1} name={last?.name ?? ''} rejected={act === 'deliver' ? rejected : undefined} action={paths.deliverable(number)} /> : null}
      {answers ? (mayAccept ? <ResultAnswer id={last.id} isAgain={returned >= award.returnsFree} rejected={rejected} action={paths.deliverable(number)} /> : <p className="measure">{words.accept.managerOnly}</p>) : null}
      <Section title={words.title} id="rounds">
        <ResultRounds rounds={award.deliverables} />
      </Section>
      <Section title={clock.title} id="clock">
        <ServiceClockBar clock={award.clock} limits={award.limits} />
      </Section>
      <p className="small muted measure">{words.rules({ acceptance: acceptance.value, free: award.returnsFree, rework: rework.value })}</p>
    </Page>
  )
}
