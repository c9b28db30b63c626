import type { Standing } from '#app/domain/bids/standing.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from './button.tsx'
import { CodeText } from './code-text.tsx'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { Instant } from './time.tsx'

/** An agency's bid as it stands, with its receipt. What is sealed nobody shows before the opening, not even to its agency. */
export function StandingBid({ bid, isOpen, isDirect, isSealed, verified }: { bid: NonNullable<Standing['bid']>; isOpen: boolean; isDirect: boolean; isSealed: boolean; verified: string | null }) {
  const { tenders: words, pricing, drafts } = useWords()
  return (
    <Section title={isDirect ? drafts.bid.standing : words.standing} id="standing">
      <Facts
        items={[
          { label: words.received, value: <Instant at={bid.receivedAt} seconds /> },
          { label: words.bidHash, value: <CodeText>{bid.hash}</CodeText> },
          bid.contribution !== '' && { label: words.contribution, value: bid.contribution },
        ]}
      />
      {isSealed && isOpen ? <p className="small measure mt-4">{pricing.honest.kept}</p> : null}
      {isSealed && isOpen ? <OwnCopy /> : null}
      <div className="actions mt-4">
        <ButtonLink kind={isOpen ? 'main' : 'plain'} href={paths.receipt(bid.id)} download>{words.downloadReceipt}</ButtonLink>
        <ButtonLink kind="quiet" href={paths.verify(verified ? { tender: verified } : {})}>{words.checkReceipt}</ButtonLink>
      </div>
    </Section>
  )
}

/** Where the browser offers its own copy of a price that it has just sealed; without scripts it stays away. */
export function OwnCopy() {
  const words = useWords().pricing.own
  return (
    <div className="notice mt-4" data-part="own" hidden>
      <div>
        <strong>{words.title}</strong>
        <p className="measure">{words.text}</p>
        <p className="measure" data-part="agrees" />
        <p className="mt-2">
          <a className="button" data-part="copy" href="#standing">{words.download}</a>
        </p>
      </div>
    </div>
  )
}
