import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { answerQuestion } from '#app/domain/tenders/answer-question.server.ts'
import { askQuestion } from '#app/domain/tenders/ask-question.server.ts'
import { AnswerForm, QuestionForm } from '#app/domain/tenders/question.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, fieldId, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Remaining } from '#app/ui/remaining.tsx'
import { TenderQuestions } from '#app/ui/tender-questions.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { Deadline } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

const DONE = { asked: 'askDone', answered: 'answerDone', corrected: 'correctDone' } as const

export const meta = titled((words) => words.life.questions.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enter(arrived)
  const shown = await orPage(arrived.request, showTender(context, { number: arrived.params.number! }))
  const done = new URL(arrived.request.url).searchParams.get('done')
  return { shown, isVisitor: context.actor.kind === 'visitor', done: done && Object.hasOwn(DONE, done) ? DONE[done as keyof typeof DONE] : null }
}

const Act = z.discriminatedUnion('act', [QuestionForm.extend({ act: z.literal('ask') }), AnswerForm.extend({ act: z.literal('answer') })], 'forms.custom')

export async function action(arrived: ActionFunctionArgs) {
  const context = await enter(arrived)
  const number = arrived.params.number!
  return submit(arrived.request, Act, async (form) => {
    if (form.act === 'ask') {
      await askQuestion(context, { number, question: form.question })
      return redirect(paths.questions(number, { done: 'asked' }))
    }
    const { revision } = await answerQuestion(context, { number, id: form.id, answer: form.answer })
    return redirect(paths.questions(number, { done: revision === 1 ? 'answered' : 'corrected' }))
  })
}

export default function Questions() {
  const words = useWords().life.questions
  const { shown, isVisitor, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const { tender, state, at, demo, isMine, questionsLeft } = shown
  const { number, questionsUntil, procedure } = tender.publication!
  const takesQuestions = state === 'open' && questionsUntil !== null && new Date(at) < new Date(questionsUntil)
  const asks = takesQuestions && questionsLeft
  const answers = isMine && (state === 'open' || state === 'closing')
  const rejectedFor = rejected?.values.id
  return (
    <Page back={{ href: paths.tender(number), label: tender.title }} kicker={<CodeText>{number}</CodeText>} title={words.title} lead={<><TenderStatus state={state} openQuestions={tender.openQuestions} isDirect={shown.named !== null} /> {words.lead}</>}>
      {done ? <Notice tone="kept" title={words[done].title}>{words[done].text}</Notice> : null}
      {rejected && (!asks || rejectedFor) ? <ErrorSummary errors={rejected.errors} labels={{ answer: words.answerTitle }} /> : null}
      {isMine && tender.openQuestions ? <Notice tone="open" title={words.blocksOwner(tender.openQuestions)} /> : null}
      <Section title={words.caption}>
        <TenderQuestions
          shown={shown}
          act={(question) => {
            const revisions = question.answers.length
            if (!answers || (revisions > 0 && (state !== 'open' || revisions > procedure.life.correctionsPerAnswer))) return null
            const own = rejectedFor === question.id ? rejected : undefined
            const wrong = own?.errors.answer
            const field = own ? fieldId('answer') : `answer-${question.id}`
            const form = (
              <form method="post" action={paths.questions(number)} className="form" noValidate>
                <input type="hidden" name="act" value="answer" />
                <input type="hidden" name="id" value={question.id} />
                <div className={wrong ? 'field field-wrong' : 'field'}>
                  <label htmlFor={field}>{revisions ? words.correct : words.answerTitle}</label>
                  <p className="hint" id={`${field}-hint`}>{words.answerHint}</p>
                  {wrong ? <div className="error" id={`${field}-error`}><Icon name="warning" /><span>{wrong.join(' ')}</span></div> : null}
                  <textarea id={field} name="answer" className="input" rows={4} maxLength={2000} required defaultValue={own ? kept(own, 'answer').value : ''} aria-describedby={[`${field}-hint`, wrong && `${field}-error`].filter(Boolean).join(' ')} aria-invalid={wrong ? true : undefined} />
                </div>
                <div className="actions">
                  <Button kind={revisions ? 'plain' : 'main'}>{revisions ? words.correctButton : words.answerButton}</Button>
                </div>
              </form>
            )
            if (!revisions) return <div className="mt-4">{form}</div>
            return (
              <details className="mt-4" open={own ? true : undefined}>
                <summary>{words.correct}</summary>
                {form}
              </details>
            )
          }}
        />
      </Section>
      {asks ? (
        <Section title={words.askTitle}>
          <PostForm action={paths.questions(number)} rejected={rejectedFor ? undefined : rejected} labels={{ question: words.ask }}>
            <input type="hidden" name="act" value="ask" />
            <Field kind="textarea" name="question" label={words.ask} hint={words.askHint} maxLength={1000} rows={5} {...(rejectedFor ? {} : kept(rejected, 'question'))} />
            <p className="small">
              {words.left(questionsLeft)} {words.until} <Deadline at={questionsUntil} seconds={demo} /> <Remaining at={at} until={questionsUntil} />
            </p>
            <div className="actions">
              <Button kind="main">{words.askButton}</Button>
            </div>
          </PostForm>
        </Section>
      ) : (
        <Section title={words.askTitle}>
          <p className="measure">{questionsUntil === null ? words.never : !takesQuestions ? words.closed : questionsLeft === 0 ? words.noneLeft : words.onlyAgencies}</p>
          {takesQuestions ? <p className="small">{words.until} <Deadline at={questionsUntil} seconds={demo} /> <Remaining at={at} until={questionsUntil} /></p> : null}
          {takesQuestions && isVisitor ? <div className="actions mt-4"><ButtonLink kind="main" href={paths.signIn({ next: paths.questions(number) })}>{words.signIn}</ButtonLink></div> : null}
        </Section>
      )}
    </Page>
  )
}
