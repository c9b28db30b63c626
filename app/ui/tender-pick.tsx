import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from './button.tsx'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { Section } from './page.tsx'
import { Remaining } from './remaining.tsx'
import { Deadline } from './time.tsx'

/** The grade of each label of a frozen pool, where credit counts. */
export function gradesOf({ draw }: Pick<ShownTender, 'draw'>): Map<string, string> {
  return new Map(draw?.pool.flatMap(({ label, credit }) => (label && credit ? [[label, credit.grade]] : [])))
}

/** How a label's grade and balls are said; null where credit does not count. */
export function useCreditOf(shown: ShownTender): ((label: string) => string) | null {
  const { columns } = useWords().credit
  const procedure = shown.tender.publication?.procedure
  if (procedure?.method !== 'credit-shortlist') return null
  const grades = gradesOf(shown)
  const ballsOf = new Map<string, number>(procedure.credit.balls.map(({ grade, balls }) => [grade, balls]))
  return (label) => {
    const grade = grades.get(label) ?? procedure.credit.unrated
    return columns.creditOf(grade, ballsOf.get(grade) ?? 0)
  }
}

/** That the owner picks from the small list, until when, and for the owner the way to pick. Who is on it stands once, with the whole order. */
export function ShortlistNow({ shown }: { shown: ShownTender }) {
  const { credit, tenders } = useWords()
  const { tender, isMine, at, demo } = shown
  const { number } = tender.publication!
  const { pickBy } = tender.shortlist!
  return (
    <Section title={credit.now.title} lead={<>{credit.now.lead} {credit.now.until} <Deadline at={pickBy} seconds={demo} /> <Remaining at={at} until={pickBy} /></>}>
      <div className="actions mt-4">
        {isMine ? <ButtonLink kind="main" href={paths.pick(number)}>{credit.now.pick}</ButtonLink> : <ButtonLink href={paths.tender(number)}>{tenders.reload}</ButtonLink>}
        <a href="#result">{credit.now.list}</a>
      </div>
    </Section>
  )
}

/** Who was picked and why, once somebody was. */
export function PickReason({ shown: { pick } }: { shown: ShownTender }) {
  const words = useWords().credit.picked
  if (!pick) return null
  return <Notice title={words.title}>{pick.reason === null ? words.byDate(pick.name) : <>{words.byOwner(pick.name)}<span className="whitespace-pre-line break-words">{pick.reason}</span></>}</Notice>
}
