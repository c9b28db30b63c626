import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findMyOfferings } from '#app/domain/agencies/find-my-offerings.server.ts'
import { withdrawOffering } from '#app/domain/agencies/withdraw-offering.server.ts'
import { enter, enterAs } from '#app/http/enter.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Status } from '#app/ui/status.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.agencies.offerings.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'offer:service')
  return { offerings: await findMyOfferings(context, { all: true }), done: new URL(arrived.request.url).searchParams.get('done') }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enter(arrived)
  return submit(arrived.request, z.object({ offeringId: z.uuid('forms.invalid_value') }), async (input) => {
    await withdrawOffering(context, input)
    return redirect(paths.offerings({ done: 'withdrawn' }))
  })
}

export default function Offerings() {
  const { agencies } = useWords()
  const words = agencies.offerings
  const { offerings: all, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  const offerings = all.filter(({ state }) => state === 'standing')
  const earlier = all.filter(({ state }) => state !== 'standing')
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.agencyDesk(), label: agencies.desk.title }} action={<ButtonLink kind="main" href={paths.newOffering()}>{words.new}</ButtonLink>}>
      {rejected ? <ErrorSummary errors={rejected.errors} /> : null}
      {done === 'withdrawn' || done === 'offered' || done === 'changed' ? <Notice tone="kept">{words[done]}</Notice> : null}
      <DataTable
        caption={words.caption}
        rows={offerings}
        keyOf={({ id }) => id}
        columns={[
          {
            key: 'service',
            label: words.service,
            main: true,
            cell: (one) => (
              <>
                <a href={paths.listing(one.listingCode)}>{one.listingName}</a> {one.listed ? null : <Status tone="refused">{agencies.page.notListed}</Status>}
              </>
            ),
          },
          { key: 'time', label: agencies.page.timeLimit, cell: (one) => agencies.page.days(one.promisedDays) },
          { key: 'fee', label: agencies.page.fee, cell: (one) => one.fee },
          { key: 'area', label: agencies.page.area, cell: (one) => one.areas.join('、') },
          { key: 'since', label: words.since, cell: (one) => <Instant at={one.offeredAt} bare /> },
          {
            key: 'end',
            label: words.change,
            cell: (one) => (
              <>
                <p>
                  <a href={paths.offering(one.id)} aria-label={words.editOf(one.listingName)}>
                    {words.edit}
                  </a>
                </p>
                <Confirm title={words.withdraw} consequences={[words.withdrawWhy(one.listingName)]} action={paths.offerings()} values={{ offeringId: one.id }} />
              </>
            ),
          },
        ]}
        empty={{ ...agencies.desk.noOfferings, action: { href: paths.newOffering(), label: agencies.desk.noOfferings.action } }}
      />
      {earlier.length ? (
        <Section title={words.earlier} lead={words.earlierLead}>
          <DataTable
            caption={words.earlier}
            rows={earlier}
            keyOf={({ id }) => id}
            columns={[
              { key: 'service', label: words.service, main: true, cell: (one) => one.listingName },
              { key: 'state', label: words.state, cell: (one) => <Status>{words.states[one.state]}</Status> },
              { key: 'time', label: agencies.page.timeLimit, cell: (one) => agencies.page.days(one.promisedDays) },
              { key: 'fee', label: agencies.page.fee, cell: (one) => one.fee },
              { key: 'since', label: words.since, cell: (one) => <Instant at={one.offeredAt} bare /> },
              { key: 'until', label: words.until, cell: (one) => <Instant at={one.withdrawnAt!} bare /> },
            ]}
            empty={{ title: words.earlier }}
          />
        </Section>
      ) : null}
    </Page>
  )
}
