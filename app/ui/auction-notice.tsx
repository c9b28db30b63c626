import type { ShownAuction } from '#app/domain/bids/auction-view.ts'
import { paths } from '#app/paths.ts'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { Instant } from './time.tsx'

/** What there is to know of an auction in which no quote can be made now: further rounds are to come, or the last one is over. */
export function AuctionNotice({ auction: { number, now, ended } }: { auction: ShownAuction }) {
  const { auction: words } = useWords()
  if (now.next) return <Notice tone="open" title={words.paused.title} next={{ href: `${paths.tender(number)}#changes`, label: words.paused.why }}>{words.paused.text(now.next.number, now.rounds)} <Instant at={now.next.startsAt} seconds /></Notice>
  if (now.phase !== 'over') return null
  return ended ? <Notice next={{ href: paths.tender(number), label: words.toResult }}>{words.over}</Notice> : <Notice>{words.ending}</Notice>
}
