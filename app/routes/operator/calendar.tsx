import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { CalendarForm, CalendarRemoval } from '#app/domain/oversight/calendar-days.ts'
import { enterCalendarDays, removeCalendarDay, showCalendar } from '#app/domain/oversight/keep-calendar.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Day, Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

const DONE = ['entered', 'removed'] as const
const Act = z.discriminatedUnion('act', [CalendarForm.extend({ act: z.literal('enter') }), CalendarRemoval.extend({ act: z.literal('remove') })], 'forms.custom')

export const meta = titled((words) => words.calendar.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'keep:calendar')
  const asked = new URL(arrived.request.url).searchParams
  const removing = asked.get('remove')
  const shown = await showCalendar(context, { divisionCode: asked.get('division') ?? undefined })
  return { ...shown, removing: shown.days.find(({ day }) => day === removing)?.day ?? null, done: DONE.find((each) => each === asked.get('done')) ?? null }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'keep:calendar')
  return submit(arrived.request, Act, async (form) => {
    if (form.act === 'enter') await enterCalendarDays(context, form)
    else await removeCalendarDay(context, form)
    return redirect(paths.calendar({ division: form.division, done: form.act === 'enter' ? 'entered' : 'removed' }))
  })
}

/** Days that a place has off or works beside the national calendar: which years are known, what was entered, and a form for more. */
export default function Calendar() {
  const words = useWords().calendar
  const { division, places, years, days, today, late, removing, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const entering = rejected?.values.act === 'remove' ? undefined : rejected
  const leaving = rejected?.values.act === 'remove' ? rejected : undefined
  const labels = { division: words.division, holidays: words.holidays, workdays: words.workdays, source: words.source, reason: words.why, day: words.day }
  return (
    <Page title={words.title} lead={words.lead}>
      {done && !rejected ? <Notice tone="kept" title={words.done[done]} /> : null}
      {leaving ? <ErrorSummary errors={leaving.errors} labels={labels} /> : null}
      <Section id="years" title={words.yearsTitle} lead={words.yearsLead}>
        <Facts items={years.map(({ year, known }) => ({ label: words.year(year), value: words.known[known] }))} />
      </Section>
      <Section id="enter" title={words.enterTitle} lead={words.enterLead}>
        <PostForm action={paths.calendar({ division: division.code })} rejected={entering} labels={labels}>
          <input type="hidden" name="act" value="enter" />
          <Field kind="select" name="division" label={words.division} hint={words.divisionHint} options={places.map(({ code, name }) => ({ value: code, label: name }))} {...kept(entering, 'division', division.code)} />
          <Field kind="textarea" optional name="holidays" label={words.holidays} hint={words.daysHint} rows={5} maxLength={4000} {...kept(entering, 'holidays')} />
          <Field kind="textarea" optional name="workdays" label={words.workdays} hint={words.workdaysHint} rows={3} maxLength={4000} {...kept(entering, 'workdays')} />
          {late === null ? null : <Field kind="checkbox" name="announced" label={words.announced} hint={words.announcedHint} text={words.announcedText(late)} optional value={kept(entering, 'announced').value === 'yes'} />}
          <Field name="source" label={words.source} hint={words.sourceHint} maxLength={300} {...kept(entering, 'source')} />
          <div className="actions"><Button kind="main">{words.button}</Button></div>
        </PostForm>
      </Section>
      <Section id="days" title={words.listTitle(division.name)} lead={words.listLead}>
        {[...Map.groupBy(days, ({ day }) => day.slice(0, 4))].map(([year, of]) => (
          <details key={year} className="fold fold-wide" open={year >= today.slice(0, 4)}>
            <summary>{words.year(Number(year))} <span className="row-note">{words.count(of.length)}</span></summary>
            <DataTable
              caption={words.year(Number(year))}
              rows={of}
              keyOf={(one) => `${one.divisionCode} ${one.day}`}
              columns={[
                { key: 'day', label: words.day, main: true, cell: ({ day }) => <Day day={day} /> },
                { key: 'kind', label: words.kind, cell: ({ working }) => (working ? words.kinds.workday : words.kinds.holiday) },
                { key: 'where', label: words.division, cell: ({ divisionName }) => divisionName },
                { key: 'source', label: words.source, cell: ({ source, enteredAt }) => <>{source}{enteredAt ? <div className="row-note"><Instant at={enteredAt} bare /></div> : null}</> },
                { key: 'remove', label: words.change, cell: ({ day, divisionCode }) => (day >= today && divisionCode === division.code ? <a href={`${paths.calendar({ division: division.code, remove: day })}#remove`}>{words.remove}</a> : <span className="muted">{day < today ? words.stands : words.elsewhere}</span>) },
              ]}
              empty={words.none}
            />
          </details>
        ))}
        {days.length === 0 ? <p className="muted measure">{words.none.text}</p> : null}
      </Section>
      <Section id="remove" title={words.removeTitle} lead={words.removeLead}>
        <Confirm open repeatable title={words.remove} consequences={words.consequences} action={paths.calendar({ division: division.code })} values={{ act: 'remove', division: division.code }}>
          <Field name="day" label={words.day} type="date" short {...kept(leaving, 'day', removing ?? undefined)} />
          <Field name="reason" label={words.why} hint={words.sourceHint} maxLength={300} {...kept(leaving, 'reason')} />
        </Confirm>
      </Section>
    </Page>
  )
}
