import type { SaidPlace } from '#app/domain/guard/services-said.ts'
import { paths } from '#app/paths.ts'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'

type Said = { place: SaidPlace; text: string; words: string; service: { code: string; name: string } | null }

/** Services that an office's own words in a case name and nobody has asked for in the open: what each reader can do about it. */
export function SaidInWords({ said, authority, projectCode, as }: { said: readonly Said[]; authority: string; projectCode: string; as: 'applicant' | 'keeper' | 'regulator' }) {
  const words = useWords().cases.said
  if (!said.length) return null
  return (
    <Notice tone="open" title={words.title[as]}>
      <p>{words.text[as]}</p>
      <ul>
        {said.map(({ place, words: named, service }) => (
          <li key={`${place} ${named}`}>
            {words.line(words.places[place], named)}
            {service ? <>{words.means}<a href={paths.listing(service.code)}>{service.name}</a></> : null}
            {as === 'applicant' ? <> <a href={paths.report({ authority, service: service?.name ?? named, project: projectCode })}>{words.report}<span className="sr-only">{words.reportOn(named)}</span></a></> : null}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
