import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { commitSheet } from '#app/domain/awards/commit-sheet.server.ts'
import { keepSheetDraft } from '#app/domain/awards/keep-sheet-draft.server.ts'
import { declareJudge, stepBack } from '#app/domain/awards/declare-judge.server.ts'
import { StepBackForm } from '#app/domain/awards/judge.ts'
import { pointsField, reasonField } from '#app/domain/awards/score-sheet.ts'
import { showSeat } from '#app/domain/awards/show-judging.server.ts'
import { showSheet } from '#app/domain/awards/show-sheet.server.ts'
import { judgedOf } from '#app/domain/tenders/merit.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Plans, PlanText } from '#app/ui/tender-merit.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'
import { sentenceOf, wordsOf } from '#app/words/words.ts'

export const meta = titled((words) => words.merit.page.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'judge:tender')
  return { ...(await orPage(arrived.request, showSeat(context, { number: arrived.params.number! }))), done: new URL(arrived.request.url).searchParams.get('done') }
}

const Act = z.discriminatedUnion('act', [
  z.object({ act: z.literal('declare'), commitment: z.literal('yes', 'forms.required') }),
  StepBackForm.extend({ act: z.literal('step-back') }),
  z.looseObject({ act: z.enum(['commit', 'draft']) }),
  z.object({ act: z.literal('show') }),
], 'forms.custom')

export async function action(arrived: ActionFunctionArgs) {
  const { request } = arrived
  const context = await enterAs(arrived, 'judge:tender')
  const number = arrived.params.number!
  return submit<typeof Act, unknown>(request, Act, async (form) => {
    if (form.act === 'declare') await declareJudge(context, { number })
    if (form.act === 'step-back') await stepBack(context, { number, reason: form.reason })
    if (form.act === 'show') await showSheet(context, { number })
    if (form.act === 'commit' || form.act === 'draft') {
      const values = Object.fromEntries(Object.entries(form).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
      const wrong = await (form.act === 'commit' ? commitSheet : keepSheetDraft)(context, { number, values })
      const words = wordsOf(localeOf(request))
      if (wrong) return data({ errors: Object.fromEntries(wrong.faults.map(({ field, code, params }) => [field, [sentenceOf(words, code, params)]])), values } satisfies Rejected, { status: 422 })
    }
    return redirect(paths.judge(number, { done: form.act }))
  })
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>

export default function JudgeTender() {
  const { merit } = useWords()
  const words = merit.page
  const page = useLoaderData<typeof loader>()
  const { shown, seat, duty, hash, dueAt, bidders, plans, done } = page
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const { number } = shown.tender.publication!
  const { judging } = shown.tender
  const isStepping = rejected?.values.act === 'step-back'
  const mayStepBack = duty === 'declare' || duty === 'wait' || duty === 'score'
  const isSheet = rejected?.values.act === 'commit' || rejected?.values.act === 'draft'
  const hasSheet = duty === 'score' && plans
  // What belongs to none of the page's forms is said above them; a form that is there says it itself.
  const unplaced = hasSheet && isSheet ? undefined : (rejected?.errors.form ?? rejected?.errors.act)
  return (
    <Page back={{ href: paths.judgeDesk(), label: words.back }} kicker={<CodeText>{number}</CodeText>} title={shown.tender.title} lead={<>{merit.seatOf(seat)} · {merit.desk.todos[duty]}</>}>
      {done && !rejected && words.doneNotice[done] ? <Notice tone="kept">{words.doneNotice[done]}</Notice> : null}
      {unplaced ? <ErrorSummary errors={{ form: unplaced }} /> : null}
      {duty === 'ended' ? <Notice>{words.ended}</Notice> : null}
      {duty === 'wait' ? <Notice tone="open">{words.waiting}</Notice> : null}
      {duty === 'waitShown' ? <Notice tone="open">{words.shown}</Notice> : null}
      {duty === 'done' ? <Notice tone="kept" next={{ href: paths.tender(number), label: shown.tender.title }}>{words.done}</Notice> : null}
      {hash ? <p className="measure break-words">{words.committed(hash)}</p> : null}
      {duty === 'waitOthers' && judging ? <Notice tone="open">{words.waitOthers(judging.committed, judging.wanted)}</Notice> : null}
      {duty === 'show' ? <Confirm title={words.show} consequences={[words.showText]} values={{ act: 'show' }} begins open /> : null}
      <Section title={words.bidders} lead={duty === 'declare' ? words.biddersLead : undefined}>
        <ul className="measure list-disc pl-6">
          {bidders.map(({ label, name }) => (
            <li key={label}><a href={paths.agency(label)}>{name}</a></li>
          ))}
        </ul>
        <p className="mt-4"><a href={`${paths.tender(number)}#facts`}>{words.criteria}</a></p>
      </Section>
      {duty === 'declare' ? (
        <Section title={words.declareTitle}>
          <PostForm rejected={rejected?.values.act === 'declare' ? rejected : undefined} labels={{ commitment: words.declareField }}>
            <input type="hidden" name="act" value="declare" />
            <Field kind="checkbox" name="commitment" label={words.declareField} text={words.declareText} errors={rejected?.errors.commitment} />
            <div className="actions"><Button kind="main">{words.declare}</Button></div>
          </PostForm>
        </Section>
      ) : null}
      {plans && duty !== 'ended' && duty !== 'score' ? <Plans shown={shown} plans={plans} title={words.plansTitle} /> : null}
      {hasSheet ? <Sheet page={page} rejected={isSheet ? rejected : undefined} dueAt={dueAt} /> : null}
      {mayStepBack ? (
        <Section title={words.stepTitle} lead={words.stepLead}>
          <PostForm rejected={isStepping ? rejected : undefined} labels={{ reason: words.stepReason }}>
            <input type="hidden" name="act" value="step-back" />
            <Field kind="textarea" name="reason" label={words.stepReason} rows={3} maxLength={1000} {...(isStepping ? kept(rejected, 'reason') : {})} />
            <div className="actions"><Button kind="ends">{words.step}</Button></div>
          </PostForm>
        </Section>
      ) : null}
    </Page>
  )
}

/** One field of points and one of reasons for every bid and criterion. */
function Sheet({ page: { shown, plans, bidders, draft }, rejected, dueAt }: { page: Shown; rejected: Rejected | undefined; dueAt: Date | string | null }) {
  const { merit } = useWords()
  const words = merit.page
  const { procedure } = shown.tender.publication!
  const criteria = procedure.method === 'merit' ? judgedOf(procedure.criteria) : []
  const nameOf = (label: string) => bidders.find((one) => one.label === label)?.name ?? label
  const labels = Object.fromEntries(plans!.flatMap(({ bid, label }) => criteria.flatMap(({ code, name, weight }) => [[pointsField(bid, code), `${nameOf(label)} · ${words.pointsOf(name, weight)}`], [reasonField(bid, code), `${nameOf(label)} · ${words.reasonOf(name)}`]])))
  return (
    <Section title={words.sheetTitle} id="sheet" lead={<>{words.sheetLead} {dueAt ? <>{merit.due} <Instant at={dueAt} seconds={shown.demo} /></> : null}</>}>
      <PostForm rejected={rejected} labels={labels}>
        {draft ? <p className="measure">{words.draftSaved} <Instant at={draft.savedAt} seconds={shown.demo} /></p> : null}
        {plans!.map(({ bid, label, text }) => (
          <fieldset key={bid} className="mt-8 border-t border-(--line) pt-6">
            <legend className="float-left mb-2 w-full text-lg font-bold">{nameOf(label)}</legend>
            <div className="clear-both"><PlanText shown={shown} plan={{ bid, text }} /></div>
            {criteria.map(({ code, name, weight }) => (
              <div key={code} className="mt-6">
                <Field name={pointsField(bid, code)} label={words.pointsOf(name, weight)} hint={words.pointsHint} short inputMode="decimal" unit={merit.points} maxLength={10} {...kept(rejected, pointsField(bid, code), draft?.values[pointsField(bid, code)])} />
                <Field kind="textarea" name={reasonField(bid, code)} label={words.reasonOf(name)} rows={2} maxLength={1000} {...kept(rejected, reasonField(bid, code), draft?.values[reasonField(bid, code)])} />
              </div>
            ))}
          </fieldset>
        ))}
        <p className="small muted measure">{words.draftNote}</p>
        {/* Whoever presses Enter in a field sends the first button: it has to be the one that binds nobody. */}
        <div className="actions">
          <Button name="act" value="draft">{words.saveDraft}</Button>
          <Button kind="main" name="act" value="commit">{words.commit}</Button>
        </div>
      </PostForm>
    </Section>
  )
}
