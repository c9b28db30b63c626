import { Field, fieldId } from './field.tsx'
import { useWords } from './locale.tsx'

/** What a bidder adds to the draw, typed or made by the browser; without scripts it is typed. */
export function ContributionField(props: { hint: string; errors: string[] | undefined; value: string }) {
  const words = useWords().tenders
  return (
    <div className="field-with-button">
      <Field name="contribution" label={words.contribution} optional maxLength={256} {...props} />
      <button type="button" className="copy" data-chance={fieldId('contribution')}>
        {words.contributionMade}
      </button>
    </div>
  )
}
