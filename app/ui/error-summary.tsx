import { fieldId } from './field.tsx'
import { useWords } from './locale.tsx'

/**
 * Everything that is wrong with a form, each a link to its field, in the order of `labels`, which is the form's. What has no label belongs
 * to no field that one sees and stands first. It takes the focus,
 * so that a form far down a long page comes back where its faults are read, with or without scripts.
 */
export function ErrorSummary({ errors, labels = {} }: { errors: Record<string, string[]>; labels?: Record<string, string> }) {
  const words = useWords().forms
  const order = Object.keys(labels)
  const inOrder = Object.entries(errors).toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other))
  const wrong = inOrder.flatMap(([name, sentences]) => sentences.map((sentence) => ({ name, sentence })))
  if (!wrong.length) return null
  return (
    <div className="error-summary" role="alert" tabIndex={-1} autoFocus id="errors">
      <h2>{words.wrong(wrong.length)}</h2>
      <ul>
        {wrong.map(({ name, sentence }) => (
          <li key={name + sentence}>
            {labels[name] ? <a href={`#${fieldId(name)}`}>{words.labelled(labels[name], sentence)}</a> : sentence}
          </li>
        ))}
      </ul>
    </div>
  )
}
