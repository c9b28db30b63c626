import { isByPrice } from '#app/domain/tenders/priced.ts'
import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { paths } from '#app/paths.ts'
import type { Words } from '#app/words/words.ts'
import { ButtonLink } from './button.tsx'
import { CodeText } from './code-text.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { VerifyPanel, type VerifyPanelProps } from './verify-panel.tsx'
import { partsOf } from './verify-parts.ts'

/** Where the proof of the newest award is, once it is in the ledger. */
export function awardProofs(entries: ShownTender['entries']): string[] {
  const award = entries.findLast(({ kind }) => kind === 'award.made')
  return award && award.index !== null ? [paths.ledgerProof(award.id)] : []
}

/** Is there a bundle: of a result, of a failure that its opened prices show, or of an agency that was named and accepted? */
export function canBeVerified({ draw, awards, tender: { opening, method } }: Pick<ShownTender, 'draw' | 'awards'> & { tender: Pick<ShownTender['tender'], 'opening' | 'method'> }): boolean {
  return Boolean(draw?.beacon) || opening?.outcome === 'too-few-valid' || (method === 'direct' && awards.length > 0)
}

/** What checking a tender's result does, in words, and how it is done by command: it differs by method. */
function wordsOfCheck({ draw, tender: { method } }: ShownTender, { tenders, sealing, auction, credit, merit, drafts }: Words): { lead: string; steps: readonly string[] } {
  if (method === 'direct') return { lead: drafts.bundle.lead, steps: drafts.bundle.steps }
  const failed = method === 'merit' ? merit : sealing
  if (!draw?.beacon) return { lead: failed.verifyFailed, steps: failed.verifyFailedSteps }
  if (method === 'live-auction') return { lead: auction.verify, steps: auction.verifySteps }
  if (isByPrice(method)) return { lead: tenders.verifyPricesLead, steps: tenders.verifyPricesSteps }
  const own = method === 'merit' ? merit : method === 'credit-shortlist' ? credit : tenders
  return { lead: own.verifyLead, steps: own.verifySteps }
}

/** How to check a result without believing us: in the reader's own browser, or by the command. */
export function TenderVerify({ shown, verifier }: { shown: ShownTender; verifier: VerifyPanelProps['verifier'] | null }) {
  const all = useWords()
  const words = all.tenders
  if (!canBeVerified(shown)) return null
  const { number } = shown.tender.publication!
  const { lead, steps } = wordsOfCheck(shown, all)
  return (
    <Section title={words.verify} id="verify" lead={lead}>
      {verifier ? <VerifyPanel verifier={verifier} fetch={[paths.bundle(number), ...awardProofs(shown.entries)]} folded early={partsOf({ method: shown.tender.method, source: shown.draw?.beacon?.source ?? 'local' })} later={shown.witnesses.length ? ['witnesses'] : []} /> : null}
      <div className="no-print">
        <details className="fold">
          <summary>{words.verifyElsewhere}</summary>
          <ol className="measure list-decimal pl-6">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <p>
            <CodeText>{words.verifyCommand(number)}</CodeText>
          </p>
        </details>
        <div className="actions mt-4">
          <ButtonLink href={paths.bundle(number)} download>{words.downloadBundle}</ButtonLink>
          <ButtonLink kind="quiet" href={paths.verify({ tender: number })}>{words.verifyPage}</ButtonLink>
        </div>
      </div>
    </Section>
  )
}
