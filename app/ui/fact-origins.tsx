import type { GivenFact, Stater } from '#app/domain/guard/known-facts.ts'
import { factName } from './condition.tsx'
import { useLocale, useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { instantText } from './time.tsx'

/** By which facts of the project a demand was judged: who said each, when, and who says otherwise. */
export function FactOrigins({ facts }: { facts: readonly GivenFact[] }) {
  const all = useWords()
  const locale = useLocale()
  const words = all.guard.decision.origins
  if (!facts.length) return null
  const said = ({ source, statedBy, statedAt }: Stater) => words.said({ who: words.sources[source], name: statedBy?.name ?? null, at: statedAt && instantText(new Date(statedAt), locale) })
  return (
    <Section title={words.title} lead={words.lead}>
      <ul className="reasons">
        {facts.map(({ fact, contradictedBy, ...first }) => (
          <li key={fact}>
            <p className="font-bold">{factName(fact, all)}</p>
            <p className="small">{said(first)}</p>
            {contradictedBy.map((other) => (
              <p key={`${other.source} ${other.statedBy?.uscc}`} className="small">{words.otherwise(said(other))}</p>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  )
}
