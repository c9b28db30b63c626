import type { ReactNode } from 'react'
import type { SealingTask } from '#app/domain/bids/sealing-task.ts'
import { LOT_FAULTS } from '#app/domain/bids/lot.ts'
import { PLAN_FAULTS } from '#app/domain/bids/plan-text.ts'
import { PRICE_FAULTS } from '#app/domain/bids/price.ts'
import { formatPercent } from '#app/domain/percent.ts'
import type { QuoteRule } from '#app/domain/tenders/quote-rule.ts'
import { useNonce } from '#app/nonce.ts'
import { sentenceOf } from '#app/words/words.ts'
import { Button } from './button.tsx'
import { ContributionField } from './contribution-field.tsx'
import { Field, kept, type Rejected } from './field.tsx'
import { PostForm } from './form.tsx'
import { useWords } from './locale.tsx'
import { yuanText } from './money.tsx'
import { Notice } from './notice.tsx'

export type SealedBid = Pick<SealingTask, 'tender' | 'rules' | 'uscc' | 'holders' | 'threshold' | 'quote' | 'tie' | 'ceilingFen' | 'contributionBytes' | 'planCharacters'> & {
  /** A number that nothing has been sent under yet. */
  bid: string
  script: string | null
  /** Whether plans are published at the opening. */
  plansOpened: boolean
}

/**
 * The form of a sealed price. Where scripts run the browser seals and sends the envelope alone (app/client/seal-bid.ts); where
 * none do, the form posts by itself and the server seals at the door. The sentence below the price says which of both it is.
 */
export function SealedBidForm({ sealed, rejected, replaces, left }: { sealed: SealedBid; rejected: Rejected | undefined; replaces: boolean; left: string | null }) {
  const all = useWords()
  const { pricing: words, tenders, lots, merit, keys } = all
  const { threshold, holders } = sealed
  const isShared = threshold !== undefined
  const nonce = useNonce()
  const { bid, script, plansOpened, ...task } = sealed
  const { kind } = task.quote
  const waiting = envelopeThatWaits(rejected)
  const say: SealingTask['say'] = { ...words.live, cannot: isShared ? keys.bid.noScript : words.honest.cannot, same: words.own.same, differs: words.own.differs, file: words.own.file }
  const faults = Object.fromEntries([...PRICE_FAULTS, ...LOT_FAULTS, ...PLAN_FAULTS, 'tenders.contribution-long'].map((code) => [code, sentenceOf(all, code)])) as SealingTask['faults']
  return (
    <div data-seal={JSON.stringify({ ...task, say, faults } satisfies SealingTask)}>
      <PostForm rejected={rejected} labels={{ price: words.price[kind], lot: lots.field, plan: merit.plan, contribution: tenders.contribution, commitment: tenders.commitmentLabel }}>
        <input type="hidden" name="act" value="submit" />
        <input type="hidden" name="bid" value={waiting?.bid ?? bid} autoComplete="off" />
        <input type="hidden" name="envelope" value={waiting?.envelope ?? ''} autoComplete="off" />
        {waiting ? <Notice tone="open">{words.keptSealed}</Notice> : null}
        {isShared ? <Notice>{keys.bid.needed}</Notice> : null}
        <Offered shared={isShared}>
          <Field name="price" label={words.price[kind]} hint={hintOf(task.quote, task.ceilingFen, words)} unit={words.unit[kind]} short inputMode="decimal" optional={Boolean(waiting)} maxLength={64} {...kept(rejected, 'price')} />
          {task.tie === 'electronic-lot' ? <Field name="lot" label={lots.field} hint={lots.hint} short inputMode="numeric" optional={Boolean(waiting)} maxLength={16} {...kept(rejected, 'lot')} /> : null}
          {task.planCharacters ? <Field kind="textarea" name="plan" label={merit.plan} hint={merit.planHint(task.planCharacters)} rows={12} optional={Boolean(waiting)} {...kept(rejected, 'plan')} /> : null}
          <ContributionField hint={words.contributionHint} {...kept(rejected, 'contribution')} />
          <Field kind="checkbox" name="commitment" label={tenders.commitmentLabel} text={words.commitment} errors={rejected?.errors.commitment} value={kept(rejected, 'commitment').value === 'yes'} />
          <ul className="small measure list-disc pl-6">
            {isShared ? null : <li data-part="where">{words.honest.door}</li>}
            <li data-part="here" hidden>{isShared ? keys.bid.here : words.honest.here}</li>
            <li>{isShared ? keys.bid.holder(threshold, holders.length) : words.honest.holder}</li>
            {task.planCharacters ? <li>{plansOpened ? merit.planOpened : merit.planSealed}</li> : null}
            <li>{words.honest.kept}</li>
          </ul>
          {left ? <p className="small measure">{left}</p> : null}
          <div className="actions">
            <Button kind={replaces ? 'plain' : 'main'}>{replaces ? words.replace : words.submit}</Button>
          </div>
        </Offered>
        {isShared ? <p className="measure" data-part="where">{keys.bid.noScript}</p> : null}
        <p className="small measure break-words" role="status" data-part="status" />
      </PostForm>
      {script ? <script type="module" src={script} nonce={nonce} suppressHydrationWarning /> : null}
    </div>
  )
}

/** The part that is filled in. Where only a browser may seal it stays shut until the script has found that this one can: so no price is typed that could be sent in the clear. */
function Offered({ shared, children }: { shared: boolean; children: ReactNode }) {
  if (!shared) return <>{children}</>
  return <fieldset className="form plain" data-part="offer" disabled hidden>{children}</fieldset>
}

/** What was sealed before a session ended waits to be sent; what the server has judged is sealed anew. */
function envelopeThatWaits(rejected: Rejected | undefined): { bid: string; envelope: string } | null {
  const { bid, envelope } = rejected?.values ?? {}
  if (!rejected || Object.keys(rejected.errors).some((name) => name !== 'commitment') || typeof bid !== 'string' || typeof envelope !== 'string' || !envelope) return null
  return { bid, envelope }
}

function hintOf(quote: QuoteRule, ceilingFen: number, { hint }: ReturnType<typeof useWords>['pricing']): string {
  return quote.kind === 'money' ? hint.money(yuanText(ceilingFen)) : hint.discount(formatPercent(quote.least), formatPercent(quote.most))
}
