import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { processAgain, showTraffic } from '#app/domain/events/show-traffic.server.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { keysetOf } from '#app/http/keyset.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Empty } from '#app/ui/data-table.tsx'
import { DeliveryTable, InboundTable, ReceiverTable } from '#app/ui/event-tables.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.events.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'see:operation')
  const asked = new URL(arrived.request.url).searchParams
  // What is no receiver and no place filters nothing.
  const [show, webhook, before] = [asked.get('show') === 'troubled' ? ('troubled' as const) : undefined, isUuid(asked.get('webhook') ?? '') ? asked.get('webhook')! : undefined, keysetOf(asked.get('before'))]
  const traffic = await showTraffic(context, { ...(show && { show }), ...(webhook && { webhookId: webhook }), ...(before !== undefined && { before }) })
  return { ...traffic, show, webhook, isFirst: before === undefined, done: asked.get('done') === 'processed' }
}

/** The field is hidden: what somebody has made of it is an event that is not there. */
const Act = z.object({ id: z.unknown().transform((id) => (typeof id === 'string' ? (keysetOf(id) ?? 0) : 0)) })

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'replay:delivery')
  return submit(arrived.request, Act, async ({ id }) => {
    await processAgain(context, { id })
    return redirect(paths.eventTraffic({ done: 'processed' }))
  })
}

export default function Events() {
  const { events: words, agencies } = useWords()
  const { receivers, deliveries, next, inbound, show, webhook, isFirst, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const asked = { ...(show && { show }), ...(webhook && { webhook }) }
  const isNarrow = Boolean(show || webhook)
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.operatorDesk(), label: agencies.operator.title }} contents={[{ id: 'receivers', label: words.receivers.title }, { id: 'log', label: words.log.title }, { id: 'inbound', label: words.inbound.title }]}>
      {done ? <Notice tone="kept" title={words.done.processed.title}>{words.done.processed.text}</Notice> : null}
      {rejected ? <ErrorSummary errors={rejected.errors} /> : null}
      <Section id="receivers" title={words.receivers.title}>
        <ReceiverTable rows={receivers} />
      </Section>
      <Section id="log" title={words.log.title}>
        <Filter
          action={paths.eventTraffic()}
          label={words.log.filterLabel}
          fields={[
            { kind: 'choice', name: 'show', label: words.log.show, value: show, options: [{ value: 'troubled', label: words.log.troubled }] },
            { kind: 'choice', name: 'webhook', label: words.log.receiver, value: webhook, options: receivers.map(({ id, office, url }) => ({ value: id, label: `${office} · ${url}` })) },
          ]}
        />
        {deliveries.length === 0 && isNarrow ? (
          <Empty {...words.log.noneTroubled} action={{ href: paths.eventTraffic(), label: words.log.noneTroubled.action }} />
        ) : (
          <DeliveryTable rows={deliveries} pager={{ first: isFirst ? null : paths.eventTraffic(asked), next: next ? paths.eventTraffic({ ...asked, before: next }) : null }} />
        )}
      </Section>
      <Section id="inbound" title={words.inbound.title}>
        <InboundTable rows={inbound} />
      </Section>
    </Page>
  )
}
