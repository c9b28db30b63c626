import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { replayForOthers } from '#app/domain/events/replay-delivery.server.ts'
import { showDelivery } from '#app/domain/events/show-traffic.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { keysetOf } from '#app/http/keyset.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from '#app/ui/code-text.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Answer, DeliveryStatus } from '#app/ui/event-tables.tsx'
import { Facts } from '#app/ui/facts.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.events.delivery.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'see:operation')
  const delivery = await orPage(arrived.request, showDelivery(context, { id: keysetOf(arrived.params.id ?? '') ?? 0 }))
  return { ...delivery, done: new URL(arrived.request.url).searchParams.get('done') === 'replayed' }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'replay:delivery')
  const id = keysetOf(arrived.params.id ?? '') ?? 0
  await orPage(arrived.request, showDelivery(context, { id }))
  return submit(arrived.request, z.object({}), async () => {
    await replayForOthers(context, { id })
    return redirect(paths.delivery(id, { done: 'replayed' }))
  })
}

export default function Delivery() {
  const { events: words, acts } = useWords()
  const { delivery: own, log } = words
  const shown = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  return (
    <Page title={acts.events[shown.type] ?? shown.type} kicker={own.title} lead={own.lead} back={{ href: paths.eventTraffic(), label: words.title }}>
      {shown.done ? <Notice tone="kept" title={words.done.replayed.title}>{words.done.replayed.text}</Notice> : null}
      {rejected ? <ErrorSummary errors={rejected.errors} /> : null}
      <Section title={own.facts}>
        <Facts
          items={[
            { label: log.subject, value: <code className="code">{shown.subject}</code> },
            { label: own.id, value: <CodeText>{shown.event}</CodeText> },
            { label: log.receiver, value: <code className="code">{shown.url}</code> },
            { label: log.state, value: <DeliveryStatus state={shown.state} /> },
            { label: own.happened, value: <Instant at={shown.createdAt} seconds /> },
            shown.deliveredAt !== null && { label: own.delivered, value: <Instant at={shown.deliveredAt} seconds /> },
            shown.nextAttemptAt !== null && { label: words.receivers.next, value: <Instant at={shown.nextAttemptAt} seconds /> },
          ]}
        />
        {shown.isEnded ? null : <div className="mt-4"><Confirm title={own.again} consequences={shown.isPaused ? [...own.consequences, own.resumes] : own.consequences} begins repeatable /></div>}
      </Section>
      <Section title={own.attemptsTitle}>
        <DataTable
          caption={own.attemptsCaption}
          rows={shown.tries}
          keyOf={({ number }) => String(number)}
          columns={[
            { key: 'number', label: own.number, main: true, cell: ({ number }) => String(number) },
            { key: 'at', label: own.at, cell: ({ at }) => <Instant at={at} seconds bare /> },
            { key: 'answer', label: log.last, cell: (one) => <Answer status={one.status} fault={one.fault} /> },
            { key: 'took', label: own.took, number: true, cell: ({ tookMs }) => own.ms(tookMs) },
          ]}
          empty={own.none}
        />
      </Section>
    </Page>
  )
}
