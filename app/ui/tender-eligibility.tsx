import type { Standing } from '#app/domain/bids/standing.ts'
import { INELIGIBILITIES, type Ineligibility } from '#app/domain/bids/eligibility.ts'
import { DataTable } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { placeToMend } from './place-to-mend.ts'
import { Section } from './page.tsx'
import { Status } from './status.tsx'

/** Whether a bidder is related to another is asked after the close alone. */
const ASKED = INELIGIBILITIES.filter((reason) => reason !== 'related-bidder')

/** What is required of a bidder, for everybody; and rule by rule how the reader's own agency stands, by the function that will judge its bid. */
export function TenderEligibility({ standing, listingCode }: { standing: Standing | null; listingCode: string }) {
  const { life, tenders } = useWords()
  const words = life.eligibility
  const law = (reason: Ineligibility) => (tenders.ineligibleLaw[reason] ? <span className="law">{tenders.ineligibleLaw[reason]}</span> : null)
  if (!standing) {
    return (
      <Section title={words.title} id="eligibility" lead={words.lead}>
        <ul className="measure list-disc pl-6">
          {ASKED.map((reason) => (
            <li key={reason}>
              {words.required[reason]} {law(reason)}
            </li>
          ))}
        </ul>
        <p className="small muted measure mt-4">{words.later}</p>
      </Section>
    )
  }
  const fails = (reason: Ineligibility) => standing.reasons.includes(reason)
  const fix = (reason: Ineligibility) => (tenders.ineligibleFix[reason] ? <a href={placeToMend(reason, listingCode)}>{tenders.ineligibleFix[reason]}</a> : null)
  return (
    <Section title={words.title} id="eligibility" lead={words.lead}>
      <DataTable
        caption={words.mine}
        rows={ASKED}
        keyOf={(reason) => reason}
        empty={{ title: words.title }}
        columns={[
          { key: 'requirement', label: words.columns.requirement, main: true, cell: (reason) => <>{words.required[reason]} {law(reason)}</> },
          { key: 'result', label: words.columns.result, cell: (reason) => (fails(reason) ? <><Status tone="refused">{words.unmet}</Status> {fix(reason)}</> : <Status tone="kept">{words.met}</Status>) },
        ]}
      />
      <p className="small muted measure mt-4">{words.later}</p>
    </Section>
  )
}
