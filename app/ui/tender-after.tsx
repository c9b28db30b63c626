import { paths } from '#app/paths.ts'
import type { AwardOnPage } from './contract-facts.tsx'
import { ContractNow } from './contract-now.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { ServiceClockBar } from './service-clock.tsx'

/** On a tender's page: what came of its award so far, and where its time went. */
export function TenderAfter({ award, number }: { award: AwardOnPage; number: string }) {
  const { contracts } = useWords()
  const contract = award.contracts.find(({ id }) => id === award.standing) ?? null
  return (
    <Section title={contracts.link} id="after" action={<a href={paths.contract(number)}>{contracts.results.toContract}</a>}>
      <div className="stack">
        <ContractNow award={award} contract={contract} number={number} />
        <ServiceClockBar clock={{ ...award.clock, spans: [] }} />
      </div>
    </Section>
  )
}
