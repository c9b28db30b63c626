import type { Division } from '#app/domain/divisions/division.ts'
import { Field, kept, keptAll, type Rejected } from './field.tsx'
import { useWords } from './locale.tsx'

export type OfferingTerms = { conditions: string; process: string; promisedDays: number; fee: string; areaCodes: readonly string[] }

export function useOfferingLabels(): Record<string, string> {
  const words = useWords().agencies.new
  return { listingCode: words.service, conditions: words.conditions, process: words.process, promisedDays: words.promisedDays, fee: words.fee, serviceDivisions: words.serviceDivisions }
}

/** The four facts of an offer and where it is served; `terms` are those of the version that is changed. */
export function OfferingQuestions({ rejected, divisions, terms }: { rejected: Rejected | undefined; divisions: readonly Division[]; terms?: OfferingTerms }) {
  const words = useWords().agencies.new
  const all = divisions[0]?.code
  return (
    <>
      <Field kind="textarea" name="conditions" label={words.conditions} hint={words.conditionsHint} {...kept(rejected, 'conditions', terms?.conditions)} />
      <Field kind="textarea" name="process" label={words.process} hint={words.processHint} {...kept(rejected, 'process', terms?.process)} />
      <Field name="promisedDays" label={words.promisedDays} hint={words.promisedDaysHint} unit={words.workingDays} inputMode="numeric" short {...kept(rejected, 'promisedDays', terms ? String(terms.promisedDays) : '')} />
      <Field kind="textarea" name="fee" rows={2} label={words.fee} hint={words.feeHint} {...kept(rejected, 'fee', terms?.fee)} />
      <Field kind="checkboxes" name="serviceDivisions" label={words.serviceDivisions} hint={words.serviceDivisionsHint} options={divisions.map((one) => ({ value: one.code, label: one.name }))} {...keptAll(rejected, 'serviceDivisions', terms?.areaCodes ?? (all ? [all] : []))} />
    </>
  )
}
