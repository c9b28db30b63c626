import type { Standing } from '#app/domain/bids/standing.ts'
import { INELIGIBILITIES, type Ineligibility } from '#app/domain/bids/eligibility.ts'
import { DataTable } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { placeToMend } from './place-to-mend.ts'
import { Section } from './page.tsx'
import { Status } from './status.tsx'

/** Whether a bidder is related to another is asked after the close alone. */
const ALWAYS = INELIGIBILITIES.filter((reason) => reason !== 'related-bidder' && reason !== 'not-named')

/** What is required of a bidder, for everybody; and rule by rule how the reader's own agency stands, by the function that will judge its bid. */
export function TenderEligibility({ standing, listingCode, isDirect }: { standing: Standing | null; listingCode: string; isDirect?: boolean }) {
  const { life, tenders, drafts } = useWords()
  const words = life.eligibility
  const title = isDirect ? drafts.bid.who : words.title
  const asked: Ineligibility[] = isDirect ? ['not-named', ...ALWAYS] : ALWAYS
  const law = (reason: Ineligibility) => (tenders.ineligibleLaw[reason] ? <span className="law">{tenders.ineligibleLaw[reason]}</span> : null)
  if (!standing) {
    return (
      <Section title={title} id="eligibility" lead={words.lead}>
        <ul className="measure list-disc pl-6">
          {asked.map((reason) => (
            <li key={reason}>
              {words.required[reason as keyof typeof words.required]} {law(reason)}
            </li>
          ))}
        </ul>
        {isDirect ? null : <p className="small muted measure mt-4">{words.later}</p>}
      </Section>
    )
  }
  const fails = (reason: Ineligibility) => standing.reasons.includes(reason)
  const fix = (reason: Ineligibility) => (tenders.ineligibleFix[reason] ? <a href={placeToMend(reason, listingCode)}>{tenders.ineligibleFix[reason]}</a> : null)
  return (
    <Section title={title} id="eligibility" lead={words.lead}>
      <DataTable
        caption={words.mine}
        brief
        rows={asked}
        keyOf={(reason) => reason}
        empty={{ title }}
        columns={[
          { key: 'requirement', label: words.columns.requirement, main: true, cell: (reason) => <>{words.required[reason as keyof typeof words.required]} {law(reason)}</> },
          { key: 'result', label: words.columns.result, cell: (reason) => (fails(reason) ? <><Status tone="refused">{words.unmet}</Status> {fix(reason)}</> : <Status tone="kept">{words.met}</Status>) },
        ]}
      />
      {isDirect ? null : <p className="small muted measure mt-4">{words.later}</p>}
    </Section>
  )
}
