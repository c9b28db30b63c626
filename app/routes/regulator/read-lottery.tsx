import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { readLottery, showReading } from '#app/domain/draw/read-lottery.server.ts'
import { ReadingForm } from '#app/domain/draw/reading.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from '#app/ui/code-text.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { dayText, Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.beacon.reading.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'read:lottery')
  return { ...(await orPage(arrived.request, showReading(context, { number: arrived.params.number! }))), done: new URL(arrived.request.url).searchParams.get('done') }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'read:lottery')
  const number = arrived.params.number!
  return submit(arrived.request, ReadingForm, async ({ issue, day, front, back, pause }) => {
    const { outcome } = await readLottery(context, { number, issue, day, numbers: [front, back], pause })
    return redirect(outcome === 'accepted' ? paths.tender(number) : paths.readLottery(number, { done: outcome }))
  })
}

export default function ReadLottery() {
  const all = useWords().beacon
  const words = all.reading
  const locale = useLocale()
  const { number, title, game, day, at, attempt, state, disputed, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const said = done === 'first' || done === 'disputed' ? words.done[done] : null
  const mayType = state === 'open' || state === 'other-is-in'
  const [front, back] = all.drums[game]
  return (
    <Page back={{ href: paths.tender(number), label: title }} kicker={<CodeText>{number}</CodeText>} title={words.title} lead={words.lead}>
      {rejected ? <ErrorSummary errors={rejected.errors} labels={{ day: words.day, issue: words.issue, front: front!, back: back!, pause: words.pause }} /> : null}
      {said && !rejected ? <Notice tone={done === 'disputed' ? 'refused' : 'kept'}>{said}</Notice> : null}
      {state === 'too-early' ? <Notice title={words.tooEarly.title}>{all.ofDay(all.games[game], dayText(day, locale))}{'. '}{words.tooEarly.text} <Instant at={at} /></Notice> : null}
      {state === 'yours-is-in' ? <Notice title={words.yours.title}>{words.yours.text}</Notice> : null}
      {disputed.length ? (
        <Section title={words.disputedCaption} lead={words.disputed}>
          <DataTable
            caption={words.disputedCaption}
            rows={disputed.map((reading, place) => ({ ...reading, place }))}
            keyOf={({ place }) => String(place)}
            empty={{ title: words.disputedCaption }}
            columns={[
              { key: 'issue', label: words.issue, main: true, cell: ({ issue }) => issue },
              { key: 'day', label: words.day, cell: (one) => dayText(one.day, locale) },
              { key: 'numbers', label: words.numbers, cell: ({ numbers }) => numbers.map((drum) => drum.join(' ')).join(' + ') },
            ]}
          />
        </Section>
      ) : null}
      {mayType ? (
        <>
          {state === 'other-is-in' ? <Notice>{words.other}</Notice> : null}
          <Confirm open title={words.submit} consequences={words.consequences}>
            <p className="measure"><strong>{all.ofDay(all.games[game], dayText(day, locale))}</strong>{attempt > 1 ? <> · {words.attempt(attempt)}</> : null}</p>
            <Field kind="text" type="date" name="day" label={words.day} hint={<>{words.dayHint}: {dayText(day, locale)}</>} short {...kept(rejected, 'day', day)} />
            <Field kind="text" name="issue" inputMode="numeric" label={words.issue} hint={all.issueHints[game]} short {...kept(rejected, 'issue')} />
            <Field kind="text" name="front" inputMode="text" autoComplete="off" label={front!} hint={words.hint} {...kept(rejected, 'front')} />
            <Field kind="text" name="back" inputMode="text" autoComplete="off" label={back!} hint={words.hint} {...kept(rejected, 'back')} />
            <Field kind="text" name="pause" optional label={words.pause} hint={words.pauseHint} maxLength={200} {...kept(rejected, 'pause')} />
          </Confirm>
        </>
      ) : null}
    </Page>
  )
}
