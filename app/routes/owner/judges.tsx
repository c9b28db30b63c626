import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { inviteJudge } from '#app/domain/awards/invite-judge.server.ts'
import { JudgeForm, ReplaceForm } from '#app/domain/awards/judge.ts'
import { replaceJudge } from '#app/domain/awards/replace-judge.server.ts'
import { showJudges } from '#app/domain/awards/show-judging.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Plans } from '#app/ui/tender-merit.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.merit.manage.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'invite:judge')
  return { ...(await orPage(arrived.request, showJudges(context, { number: arrived.params.number! }))), done: new URL(arrived.request.url).searchParams.get('done') }
}

const Act = z.discriminatedUnion('act', [JudgeForm.extend({ act: z.literal('invite') }), ReplaceForm.extend({ act: z.literal('replace') })], 'forms.custom')

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'invite:judge')
  const number = arrived.params.number!
  return submit<typeof Act, unknown>(arrived.request, Act, async (form) => {
    // Shown once and never stored in the clear, so it is answered here and not redirected to.
    if (form.act === 'invite') return { invitation: (await inviteJudge(context, { number, ...form })).invitation, seat: form.seat, name: form.judgeName }
    await replaceJudge(context, { number, ...form })
    return redirect(paths.judges(number, { done: 'replaced' }))
  })
}

export default function Judges() {
  const { merit } = useWords()
  const words = merit.manage
  const { shown, seats, free, mayInvite, plans, done } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>() as Rejected | { invitation: string; seat: number; name: string } | undefined
  const rejected = answered && 'errors' in answered ? answered : undefined
  const made = answered && 'invitation' in answered ? answered : null
  const inviting = rejected?.values.act === 'invite' ? rejected : undefined
  const replacing = rejected?.values.act === 'replace' ? rejected : undefined
  const { number } = shown.tender.publication!
  const standing = (seat: (typeof seats)[number]) => merit.standings[seat.ended ? seat.ended.by : seat.committedAt ? 'committed' : seat.declaredAt ? 'declared' : 'invited']
  // What belongs to none of the page's forms is said above them.
  const unplaced = rejected?.errors.form ?? rejected?.errors.act
  return (
    <Page back={{ href: paths.tender(number), label: shown.tender.title }} kicker={<CodeText>{number}</CodeText>} title={words.title} lead={words.lead}>
      {done === 'replaced' && !answered ? <Notice tone="kept">{words.done.replaced}</Notice> : null}
      {unplaced ? <ErrorSummary errors={{ form: unplaced }} /> : null}
      {made ? (
        <Notice tone="open" title={words.codeFor(merit.seatOf(made.seat), made.name)} next={{ href: paths.register({ as: 'delegate' }), label: words.accept }}>
          <p>{words.invited}</p>
          <p><CodeText>{made.invitation}</CodeText></p>
        </Notice>
      ) : null}
      <DataTable
        caption={merit.judgesTitle}
        rows={seats}
        keyOf={({ id }) => id}
        empty={{ title: mayInvite ? merit.standings.free : words.notYet }}
        columns={[
          { key: 'seat', label: merit.seat, cell: ({ seat }) => merit.seatOf(seat) },
          { key: 'name', label: merit.person, main: true, cell: ({ name }) => name },
          { key: 'standing', label: merit.standing, cell: (seat) => <>{standing(seat)}{seat.ended?.reason ? <span className="small muted block">{seat.ended.reason}</span> : null}</> },
          { key: 'due', label: merit.due, cell: ({ dueAt, ended }) => (dueAt && !ended ? <Instant at={dueAt} seconds={shown.demo} /> : '—') },
        ]}
      />
      {shown.tender.judging?.revealedAt ? <Notice>{words.over}</Notice> : null}
      {mayInvite && free.length ? (
        <Section title={words.invite} id="invite">
          <PostForm rejected={inviting} labels={{ seat: merit.seat, judgeName: words.name, judgePhone: words.phone }}>
            <input type="hidden" name="act" value="invite" />
            <Field kind="radio" name="seat" label={merit.seat} options={free.map((seat) => ({ value: String(seat), label: merit.seatOf(seat) }))} {...kept(inviting, 'seat', String(free[0]))} />
            <Field name="judgeName" label={words.name} hint={words.nameHint} maxLength={60} {...kept(inviting, 'judgeName')} />
            <Field name="judgePhone" label={words.phone} hint={words.phoneHint} type="tel" maxLength={40} {...kept(inviting, 'judgePhone')} />
            <div className="actions"><Button kind="main">{words.send}</Button></div>
          </PostForm>
        </Section>
      ) : null}
      {mayInvite && seats.some(({ replaceable }) => replaceable) ? (
        <Section title={words.replaceTitle} id="replace" lead={words.replaceLead}>
          <PostForm rejected={replacing} labels={{ judge: merit.person, reason: words.replaceReason }}>
            <input type="hidden" name="act" value="replace" />
            <Field kind="radio" name="judge" label={merit.person} options={seats.filter(({ replaceable }) => replaceable).map(({ id, seat, name }) => ({ value: id, label: `${merit.seatOf(seat)} · ${name}` }))} {...kept(replacing, 'judge')} />
            <Field kind="textarea" name="reason" label={words.replaceReason} rows={3} maxLength={1000} {...kept(replacing, 'reason')} />
            <div className="actions"><Button kind="ends">{words.replace}</Button></div>
          </PostForm>
        </Section>
      ) : mayInvite && !free.length ? <Notice>{words.full}</Notice> : null}
      {plans ? <Plans shown={shown} plans={plans} title={merit.page.plansTitle} /> : null}
    </Page>
  )
}
