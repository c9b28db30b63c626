import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { showAuction } from '#app/domain/bids/show-auction.server.ts'
import { clientScript } from '#app/http/client-script.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { AuctionNotice } from '#app/ui/auction-notice.tsx'
import { AuctionPanel } from '#app/ui/auction-panel.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.auction.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enter(arrived)
  const number = arrived.params.number!
  return { auction: await orPage(arrived.request, showAuction(context, { number })), script: clientScript('app/client/live-auction.ts') }
}

/** An auction as it runs. Nothing is typed here, so that without scripts the page may load itself again. */
export default function Auction() {
  const { auction: words } = useWords()
  const { auction, script } = useLoaderData<typeof loader>()
  const { number, title, now, own, ended, stopped } = auction
  return (
    <Page back={{ href: paths.tender(number), label: title }} kicker={<CodeText>{number}</CodeText>} title={words.title} lead={words.lead}>
      {ended ? null : (
        <noscript>
          <meta httpEquiv="refresh" content="5" />
          <p className="small muted">{words.refreshes}</p>
        </noscript>
      )}
      {stopped ? <Notice tone="refused" next={{ href: paths.tender(number), label: title }}>{words.stopped[stopped]}</Notice> : <AuctionNotice auction={auction} />}
      {own && !stopped && now.phase === 'running' ? (
        <div className="actions">
          <ButtonLink kind="main" href={paths.quote(number)}>{words.quoteLink}</ButtonLink>
        </div>
      ) : null}
      <AuctionPanel auction={auction} script={ended ? null : script} />
    </Page>
  )
}
