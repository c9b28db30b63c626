import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findMyOfferings } from '#app/domain/agencies/find-my-offerings.server.ts'
import type { TenderState } from '#app/domain/tenders/tender.ts'
import { findMyBids } from '#app/domain/bids/find-my-bids.server.ts'
import { showAgencyDesk } from '#app/domain/desks/show-agency-desk.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { Agenda } from '#app/ui/agenda.tsx'
import { agendaAddress } from '#app/ui/agenda-address.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Rows } from '#app/ui/rows.tsx'
import { Status, type Tone } from '#app/ui/status.tsx'
import { Instant } from '#app/ui/time.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { titled } from '#app/ui/titled.ts'

const BidId = z.uuid()

export const meta = titled((words) => words.agencies.desk.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'offer:service')
  const asked = new URL(arrived.request.url).searchParams
  const before = BidId.safeParse(asked.get('before')).data ?? null
  const [{ today }, offerings, { bids, next }] = await Promise.all([showAgencyDesk(context), findMyOfferings(context), findMyBids(context, { before })])
  const { organisationName, uscc } = context.actor
  return { organisationName, uscc, today, offerings, bids, next, before, registered: asked.get('done') === 'registered' }
}

export default function AgencyDesk() {
  const { agencies, accounts, desks } = useWords()
  const words = agencies.desk
  const { organisationName, uscc, today, offerings, bids, next, before, registered } = useLoaderData<typeof loader>()
  const { agency, agencyNew } = desks.empty
  const nothing = offerings.length ? { ...agency, action: { href: paths.tenders({ state: 'open' }), label: agency.action } } : { ...agencyNew, action: { href: paths.newOffering(), label: agencyNew.action } }
  return (
    <Page
      title={words.title}
      kicker={organisationName}
      action={
        <>
          <ButtonLink kind="main" href={paths.newOffering()}>{words.offer}</ButtonLink>
          {uscc ? <ButtonLink href={paths.agency(uscc)}>{words.publicPage}</ButtonLink> : null}
        </>
      }
    >
      {registered ? <Notice tone="kept" title={accounts.register.welcomeAgency.title} next={{ href: paths.newOffering(), label: words.offer }}>{accounts.register.welcomeAgency.text}</Notice> : null}
      <Agenda items={today} hrefOf={agendaAddress} titleOf={({ kind, title }) => (kind === 'check-to-answer' ? desks.checkTitle : title)} empty={nothing} />
      <Section id="bids" title={words.bidsTitle}>
        <DataTable
          caption={words.bidCaption}
          rows={bids}
          keyOf={({ bid }) => bid.id}
          columns={[
            { key: 'tender', label: words.tender, main: true, cell: ({ tender }) => <a href={paths.tender(tender.publication!.number)}>{tender.title}</a> },
            { key: 'received', label: words.received, cell: ({ bid }) => <Instant at={bid.receivedAt} bare /> },
            { key: 'closes', label: words.closes, cell: ({ tender }) => <Instant at={tender.publication!.closesAt} bare /> },
            { key: 'state', label: words.state, cell: (line) => <BidState {...line} withdrawn={line.bid.withdrawnAt !== null} /> },
          ]}
          pager={{ first: before ? paths.agencyDesk() : null, next: next && `${paths.agencyDesk({ before: next })}#bids` }}
          empty={{ ...words.noBids, action: { href: paths.tenders({ state: 'open' }), label: words.noBids.action } }}
        />
      </Section>
      <Section title={words.offeringsTitle} action={offerings.length ? <a href={paths.offerings()}>{words.allOfferings}</a> : null}>
        <Rows
          items={offerings.map((one) => ({ key: one.id, href: paths.listing(one.listingCode), title: one.listingName, note: `${agencies.page.days(one.promisedDays)} · ${one.areas.join('、')}` }))}
          empty={{ ...words.noOfferings, action: { href: paths.newOffering(), label: words.noOfferings.action } }}
        />
      </Section>
    </Page>
  )
}

const TONES: Record<'withdrawn' | 'provisional' | 'reserve' | 'awarded' | 'drawn' | 'failed' | 'closed' | 'standing', Tone> = { withdrawn: 'plain', provisional: 'open', reserve: 'plain', awarded: 'kept', drawn: 'plain', failed: 'refused', closed: 'plain', standing: 'open' }

function BidState({ state, won, withdrawn }: { state: TenderState; won: boolean; withdrawn: boolean }) {
  const words = useWords().agencies.desk
  if (!withdrawn && (state === 'suspended' || state === 'cancelled' || state === 'auction' || state === 'opened')) return <TenderStatus state={state} />
  const word = withdrawn ? 'withdrawn' : state === 'publicity' ? (won ? 'provisional' : 'reserve') : won ? 'awarded' : state === 'awarded' ? 'drawn' : state === 'failed' ? 'failed' : state === 'open' ? 'standing' : 'closed'
  return <Status tone={TONES[word]}>{words[word]}</Status>
}
