import { paths } from '#app/paths.ts'
import { useLocale, useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { dayText } from './time.tsx'

/** Before anybody buys again: what of this service is on file for the project and still valid. */
export function OnFile({ results }: { results: readonly { id: string; name: string; number: string; validUntil: string | null }[] }) {
  const { onFile } = useWords().contracts
  const locale = useLocale()
  if (!results.length) return null
  return (
    <Notice tone="open" title={onFile.title}>
      <p>{onFile.text}</p>
      <ul className="prose">
        {results.map(({ id, name, number, validUntil }) => (
          <li key={id}><a href={paths.deliverable(number)}>{onFile.item({ name, until: validUntil && dayText(validUntil, locale, false) })}</a></li>
        ))}
      </ul>
    </Notice>
  )
}
