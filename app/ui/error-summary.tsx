import { fieldId } from './field.tsx'
import { useWords } from './locale.tsx'

/**
 * Everything that is wrong with a form, each a link to its field. Errors of the name `form` belong to none. It takes the focus,
 * so that a form far down a long page comes back where its faults are read, with or without scripts.
 */
export function ErrorSummary({ errors, labels = {} }: { errors: Record<string, string[]>; labels?: Record<string, string> }) {
  const words = useWords().forms
  const wrong = Object.entries(errors).flatMap(([name, sentences]) => sentences.map((sentence) => ({ name, sentence })))
  if (!wrong.length) return null
  return (
    <div className="error-summary" role="alert" tabIndex={-1} autoFocus id="errors">
      <h2>{words.wrong(wrong.length)}</h2>
      <ul>
        {wrong.map(({ name, sentence }) => (
          <li key={name + sentence}>
            {name === 'form' ? sentence : <a href={`#${fieldId(name)}`}>{labels[name] ? words.labelled(labels[name], sentence) : sentence}</a>}
          </li>
        ))}
      </ul>
    </div>
  )
}
