import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { answerObjection } from '#app/domain/awards/answer-objection.server.ts'
import { objectToAward } from '#app/domain/awards/object-to-award.server.ts'
import { ObjectionAnswerForm, ObjectionForm } from '#app/domain/tenders/objection.ts'
import { isStopped } from '#app/domain/tenders/given-back.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, fieldId, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Left } from '#app/ui/remaining.tsx'
import { TenderObjections } from '#app/ui/tender-objections.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { Deadline } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

const DONE = ['objected', 'answered'] as const

export const meta = titled((words) => words.changes.objections.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enter(arrived)
  const shown = await orPage(arrived.request, showTender(context, { number: arrived.params.number! }))
  const done = new URL(arrived.request.url).searchParams.get('done')
  return { shown, done: DONE.find((each) => each === done) ?? null }
}

const Act = z.discriminatedUnion('act', [ObjectionForm.extend({ act: z.literal('object') }), ObjectionAnswerForm.extend({ act: z.literal('answer') })], 'forms.custom')

export async function action(arrived: ActionFunctionArgs) {
  const context = await enter(arrived)
  const number = arrived.params.number!
  return submit(arrived.request, Act, async (form) => {
    if (form.act === 'object') await objectToAward(context, { number, words: form.words })
    else await answerObjection(context, { number, id: form.id, answer: form.answer })
    return redirect(paths.objections(number, { done: form.act === 'object' ? 'objected' : 'answered' }))
  })
}

export default function Objections() {
  const { changes } = useWords()
  const words = changes.objections
  const { shown, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const { tender, state, at, demo, isMine, objectionsLeft } = shown
  const { number, procedure } = tender.publication!
  const { objectionsUntil } = tender
  const { regime, answer, complaint, decided } = procedure.life.objections
  const takes = objectionsUntil !== null && new Date(at) < new Date(objectionsUntil) && state !== 'suspended'
  const mayObject = takes && objectionsLeft
  const rejectedFor = rejected?.values.id
  return (
    <Page back={{ href: paths.tender(number), label: tender.title }} kicker={<CodeText>{number}</CodeText>} title={words.title} lead={<><TenderStatus state={state} isDirect={shown.named !== null} /> {words.lead}</>}>
      {done ? <Notice tone="kept" title={changes.done[done].title}>{changes.done[done].text}</Notice> : null}
      {rejected && (rejectedFor || !mayObject) ? <ErrorSummary errors={rejected.errors} labels={{ answer: words.answer }} /> : null}
      <p className="measure">{words.rules({ regime: words.regimes[regime], answer, complaint, decided })}</p>
      <Section title={words.listTitle}>
        <TenderObjections
          shown={shown}
          act={(objection) => {
            if (!isMine || objection.answer) return null
            const own = rejectedFor === objection.id ? rejected : undefined
            const wrong = own?.errors.answer
            const field = own ? fieldId('answer') : `answer-${objection.id}`
            return (
              <form method="post" action={paths.objections(number)} className="form mt-4" noValidate>
                <input type="hidden" name="act" value="answer" />
                <input type="hidden" name="id" value={objection.id} />
                <div className={wrong ? 'field field-wrong' : 'field'}>
                  <label htmlFor={field}>{words.answer}</label>
                  <p className="hint" id={`${field}-hint`}>{words.answerHint}</p>
                  {wrong ? <p className="error" id={`${field}-error`}>{wrong.join(' ')}</p> : null}
                  <textarea id={field} name="answer" className="input" rows={4} maxLength={2000} required defaultValue={own ? kept(own, 'answer').value : ''} aria-describedby={[`${field}-hint`, wrong && `${field}-error`].filter(Boolean).join(' ')} aria-invalid={wrong ? true : undefined} />
                </div>
                <div className="actions"><Button kind="main">{words.answerButton}</Button></div>
              </form>
            )
          }}
        />
      </Section>
      {isMine ? null : (
      <Section title={words.object}>
        {objectionsUntil ? <p className="small">{words.until} <Deadline at={objectionsUntil} seconds={demo} /> {takes || isStopped(tender, objectionsUntil) ? <Left shown={shown} until={objectionsUntil} /> : null}</p> : null}
        {mayObject ? (
          <PostForm action={paths.objections(number)} rejected={rejectedFor ? undefined : rejected} labels={{ words: words.words }}>
            <input type="hidden" name="act" value="object" />
            <Field kind="textarea" name="words" label={words.words} hint={words.wordsHint} maxLength={2000} rows={5} {...(rejectedFor ? {} : kept(rejected, 'words'))} />
            <p className="small">{words.left(objectionsLeft)}</p>
            <div className="actions"><Button kind="main">{words.button}</Button></div>
          </PostForm>
        ) : (
          <p className="measure">{objectionsUntil === null ? words.noResult : state === 'suspended' ? changes.now.suspendedText : !takes ? words.closed : words.onlyBidders}</p>
        )}
      </Section>
      )}
    </Page>
  )
}
