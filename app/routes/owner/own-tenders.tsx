import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findMyTenders } from '#app/domain/tenders/find-my-tenders.server.ts'
import { isOwnList, OWN_LISTS } from '#app/domain/tenders/own-list.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Money } from '#app/ui/money.tsx'
import { Page } from '#app/ui/page.tsx'
import { Status } from '#app/ui/status.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.drafts.list.title)

/** As long as an id. */
const MOST = 36

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'draft:tender')
  const asked = new URL(arrived.request.url).searchParams
  const wanted = asked.get('show')
  const show = isOwnList(wanted) ? wanted : undefined
  const before = asked.get('before')?.slice(0, MOST) || undefined
  return { ...(await findMyTenders(context, { show, before })), show, before }
}

/** Everything that an owner writes and has published, the latest change first; each line can be copied. */
export default function OwnTenders() {
  const { tenders: words, drafts } = useWords()
  const { tenders, next, show, before } = useLoaderData<typeof loader>()
  return (
    <Page title={drafts.list.title} lead={drafts.list.lead} back={{ href: paths.ownerDesk(), label: words.backToDesk }} action={<ButtonLink kind="main" href={paths.newTender()}>{words.newTitle}</ButtonLink>}>
      <Filter action={paths.ownTenders()} label={drafts.list.show} fields={[{ kind: 'choice', name: 'show', label: drafts.list.show, value: show, options: OWN_LISTS.map((value) => ({ value, label: drafts.list.shows[value] })) }]} />
      <DataTable
        caption={drafts.list.caption}
        rows={tenders}
        keyOf={({ tender }) => tender.id}
        empty={{ ...drafts.list.empty, action: { href: paths.newTender(), label: drafts.list.empty.action } }}
        pager={{ first: before ? paths.ownTenders({ show }) : null, next: next ? paths.ownTenders({ show, before: next }) : null }}
        columns={[
          { key: 'title', label: words.columns.title, main: true, cell: ({ tender }) => <a href={tender.publication ? paths.tender(tender.publication.number) : paths.draft(tender.id)}>{tender.title || drafts.list.untitled}</a> },
          { key: 'service', label: words.columns.service, cell: ({ listingName }) => listingName },
          { key: 'ceiling', label: words.columns.ceiling, number: true, cell: ({ tender }) => <Money fen={tender.ceilingFen} /> },
          { key: 'changed', label: drafts.list.changed, cell: ({ tender }) => <Instant at={tender.publication?.publishedAt ?? tender.discardedAt ?? tender.changedAt} bare /> },
          { key: 'state', label: words.columns.state, cell: ({ state, winner, tender }) => <><TenderStatus state={state} isDirect={tender.method === 'direct'} /> {state === 'draft' && tender.handedOverAt ? <Status tone="open">{drafts.handedOver}</Status> : winner}</> },
          { key: 'actions', label: drafts.list.actions, cell: ({ tender }) => <Copy id={tender.id} /> },
        ]}
      />
    </Page>
  )
}

function Copy({ id }: { id: string }) {
  return (
    <form method="post" action={paths.draft(id)}>
      <input type="hidden" name="act" value="copy" />
      <Button kind="quiet" small>{useWords().drafts.copy}</Button>
    </form>
  )
}
