import type { Standing } from '#app/domain/bids/standing.ts'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'

/** Told before bidding: people of the last years on both sides, which the regulator will read of and which close no door. */
export function PeopleNote({ people }: { people: Standing['behind']['people'] }) {
  const words = useWords().sanctions.people
  if (people.length === 0) return null
  return (
    <Notice title={words.title}>
      <ul className="reasons measure">
        {people.map((tie) => <li key={tie}>{words.ties[tie]}</li>)}
      </ul>
      <p className="measure">{words.text}</p>
    </Notice>
  )
}
